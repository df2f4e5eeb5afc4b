"""Why a sector is pressed, in coded reasons: no free text, so that nothing about a person can be written."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.agreement.pressure import Sector

COMMON = ("staff", "money", "distance")
REASONS: Mapping[Sector, tuple[str, ...]] = {
    Sector.HOUSING: ("none_to_rent", "too_small", "rent", "not_step_free", "money", "distance"),
    Sector.SCHOOL: ("rooms", *COMMON),
    Sector.KINDERGARTEN: ("rooms", *COMMON),
    Sector.HEALTH: ("gp_lists", "waiting_time", *COMMON),
    Sector.NAV: ("waiting_time", *COMMON),
    Sector.CHILD_WELFARE: ("foster_homes", "waiting_time", *COMMON),
    Sector.NORWEGIAN: ("teachers", "rooms", "waiting_time", "money", "distance"),
    Sector.INTERPRETERS: ("languages", "waiting_time", "money"),
}
