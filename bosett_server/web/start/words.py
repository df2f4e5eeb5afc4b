"""Words for the numbers of the first screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bosett_server.access.roles import Role
from bosett_server.queries.start import Tile

TILES = {
    "ready": _("households ready for a municipality"),
    "waiting_long": _("have waited more than 90 days"),
    "minors_ready": _("unaccompanied minors ready"),
    "easy": _("proposals that can be accepted as they are"),
    "hard": _("proposals that need you"),
    "came_back": _("came back since yesterday"),
    "questions": _("questions from municipalities without an answer"),
    "need": _("persons need a place this year"),
    "asked": _("asked for in all"),
    "voted": _("places in approved vedtak"),
    "gap": _("places are missing in the vedtak to meet the need"),
    "awaiting": _("municipalities have not decided yet"),
    "assigned": _("persons assigned to a municipality this year"),
    "settled": _("persons settled this year"),
    "cards": _("households to answer"),
    "cards_due": _("answers due within two days"),
    "without_date": _("households without a settlement date"),
    "coming": _("persons on their way to you"),
    "our_vedtak": _("places in your vedtak"),
    "places_left": _("places left"),
    "over_by": _("persons over your vedtak: no new assignments"),
    "asked_of_us": _("persons you are asked to settle this year"),
    "to_approve": _("recorded vedtak to approve"),
    "homes_free": _("homes free today"),
    "weeks_planned": _("weeks planned ahead"),
    "weeks_confirmed": _("municipalities with a confirmed plan by week"),
    "to_interview": _("households waiting for their settlement interview"),
    "moving_this_week": _("households move within a week"),
    "here_over_a_year": _("households have been in reception for over a year"),
    "places": _("places in reception"),
    "residents": _("residents"),
    "centres": _("centres"),
    "not_announced": _("openings not announced yet"),
    "children_waiting": _("children wait for their settlement interview"),
    "children_ready": _("children ready for a municipality"),
    "log_rows": _("events in the log since yesterday"),
    "refusals": _("refusals since yesterday"),
    "role_grants": _("role grants in force"),
    "ending_soon": _("role grants end within 30 days"),
}
ONE: dict[str, str | Promise] = {
    "ready": _("household ready for a municipality"),
    "minors_ready": _("unaccompanied minor ready"),
    "easy": _("proposal that can be accepted as it is"),
    "hard": _("proposal that needs you"),
    "questions": _("question from a municipality without an answer"),
    "awaiting": _("municipality has not decided yet"),
    "cards": _("household to answer"),
    "without_date": _("household without a settlement date"),
    "coming": _("person on the way to you"),
    "our_vedtak": _("place in your vedtak"),
    "places_left": _("place left"),
    "over_by": _("person over your vedtak: no new assignments"),
    "to_approve": _("recorded vedtak to approve, one"),
    "homes_free": _("home free today"),
    "weeks_planned": _("week planned ahead"),
    "weeks_confirmed": _("municipality with a confirmed plan by week"),
    "to_interview": _("household waiting for its settlement interview"),
    "moving_this_week": _("household moves within a week"),
    "here_over_a_year": _("household has been in reception for over a year"),
    "not_announced": _("opening not announced yet"),
    "children_waiting": _("child waits for the settlement interview"),
    "children_ready": _("child ready for a municipality"),
    "log_rows": _("event in the log since yesterday"),
    "refusals": _("refusal since yesterday"),
    "ending_soon": _("role grant ends within 30 days"),
}
"""The same for exactly one, where the words change."""
WAITING = frozenset({
    "ready", "waiting_long", "minors_ready", "easy", "hard", "came_back", "questions", "cards", "cards_due",
    "without_date", "to_approve", "to_interview", "moving_this_week", "here_over_a_year", "not_announced",
    "children_waiting", "children_ready", "refusals", "ending_soon", "over_by",
})  # fmt: skip
"""Numbers that somebody can do something about today; the others tell how it stands."""
FOLLOWED = {Role.IMDI_LEAD: frozenset({"awaiting"})}
"""What waits for one role and is how it stands to the others."""


def words_of(tile: Tile) -> str:
    """What the number counts, in the singular for one."""
    return str(ONE[tile.code] if tile.code in ONE and tile.figure.value == 1 else TILES[tile.code])


def waits(tile: Tile, role: Role) -> bool:
    """Whether the number is something to do for this role."""
    return tile.code in WAITING | FOLLOWED.get(role, frozenset())
