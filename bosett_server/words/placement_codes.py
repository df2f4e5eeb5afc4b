"""Words for the codes of the placement room, shared by pages and letters."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bosett.rules.parameters import SHIPPED

Words = dict[str, str | Promise]

DOUBTS: Words = {
    "choice_not_kept": _("A choice could not be kept"),
    "unplaced": _("No municipality found"),
    "came_back_twice": _("Came back twice or more"),
    "came_back": _("Came back once"),
    "minors": _("Unaccompanied minor"),
    "linked": _("Linked to another household"),
    "special_needs": _("Needs that few can meet"),
    "against_condition": _("Against a condition of the council"),
    "no_consent": _("No consent to use health information"),
    "wish_not_met": _("Neither wish nor tie is met"),
    "another_as_good": _("Another municipality fits as well"),
}
DOUBT_WHY: Words = {
    "choice_not_kept": _(
        "Somebody has chosen where it goes, but the place is gone or a rule closes it. It waits until you lift the"
        " choice or make another."
    ),
    "unplaced": _("The run found no place. See what closes each municipality, and choose yourself."),
    "came_back_twice": _(
        "Municipalities have declined or let the deadline pass more than once. Call before you decide."
    ),
    "came_back": _("A municipality declined, or let the deadline pass."),
    "minors": _("The child's best interests come first; see that the care offered fits the age."),
    "linked": _("The households should live in the same municipality. Decide both, or none."),
    "special_needs": _("Check with the municipality that it can offer what is needed."),
    "against_condition": _(
        "The council made its number depend on something this household does not fit. Call before you decide."
    ),
    "no_consent": _("Needs that tell of health are neither used nor shown, so the proposal knows less."),
    "wish_not_met": _("There was no room where the household wishes to live or knows somebody."),
    "another_as_good": _("The household fits as well elsewhere. You can judge what codes cannot."),
}
REASONS: Words = {
    "tie_family_in_direct_line": _("Has close family here"),
    "tie_network": _("Has a network here"),
    "tie_work_or_school": _("Has work or studies here"),
    "wish": _("Wishes to live here"),
    "chosen": _("A caseworker has chosen this, with a reason"),
    "loaded_scores": _("By the loaded score table"),
    "room": _("There is room here, and this way most persons get a place"),
    "centrality": _("Needs services that are found in central municipalities"),
    "opened_for_household": _("The municipality has opened places for this household"),
    "home_offered": _("The municipality offers a home that fits"),
    "host_priority": _("One that the municipality says it can best receive"),
    "linked_here": _("A linked household is proposed or assigned here"),
    "spread": _("Nothing registered ties the household to one place, so it is spread evenly"),
    "override": _("Chosen by a person, with a reason"),
    "self_settled": _("The household found the home itself"),
    "modelled_history": _("Part of the demo's modelled past"),
}
RULES: Words = {
    "declined_before": _("Declined this household before"),
    "linked_elsewhere": _("A linked household is elsewhere"),
    "too_small": _("Fewer places left than the household needs"),
    "other_need": _("Other need"),
    "closed_to_it": _("Closed to this household by a rule"),
    "no_vedtak_in_force": _("No vedtak in force"),
    "no_places_left": _("No places left of the vedtak"),
    "not_counted_on": _("The State no longer counts on these places, since it asks for fewer"),
}
LACKS: Words = {
    "": _("Yes"),
    "places": _("No, others use the places"),
    "home": _("No, no offered home that fits is left"),
    "spread": _("Yes, but its share of those who are spread is full"),
}
UNPLACED: Words = {
    "no_allowed_municipality": _("Every municipality is closed to it by a rule"),
    "no_capacity": _("The places were needed for more persons elsewhere"),
    "locked_out": _("It was kept out of the run"),
    "not_worth_it": _("It was left out of the run"),
}
DECLINE: Words = {
    "no_suitable_home": _("We have no suitable home"),
    "no_school_or_kindergarten": _("We have no place in school or kindergarten"),
    "health_services_too_far": _("The health services needed are too far away"),
    "services_at_capacity": _("Our services have no capacity now"),
    "no_offer_for_minors": _("We have no offer for unaccompanied minors"),
    "places_filled_meanwhile": _("The places have been filled in the meantime"),
    "other": _("Other"),
}
QUESTIONS: Words = {
    "home_needs": _("What home is needed?"),
    "health_follow_up": _("What follow-up is needed?"),
    "school_needs": _("What school or kindergarten is needed?"),
    "arrival_date": _("When can the household move?"),
    "network": _("Does the household know anybody here?"),
    "other": _("Other"),
}
WITHDRAW: Words = {
    "household_changed": _("The household has changed"),
    "permit_lost": _("The permit is lost"),
    "wrong_facts": _("The facts were wrong"),
    "municipality_asked": _("The municipality asked for it"),
    "new_assessment": _("A new assessment"),
    "undone": _("Undone at once by whoever decided it"),
    "other": _("Other"),
}
OPEN: Words = {
    "before_the_vedtak": _("The council has not met yet"),
    "home_free": _("A home is free"),
    "home_fits_household": _("A home fits a certain household"),
    "family_here": _("The household has family here"),
    "need_has_risen": _("The need has risen"),
    "other": _("Other"),
}
REFUSE: Words = {
    "not_used_here": _("We do not use agreed self-settlement"),
    "home_does_not_fit": _("The home does not fit the household"),
    "lease_not_in_order": _("The lease is not in order"),
    "no_places_left_here": _("We have no places left"),
    "other": _("Other"),
}
GROUPS: Words = {
    "all": _("All persons"),
    "em_under15": _("Unaccompanied minors, under 15"),
    "em_15_17": _("Unaccompanied minors, 15–17"),
}
TRACKS: Words = {
    "asylum": _("Asylum"),
    "collective": _("Collective protection"),
    "resettlement": _("Resettlement refugee"),
    "family": _("Family"),
}
STATES: Words = {
    "offered": _("Waits for an answer"),
    "accepted": _("Accepted"),
    "settled": _("Settled"),
    "declined": _("Declined"),
    "expired": _("Not answered in time"),
    "withdrawn": _("Withdrawn"),
    "asked": _("Waits for the municipality"),
    "approved": _("The municipality says yes"),
    "refused": _("The municipality says no"),
}
TONES = {"offered": "info", "accepted": "success", "settled": "success", "declined": "warning", "expired": "danger",
         "withdrawn": "neutral", "asked": "info", "approved": "success", "refused": "warning"}  # fmt: skip
HEARING: Words = {
    "interview": _("The settlement interview"),
    "interpreter": _("Interpreter"),
    "wishes": _("Wishes"),
    "ties": _("Ties"),
    "health_consent": _("Consent for health information"),
    "child_best_interests": _("The child's best interests"),
    "comment_chance": _("A dated chance to comment"),
}
SEXES: Words = {"female": _("Women and girls"), "male": _("Men and boys")}
BANDS: Words = {
    "0": _("Under 1 year"), "1-5": _("1–5 years"), "6-12": _("6–12 years"), "13-15": _("13–15 years"),
    "16-17": _("16–17 years"), "18-29": _("18–29 years"), "30-54": _("30–54 years"), "55-66": _("55–66 years"),
    "67+": _("67 years and over"),
}  # fmt: skip
TIES: Words = {
    "relatives": _("relatives"), "work": _("work"), "studies": _("studies"), "network": _("network"),
    "family_in_direct_line": _("close family"), "work_or_school": _("work or studies"),
}  # fmt: skip
CODES: dict[str, Words] = {
    "doubt": DOUBTS, "why": DOUBT_WHY, "reason": REASONS, "rule": RULES, "lacks": LACKS, "unplaced": UNPLACED,
    "decline": DECLINE, "question": QUESTIONS, "withdraw": WITHDRAW, "open": OPEN, "refuse": REFUSE, "group": GROUPS,
    "track": TRACKS, "state": STATES, "hearing": HEARING, "sex": SEXES, "band": BANDS, "tie": TIES,
}  # fmt: skip


def word(kind: str, code: str) -> str:
    """The code in the reader's language; a code without words is shown as it is, never hidden."""
    return str(CODES[kind].get(code, code))


def need_words(codes: Iterable[str]) -> list[str]:
    """Codes of need in the reader's language, from the published list."""
    language = get_language() or "nb"
    column = f"label_{language if language in {'en', 'nb', 'nn'} else 'nb'}"
    return [_needs()[code][column] if code in _needs() else code for code in codes]


def language_word(code: str) -> str:
    """The name of a language in the reader's language, by CLDR."""
    reader = get_language() or "nb"
    return str(Locale.parse(reader).languages.get(code, code))


@cache
def _needs() -> dict[str, dict[str, str]]:
    with (SHIPPED / "needs" / "codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
