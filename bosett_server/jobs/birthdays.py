"""Every morning: unaccompanied minors who have turned 15 or 18 are looked at again."""

from __future__ import annotations

from bosett_server.access.actor import SYSTEM
from bosett_server.actions.life_events import recheck_birthdays


def check_birthdays() -> int:
    """How many birthdays were crossed since the last check; days without a check are not lost."""
    return recheck_birthdays(SYSTEM)
