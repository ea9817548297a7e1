"""When everybody is met: days off of both sides, full days, and a fair week. Pure.

The rule keeps the day that the rhythm gives unless that day is off or full, and else takes
the nearest day of the window that has room. Bookings never move, and count first; then those
that are overdue choose, then those that can keep their day, and last those that have to move,
or one holiday would push a row of meetings from day to day.
"""
