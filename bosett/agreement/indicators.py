"""Every indicator by its code."""

from __future__ import annotations

from bosett.agreement.dialogue import count_at_least, never_stored, share_in_time
from bosett.agreement.frames import division_followed, mid_year_changes, time_to_plan, unused_places
from bosett.agreement.money import coverage, regular_mapping
from bosett.agreement.places import enough_places, need_met, no_placement_above, places_in_use
from bosett.agreement.problem import Indicator
from bosett.agreement.waiting import long_waits, mean_wait, minors_wait, within_six_months

INDICATORS: dict[str, Indicator] = {
    "enough_places": enough_places,
    "need_met": need_met,
    "no_placement_above": no_placement_above,
    "places_in_use": places_in_use,
    "time_to_plan": time_to_plan,
    "mid_year_changes": mid_year_changes,
    "unused_places": unused_places,
    "division_followed": division_followed,
    "within_six_months": within_six_months,
    "mean_wait": mean_wait,
    "minors_wait": minors_wait,
    "long_waits": long_waits,
    "minors_reported_in_time": share_in_time(
        "minors_reported_in_time", "minors_to_report", "minors_reported"
    ),
    "informed_before_opening": share_in_time("informed_before_opening", "openings", "openings_informed"),
    "informed_before_closing": share_in_time("informed_before_closing", "closings", "closings_informed"),
    "actions_done": share_in_time("actions_done", "actions_due", "actions_done_in_time"),
    "questions_answered": share_in_time("questions_answered", "questions", "questions_answered_in_time"),
    "meetings_held": count_at_least("meetings_held", "meetings", "meetings_a_year"),
    "regular_mapping": regular_mapping,
    "coverage": coverage,
    "introduction_results": never_stored("introduction_results", "in_work_or_education_percent"),
    "committee_advice": never_stored("committee_advice", "advice_given"),
}
