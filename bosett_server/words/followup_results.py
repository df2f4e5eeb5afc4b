"""Words of the results from ready to five years on: groups, bands, deadlines, measures."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, str | Promise] = {
    "": _("Everybody"),
    "asylum": _("Asylum"),
    "collective": _("Collective protection"),
    "resettlement": _("Resettlement refugee"),
    "family": _("Family"),
    "em_under15": _("Unaccompanied minors, under 15"),
    "em_15_17": _("Unaccompanied minors, 15–17"),
}
SHORT: dict[str, str | Promise] = {
    "": _("Everybody"),
    "asylum": _("Asylum"),
    "collective": _("Collective"),
    "resettlement": _("Resettlement"),
    "family": _("Family"),
}
"""Names that fit beside a line."""
BANDS: tuple[Promise, ...] = (
    _("Under 3 months"),
    _("3 to 6 months"),
    _("6 to 12 months"),
    _("12 months and more"),
)
DEADLINES: dict[str, Promise] = {
    "answers": _("Municipalities' answers to proposals by the day they were due"),
    "under15": _("Unaccompanied minors under 15 settled within three months of the permit"),
}
REFUSALS: dict[str, str | Promise] = {}
NOTICES: dict[str, str | Promise] = {}
