"""Every indicator by its code."""

from __future__ import annotations

from bosett.agreement.dialogue import count_at_least, never_stored, notice_days, share_in_time
from bosett.agreement.frames import division_followed, mid_year_changes, time_to_plan, unused_places
from bosett.agreement.money import coverage, regular_mapping
from bosett.agreement.places import enough_places, need_met, no_placement_above, places_in_use
from bosett.agreement.problem import Indicator
from bosett.agreement.waiting import long_waits, mean_within, percent_within, within_six_months

IN_TIME = ("in_time_share_good", "in_time_share_least")

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
    "mean_wait": mean_within("mean_wait", "mean_months", "followup/settle_months_adults", proves=False),
    "minors_wait": mean_within(
        "minors_wait", "mean_months_under15", "followup/settle_months_under15", proves=True
    ),
    "six_months_share": percent_within(
        "six_months_share",
        "within_six_percent_all",
        ("six_months_share_good", "six_months_share_least"),
        "within_three_percent_all",
        "median_days_all",
        "within_six_percent_15_17",
        "median_days_15_17",
    ),
    "minors_in_three_months": percent_within(
        "minors_in_three_months", "within_three_percent_under15", IN_TIME, "median_days_under15"
    ),
    "long_waits": long_waits,
    "minors_reported_in_time": share_in_time(
        "minors_reported_in_time", "minors_to_report", "minors_reported"
    ),
    "informed_before_opening": share_in_time("informed_before_opening", "openings", "openings_informed"),
    "informed_before_closing": share_in_time("informed_before_closing", "closings", "closings_informed"),
    "notice_days": notice_days,
    "centre_documents": share_in_time("centre_documents", "centre_processes", "centre_processes_documented"),
    "deadlines_kept": share_in_time("deadlines_kept", "answers_due", "answers_in_time"),
    "actions_done": share_in_time("actions_done", "actions_due", "actions_done_in_time"),
    "questions_answered": share_in_time("questions_answered", "questions", "questions_answered_in_time"),
    "meetings_held": count_at_least("meetings_held", "meetings", "meetings_a_year"),
    "regular_mapping": regular_mapping,
    "coverage": coverage,
    "introduction_results": never_stored("introduction_results", "in_work_or_education_percent"),
    "committee_advice": never_stored("committee_advice", "advice_given"),
}
