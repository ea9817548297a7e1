"""Imported rows keep the identity that the standard gives them."""

from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from mentorlog.cli.importing import _SPACE, name_uuid


@given(st.text())
def test_the_identity_of_a_row_is_its_uuid_by_name(text: str) -> None:
    """So that a file that was imported years ago still adds nothing."""
    assert name_uuid(text) == str(uuid5(_SPACE, text))
