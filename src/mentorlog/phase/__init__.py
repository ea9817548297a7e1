"""The pure core: ``History`` and a day in, timing and advice with their evidence out."""
