"""Words for commitments, what measures them, and the facts they rest on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bosett.agreement import Verdict
from bosett.rules import Certainty

VERDICTS: dict[Verdict, tuple[Promise, str]] = {
    Verdict.KEPT: (_("Kept"), "success"),
    Verdict.AT_RISK: (_("At risk"), "warning"),
    Verdict.NOT_KEPT: (_("Not kept"), "danger"),
    Verdict.CANNOT_BE_SAID: (_("Cannot be said"), "neutral"),
}
COMMITMENTS: dict[str, Promise] = {
    "enough_places": _("Enough places for everybody who needs one"),
    "capacity_in_step": _("Reception in step with the need"),
    "settled_in_time": _("People are settled in time"),
    "need_met": _("Everybody is settled in line with the need"),
    "new_division": _("The division is looked at again when the need changes"),
    "settled_fast": _("People are settled as fast as possible"),
    "work_or_education": _("More participants reach work or education"),
    "voluntariness": _("The number is the municipality's own choice"),
    "compensated": _("The municipalities' expenses are compensated"),
    "dialogue_on_centres": _("Municipalities are told before centres open and close"),
    "regular_dialogue": _("Regular dialogue between the parties"),
    "shared_picture": _("The committee gives advice and a shared picture"),
    "joint_task": _("The national task is solved together"),
    "minors_under_15": _("Unaccompanied minors under 15 are settled within three months"),
    "predictable_frames": _("Predictable frames for those who step up"),
    "regular_mapping": _("The municipalities' expenses are mapped regularly"),
    "followed_up_in_grants": _("The mapping is followed up in the grants"),
    "forum": _("The agreement is the frame for taking up problems"),
}
MEASURES: dict[str, Promise] = {
    "enough_places": _("Voted places against the need. At risk while answers are open."),
    "need_met": _("Settled in the year against the need last set for it."),
    "no_placement_above": _("Persons assigned above what a municipality allows."),
    "places_in_use": _("Residents against places under contract."),
    "time_to_plan": _("Days from the first request to the year it is for."),
    "mid_year_changes": _("How much the number for the year was changed afterwards."),
    "unused_places": _("Voted places that nobody came to."),
    "division_followed": _("A new division after a change above the limit of the mandate."),
    "within_six_months": _("Settled within six months of the permit."),
    "mean_wait": _("Mean wait from permit to settlement."),
    "minors_wait": _("Mean wait of unaccompanied minors under 15."),
    "long_waits": _("Ready households that have waited over 180 days."),
    "minors_reported_in_time": _("Minors under 15 reported to IMDi within three weeks."),
    "informed_before_opening": _("Openings where the municipality was told before."),
    "informed_before_closing": _("Closings where the municipality was told before."),
    "actions_done": _("Agreed actions done by their date."),
    "questions_answered": _("Questions answered within the deadline."),
    "meetings_held": _("Meetings held in the year."),
    "regular_mapping": _("Years since the last mapped year."),
    "coverage": _("What the grants covered of the mapped expenditure."),
    "introduction_results": _("Participants in work or education after the introduction programme."),
    "committee_advice": _("Advice that the committee has given."),
}
FIGURES: dict[str, Promise] = {
    "need": _("Need"),
    "voted": _("Voted places"),
    "short": _("Short"),
    "open_answers": _("Municipalities without a vedtak in force"),
    "settled": _("Settled persons"),
    "settled_percent": _("Settled of the need, per cent"),
    "ready_waiting": _("Waiting at the end of the year"),
    "municipalities_settled_above_vote": _("Municipalities with more settled than voted for"),
    "persons_settled_above_vote": _("Persons settled beyond what was voted for"),
    "persons_above_allowed": _("Persons above what is allowed"),
    "residents": _("Residents in centres"),
    "centre_places": _("Places in centres"),
    "in_use_percent": _("In use, per cent"),
    "planning_days": _("Days to plan in"),
    "changes": _("Changes"),
    "persons_changed": _("Changed by, persons"),
    "largest_change_percent": _("Largest change, per cent"),
    "unused": _("Unused places"),
    "unused_percent": _("Unused, per cent"),
    "state_paid_nok_per_place": _("Paid by the State for each, kroner"),
    "above_the_limit": _("Changes above the limit"),
    "within_six_months_percent": _("Within six months, per cent"),
    "mean_months": _("Mean wait, months"),
    "mean_months_under15": _("Mean wait under 15, months"),
    "households_ready": _("Households that wait"),
    "households_ready_over_180_days": _("Of them over 180 days"),
    "last_mapped_year": _("Last year that was mapped"),
    "years_since": _("Years since"),
    "coverage_integration_percent": _("Integration grant, per cent covered"),
    "coverage_unaccompanied_minor_percent": _("Unaccompanied minors, per cent covered"),
    "coverage_norwegian_percent": _("Norwegian training, per cent covered"),
    "minors_to_report": _("Minors to report"),
    "minors_reported": _("Reported in time"),
    "openings": _("Openings of centres"),
    "openings_informed": _("Openings told of before"),
    "closings": _("Closings of centres"),
    "closings_informed": _("Closings told of before"),
    "actions_due": _("Actions due"),
    "actions_done_in_time": _("Done in time"),
    "questions": _("Questions asked"),
    "questions_answered_in_time": _("Answered in time"),
    "meetings": _("Meetings"),
    "in_work_or_education_percent": _("In work or education, per cent"),
    "advice_given": _("Pieces of advice"),
}
MISSING: dict[str, Promise] = {
    "request": _("the round of the year"),
    "request_day": _("the day the request was sent"),
    "longest_wait": _("how long the longest wait was"),
    "committee_minutes": _("the committee's minutes"),
    "mapped": _("a published mapping of expenditure"),
    "in_work_or_education_percent_target": _("what result is aimed at"),
    "advice_given_target": _("how often advice is due"),
    "coverage_integration": _("published coverage of the grants"),
}
"""What is missing and no figure of its own; a missing figure is told by its name, a limit by its label."""
BODIES: dict[str, Promise | str] = {
    "IMDi": "IMDi",
    "UDI": "UDI",
    "Bufetat": "Bufetat",
    "municipalities": _("the municipalities"),
}
CERTAINTIES: dict[Certainty, Promise] = {
    Certainty.SOURCE: _("from the source"),
    Certainty.DERIVED: _("worked out from the source"),
    Certainty.MEDIUM: _("fairly sure"),
    Certainty.ASSUMED: _("our assumption"),
}
