"""Sentences and words around a kept run: its state, its levels, its prices, choices and loaded scores."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

REFUSALS: Words = {
    "run_has_ended": _("The run has ended already, or somebody stopped it. Open it again to see how."),
    "run_not_done": _("The run has given no answer yet. Wait until it is done."),
    "no_such_objective": _("Choose one of the three aims in the list."),
    "floor_is_a_share": _("A floor is a share of the best: between 0 and 1."),
    "pressure_is_a_percentage": _("Places kept back are between 0 and 100 per cent."),
    "score_floor_only_with_wishes": _("This floor is used only when wishes come first."),
    "curve_needs_groups": _("Nobody in the run belongs to a group, so there is nothing to compare."),
    "scores_not_active": _("The score table %(name)s is not approved for use."),
    "scores_lack_households": _(
        "The score table lacks %(households)s households and %(municipalities)s municipalities of this run."
        " Load a whole table, or run without scores."
    ),
    "scores_lack_the_site": _(
        "The score table says nothing about %(municipality)s. Try it in a run without scores."
    ),
    "scores_lack_report": _(
        "Nobody has measured this table. Load the report (summary.json) that bosett outcomes wrote with it."
    ),
    "score_report_faulty": _("The report cannot be read: %(why)s"),
    "score_report_of_another_table": _(
        "The report was written with another table than this one. Load the two files of one and the same folder."
    ),
    "scores_see_effects_that_are_not_there": _(
        "In a world where place has no effect the table still claims a gain of %(percent)s per cent; 2 are allowed."
        " It may not be used."
    ),
    "scores_have_drifted": _(
        "People or results have changed so much since the table was learned that it must be learned anew."
    ),
    "scores_loaded_already": _("This very file is loaded already."),
    "scores_moved_on": _("The score table is not in a state where this can be done. Open it again."),
    "score_card_lacks": _("The model card lacks: %(what)s. Nobody should use a model without it."),
    "score_file_faulty": _("The file cannot be read: %(why)s"),
    "choice_kind_not_known": _("Choose what should apply: a municipality, wait, or not there."),
    "exclusion_tells_no_reason": _(
        "Why a household does not go to a municipality is not stored. Everybody reads “other need”, and you write"
        " nothing."
    ),
    "choice_stands_already": _(
        "A choice stands already for %(household)s. Lift it first if you want another."
    ),
    "choice_is_lifted_already": _("This choice is lifted already."),
    "place_is_closed_to_it": _(
        "%(household)s cannot be kept there: a rule closes the municipality to it, it has too few places, or the"
        " household is not in the run."
    ),
    "household_not_ready": _("%(household)s is not ready, or is already proposed to a municipality."),
    "not_for_protected_households": _("This household is handled by hand, by named persons."),
    "no_change_to_try": _("Write at least one change."),
    "no_such_municipality": _("There is no municipality with the code %(municipality)s."),
    "number_not_a_place_count": _("Write places as a whole number, 0 to %(most)s."),
    "household_not_in_run": _("The household is not in this run."),
    "choice_needs_these_places": _(
        "A choice that stands points to places that the change takes away. Lift the choice first, or leave its places."
    ),
    "no_answer_with_this": _("With this change no answer keeps every choice. Rule in the way: %(rule)s."),
}
NOTICES: Words = {}
STATES: Words = {
    "queued": _("Waits to begin"),
    "solving": _("Is being solved"),
    "done": _("The run is done"),
    "cancelled": _("Stopped"),
    "failed": _("No answer under the rules"),
}
TONES = {"queued": "info", "solving": "info", "done": "success", "cancelled": "neutral", "failed": "danger"}
PHASES: Words = {
    "": _("The run waits for its turn."),
    "solving": _("Places are found for all households together."),
    "explaining": _("Reasons are written for each household."),
}
OBJECTIVES: Words = {
    "placed-first": _("Most persons placed, then the best fit"),
    "score": _("The best fit alone"),
    "wishes": _("Most persons placed, then wishes in turn"),
}
OBJECTIVE_HELP: Words = {
    "placed-first": _("Nobody waits for the sake of somebody else’s points. This is what we use."),
    "score": _("A household that fits nowhere better may stay behind. For comparison only."),
    "wishes": _(
        "The one that has waited longest chooses first. Nobody gains by stating other wishes than their own."
    ),
}
FAULTS: Words = {
    "fairness_floor": _("Not every group can reach this floor."),
    "locks_overfill": _("The choices that stand need more places than a municipality has."),
    "conflicting_locks": _("Two choices that stand contradict each other."),
    "lock_not_fitting": _("A choice that stands cannot be kept where it points."),
}
DIMENSIONS: Words = {
    "persons": _("All persons"),
    "em_under15": _("Unaccompanied minors, under 15"),
    "em_15_17": _("Unaccompanied minors, 15–17"),
}
FAIR_GROUPS: Words = {
    "asylum": _("Asylum"),
    "collective": _("Collective protection"),
    "resettlement": _("Resettlement refugee"),
    "family": _("Family"),
    "em_under15": _("Unaccompanied minors, under 15"),
    "em_15_17": _("Unaccompanied minors, 15–17"),
}
CHOICES: Words = {
    "place": _("Is to go to"),
    "wait": _("Waits"),
    "not_there": _("Is not to go to"),
}
OVERRIDES: Words = {
    "child_best_interests": _("The child’s best interests"),
    "family_near": _("Close family lives near"),
    "care_near": _("The follow-up that is needed is near"),
    "home_fits": _("A home there fits the household"),
    "municipality_ready": _("Agreed with the municipality"),
    "work_or_school": _("Work or studies there"),
    "household_asked": _("The household asked for it"),
    "other_need": _("Other need"),
    "other": _("Other"),
}
SCORE_STATES: Words = {
    "checked": _("Read, not approved"),
    "active": _("May be used"),
    "retired": _("Out of use"),
}
BREACHES: Words = {
    "above_capacity": _("More persons than places"),
    "not_allowed": _("A household where a rule forbids it"),
    "link_split": _("Linked households in different places"),
    "lock_not_kept": _("A choice is not kept"),
    "score": _("A score that is not the table’s"),
    "value": _("A sum that is not right"),
    "bound": _("A bound that is not right"),
    "price": _("A price that is not the certificate’s"),
    "home_given_twice": _("A home given to two households"),
    "home_is_elsewhere": _("A home in another municipality than the proposed one"),
    "home_does_not_fit": _("A home that is too small, or has steps"),
    "household_without_home": _("A household without a home where homes are offered"),
    "file_changed": _("A file that was changed after it was written"),
}
CARD: Words = {
    "purpose": _("Purpose"),
    "outcome": _("What it predicts"),
    "data": _("Data it learned from"),
    "method": _("Method"),
    "calibration": _("How well it holds on people it has not seen"),
    "fairness": _("Differences between groups"),
    "null_world": _("What it says when place has no effect"),
    "limits": _("What it must not be used for"),
    "responsible": _("Who answers for it"),
}
ALL: dict[str, Words] = {
    "state": STATES, "phase": PHASES, "objective": OBJECTIVES, "fault": FAULTS, "dimension": DIMENSIONS,
    "fair_group": FAIR_GROUPS, "choice": CHOICES, "override": OVERRIDES, "scores": SCORE_STATES, "breach": BREACHES,
    "card": CARD, "objective_help": OBJECTIVE_HELP,
}  # fmt: skip


def run_word(kind: str, code: str) -> str:
    """The code in the reader's language; a code without words is shown as it is, never hidden."""
    return str(ALL[kind].get(code, code))
