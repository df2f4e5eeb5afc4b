"""Sentences of the mapping of expenditure."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

REFUSALS: dict[str, Words] = {
    "expenditure_year_out_of_range": _("The year must be from %(first)s to %(last)s. You wrote %(year)s."),
    "expenditure_kind_unknown": _("There is no such kind of round: %(kind)s."),
    "expenditure_due_passed": _("The day answers are due has passed. Give a day from today on."),
    "expenditure_round_exists": _(
        "There is a round of this kind for %(year)s already. It cannot be planned anew."
    ),
    "expenditure_frame_empty": _(
        "Nobody is known whom the round is about. Choose a file with persons for each municipality."
    ),
    "expenditure_frame_unknown": _(
        "%(municipality)s is no municipality of today. Correct the file and choose it again."
    ),
    "expenditure_sample_impossible": _("So many cannot be asked: %(why)s. Change the number or the minimum."),
    "expenditure_round_not_planned": _("The round is open or closed already. Its sample stands."),
    "expenditure_sample_stands": _("The round is open, so its sample and registers stand as they are."),
    "expenditure_round_moved_on": _(
        "Somebody has opened or closed the round meanwhile. Open it again to see."
    ),
    "expenditure_round_not_open": _("The round is not open, so answers cannot be given or changed."),
    "expenditure_round_closed": _("The round is closed. What it rests on is never changed."),
    "expenditure_rate_negative": _("A rate cannot be below 0."),
    "expenditure_no_estimate": _(
        "No estimate can be made yet: %(why)s. Follow up those who have not answered, then close the round."
    ),
    "expenditure_answer_approved": _(
        "The answer is approved, so nothing was changed. To change it, reopen it first and say why."
    ),
    "expenditure_answer_sent": _(
        "The answer is sent and waits for approval, so nothing was changed. To change it, reopen it first and say why."
    ),
    "expenditure_answer_moved_on": _(
        "Somebody has sent, approved or reopened the answer meanwhile. Open it again."
    ),
    "expenditure_area_unknown": _("%(area)s is no line of this questionnaire."),
    "expenditure_text_too_long": _("The text is too long. An explanation may have %(most)s characters."),
    "expenditure_flag_stops": _(
        "The answer is not sent. Something is wrong in %(many)s places; they are marked below. All you wrote is kept."
    ),
    "expenditure_explanation_missing": _(
        "The answer is not sent. %(many)s lines are marked below; explain each, or correct it. All you wrote is kept."
    ),
    "expenditure_nothing_to_approve": _("No answer waits for approval."),
    "expenditure_approved_by_sender": _(
        "You sent the answer yourself. Somebody else in the municipality approves it."
    ),
    "expenditure_reason_missing": _("Say why the answer is reopened. The reason stands in the log."),
    "expenditure_not_sent": _("The answer is not sent yet. You can change it as it is."),
    "expenditure_known_kind": _("Choose register figures or KOSTRA totals."),
    "expenditure_source_missing": _("Say where the figures are from."),
    "expenditure_known_row": _(
        "Row %(row)s, column %(column)s cannot be used. Nothing was brought in. Correct the file and choose it again."
    ),
    "expenditure_not_closed": _("The round is not closed, so there is no common baseline yet."),
    "expenditure_baseline_stands": _("The estimates of a closed round and what is shared are never changed."),
    "expenditure_target_out_of_range": _("Choose a target above 0 and up to %(most)s per cent."),
    "expenditure_name_missing": _("Give the scenario a name."),
    "expenditure_name_taken": _("Your party has a scenario with this name. Choose another."),
    "expenditure_shared_already": _("The scenario is shared. It stands as it is."),
    "expenditure_file_wrong": _("The file cannot be used: %(why)s. Nothing was brought in."),
    "expenditure_template_wrong": _(
        "This is not the template of this questionnaire. Download it anew and fill it in."
    ),
}
NOTICES: dict[str, Words] = {
    "expenditure_opened": _("You are asked what settlement cost you in %(year)s. Fill in the questionnaire."),
    "expenditure_reminder": _("Your answer on what settlement cost in %(year)s is not approved yet."),
    "expenditure_to_approve": _(
        "The answer on what settlement cost in %(year)s waits for you to approve it."
    ),
    "expenditure_approved": _("A municipality has approved its answer on what settlement cost in %(year)s."),
    "expenditure_reopened": _("Your answer on what settlement cost in %(year)s is reopened."),
    "expenditure_closed": _(
        "The round on what settlement cost in %(year)s is closed. The estimates are ready."
    ),
    "expenditure_scenario_shared": _(
        "The other party has shared a scenario on the grants, from the round of %(year)s."
    ),
}
ROUND_STATES: dict[str, tuple[Words, str]] = {
    "planned": (pgettext_lazy("expenditure", "Planned"), "neutral"),
    "open": (pgettext_lazy("expenditure", "Open for answers"), "info"),
    "closed": (pgettext_lazy("expenditure", "Closed"), "success"),
}
ANSWER_STATES: dict[str, tuple[Words, str]] = {
    "planned": (pgettext_lazy("expenditure", "Not asked yet"), "neutral"),
    "open": (pgettext_lazy("expenditure", "Not sent"), "warning"),
    "sent": (pgettext_lazy("expenditure", "Waits for approval"), "info"),
    "approved": (pgettext_lazy("expenditure", "Approved"), "success"),
}
STEPS: dict[str, Words] = {
    "saved": pgettext_lazy("expenditure", "Saved"),
    "sent": pgettext_lazy("expenditure", "Sent"),
    "approved": pgettext_lazy("expenditure", "Approved"),
    "reopened": pgettext_lazy("expenditure", "Reopened"),
}
FLAGS: dict[str, Words] = {
    "unreadable": _("This is no number. Write digits only, such as 1 250 000."),
    "negative": _("The number is below 0. Write what was spent, net of refunds, as 0 or more."),
    "too_large": _("The number is larger than any municipality's budget. Look for a slip of the keys."),
    "share_over_100": _("The share is over 100 per cent. It is the target group's part of the service."),
    "both_ways": _("Give the amount, or the share and what the whole service cost, not both."),
    "half_a_share": _("A share needs what the whole service cost beside it, and the other way round."),
    "empty": _(
        "Nothing is written. An empty line is not 0: write 0 if nothing was spent, or explain why you cannot say."
    ),
    "thousands": _(
        "Is this in thousands of kroner? It gives %(now)s kroner per person, beside %(beside)s. Write whole kroner."
    ),
    "thousandfold": _(
        "Are there three noughts too many? It gives %(now)s kroner per person, beside %(beside)s."
    ),
    "changed_much": _(
        "Last year it was %(before)s kroner per person, now it is %(now)s. Explain the change."
    ),
    "far_from_others": _("It is %(now)s kroner per person; others spent %(others)s. Explain the difference."),
    "above_kostra": _("It is %(value)s kroner, more than the %(kostra)s in KOSTRA for the whole service."),
    "no_persons": _("Something was spent, but nobody is known whom it was spent on."),
    "fewer_than_taught": _(
        "Participants' hours (%(attended)s) are fewer than hours of teaching (%(taught)s)."
    ),
    "sum_is_zero": _("The whole answer is 0 kroner. Is that right?"),
}
DIVISIONS: dict[str, Words] = {
    "kostra_group": pgettext_lazy("expenditure", "KOSTRA group"),
    "centrality": pgettext_lazy("expenditure", "Centrality"),
}
PARTIES: dict[str, Words] = {
    "state": pgettext_lazy("expenditure", "The State"),
    "municipal": pgettext_lazy("expenditure", "The municipal sector"),
}
QUOTIENTS: dict[str, Words] = {
    "training/teaching_hours": pgettext_lazy("expenditure", "Kroner per hour of teaching"),
    "participant_hours/teaching_hours": pgettext_lazy("expenditure", "Participants in a class"),
    "training/participants": pgettext_lazy("expenditure", "Kroner per participant"),
}
REGISTER_ITEMS: dict[str, Words] = {
    "social_assistance": pgettext_lazy("expenditure", "Social assistance"),
    "introduction_benefit": pgettext_lazy("expenditure", "Introduction benefit"),
}
CHECKS: dict[str, Words] = {
    "thousands": pgettext_lazy("expenditure", "Looks like thousands of kroner"),
    "thousandfold": pgettext_lazy("expenditure", "Looks a thousand times too large"),
    "outlier": pgettext_lazy("expenditure", "Far from the others; kept as answered"),
    "amount_without_persons": pgettext_lazy("expenditure", "An amount, and no persons"),
    "no_answer": pgettext_lazy("expenditure", "Asked, without an answer"),
    "one_respondent": pgettext_lazy("expenditure", "Alone in its stratum"),
    "weights_do_not_sum": pgettext_lazy("expenditure", "Weights that do not sum to the stratum"),
    "register_year_missing": pgettext_lazy(
        "expenditure", "A register without a residence year that others have"
    ),
}
