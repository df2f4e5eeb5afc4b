"""Words for what a household's file and the list of households hold as codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett_server.words.placement_codes import CODES as PLACEMENT
from bosett_server.words.placement_codes import Words, language_word, need_words

STAGES: Words = {
    "in_reception": _("In reception"),
    "interviewed": _("Interview held"),
    "ready": _("Ready for settlement"),
    "proposed": _("Proposed to a municipality"),
    "assigned": _("Assigned, no date"),
    "date_agreed": _("Date agreed"),
    "settled": _("Settled"),
    "left": _("Left"),
}
STAGE_CUTS: Words = {
    "": _("Everybody under way"),
    **STAGES,
    "coming": _("Assigned, with or without a date"),
    "all": _("All, also settled and left"),
}
TONES = {
    "in_reception": "neutral", "interviewed": "neutral", "ready": "info", "proposed": "info", "assigned": "warning",
    "date_agreed": "success", "settled": "success", "left": "neutral",
}  # fmt: skip
GROUPS: Words = {**PLACEMENT["group"], "minors": _("All unaccompanied minors")}
RECHECK: Words = {
    "birth": _("A child is born"),
    "death": _("Somebody has died"),
    "split": _("The household was split"),
    "merge": _("Households were merged"),
    "permit_lost": _("A permit is lost"),
    "turned_15": _("A minor has turned 15"),
    "turned_18": _("A minor has turned 18"),
    "left": _("Somebody has left"),
    "places": _("Needs more places"),
    "group": _("Belongs to another age group"),
    "restored_mistyped": _("An earlier value is brought back: it was mistyped"),
    "restored_register": _("An earlier value is brought back: another register says so"),
    "restored_household": _("An earlier value is brought back: the household says so"),
}
RESTORING: Words = {
    "mistyped": _("The change was mistyped"),
    "register": _("Another register says so"),
    "household": _("The household says so"),
}
DEADLINES: Words = {
    "comment": _("Chance to comment ends"),
    "answer": _("Answer from the municipality"),
    "settlement": _("Settlement"),
}
ROLES: Words = {
    "adult": pgettext_lazy("in a household", "Adult"),
    "child": pgettext_lazy("in a household", "Child"),
    "minor_alone": pgettext_lazy("in a household", "Unaccompanied minor"),
}
SEXES: Words = {"female": pgettext_lazy("sex", "Female"), "male": pgettext_lazy("sex", "Male")}
BASES: Words = {
    "asylum": _("Asylum"),
    "humanitarian": _("Strong humanitarian considerations"),
    "collective": _("Collective protection"),
    "resettlement": _("Resettlement refugee"),
    "family": _("Family"),
}
INTERPRETERS: Words = {
    "used": _("Interpreter was used"),
    "by_phone": _("Interpreter by phone"),
    "by_video": _("Interpreter by video"),
    "not_needed": _("Interpreter was not needed"),
    "declined": _("The household declined an interpreter"),
    "not_available": _("No interpreter could be found"),
}
MISSING: Words = {
    "household_declined": _("the household declined"),
    "could_not_be_reached": _("the household could not be reached"),
    "urgent_safety": _("safety, urgent"),
    "held_abroad": _("held abroad before arrival"),
}
LEFT: Words = {
    "withdrew": _("Withdrew"),
    "permit_lost": _("Lost the permit"),
    "left_norway": _("Left Norway"),
    "settled_by_itself": _("Settled without an agreement"),
    "whereabouts_unknown": _("Whereabouts unknown"),
    "died": _("Died"),
    "merged": _("Merged into another household"),
}
COLUMNS: Words = {
    "reference": _("Household"),
    "persons": _("Persons"),
    "stage": _("Stage"),
    "waiting": _("Waited, days"),
    "track": _("Track"),
    "group": _("Group"),
    "needs": _("Needs"),
    "place": _("Centre or municipality"),
    "date": _("Next date"),
    "recheck": _("Look at again"),
    "language": _("Language"),
    "arrived": _("Arrived"),
    "ready": _("Ready since"),
}
CHANGES: Words = {
    "resolve_recheck": _("Mark as looked at again"),
    "add_need": _("Add a need"),
    "remove_need": _("Take away a need"),
    "move_centre": _("Move to another centre"),
}
VERDICTS: Words = {
    "goes_through": _("Goes through"),
    "nothing_to_resolve": _("Has nothing to look at again"),
    "needs_its_own_look": _("Lacks a place, a permit or the right group: look at it by itself"),
    "has_it_already": _("Has this need already"),
    "health_need_without_consent": _("Has not agreed that health information is used"),
    "does_not_have_it": _("Does not have this need"),
    "needs_are_fixed": _("The municipality has seen the needs, so they stand"),
    "same_centre": _("Lives there already"),
    "not_in_reception": _("Does not live in reception"),
    "other_group": _("The centre is for others than this household"),
}
FIELDS: Words = {
    "stage": _("Stage"), "needs": _("Needs"), "recheck": _("Look at again"), "centre_id": _("Centre"),
    "persons_count": _("Persons"), "group": _("Group"), "track": _("Track"), "language": _("Language"),
    "arrived_on": _("Arrived"), "permit_on": _("Permit"), "ready_on": _("Ready since"),
    "planned_settlement_on": _("Settlement date"), "settled_on": _("Settled on"), "link": _("Link"),
    "assigned_municipality_id": _("Assigned municipality"), "offered_municipality_id": _("Proposed municipality"),
    "protection": _("Protected address"), "merged_into_id": _("Merged into"), "split_from_id": _("Split from"),
    "left_reason": _("Reason for leaving"), "given_name": _("Given name"), "family_name": _("Family name"),
    "birth_date": _("Born"), "sex": _("Sex"), "citizenship": _("Citizenship"), "basis": _("Basis of the permit"),
    "role": _("Role"), "single_adult": _("Single adult"), "unaccompanied_minor": _("Unaccompanied minor"),
    "permit_lost_on": _("Permit lost"), "left_on": _("Left on"), "settlement_exception": _("Exception from the date"),
    "reference_basis": _("Basis of the person joined"), "reference_settled_on": _("Person joined settled on"),
    "family_applied_on": _("Family applied on"), "mother_settled_on": _("Mother settled on"),
    "household_id": _("Household"), "duf_number": _("DUF number"), "national_id": _("Identity number"),
}  # fmt: skip
CODES: dict[str, Words] = {
    **PLACEMENT, "stage": STAGES, "stage_cut": STAGE_CUTS, "group": GROUPS, "recheck": RECHECK, "deadline": DEADLINES,
    "role": ROLES, "one_sex": SEXES, "basis": BASES, "interpreter": INTERPRETERS, "missing": MISSING, "left": LEFT,
    "column": COLUMNS, "change": CHANGES, "verdict": VERDICTS, "field": FIELDS,
    "restoring": RESTORING,
}  # fmt: skip


def word(kind: str, code: str) -> str:
    """The code in the reader's language; a code without words is shown as it is, never hidden."""
    return str(CODES[kind].get(code, code))


__all__ = ["CODES", "COLUMNS", "TONES", "language_word", "need_words", "word"]
