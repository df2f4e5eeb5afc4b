"""Sentences of the distribution room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "no_need_for_year": _("No need is stated for %(year)s. State the need before you draft a round."),
    "deadline_has_passed": _("The deadline %(day)s has passed. Choose a day from today on."),
    "round_already_drafted": _(
        "There is a draft for the year already. Send it or throw it away before you make a new one."
    ),
    "round_already_sent": _("The round is sent. To change the numbers, draft and send a new round."),
    "round_already_there": _("There is a round for %(year)s already."),
    "criteria_out_of_range": _(
        "The criteria cannot be used. The weight is from 0 to 100 per cent, and no number is below 0."
    ),
    "nothing_extra_to_divide": _(
        "There is nothing more to divide: the need is not larger than what is asked for already."
    ),
    "no_division_floor": _(
        "%(need)s persons are too few for the lowest number per municipality. Lower it, or ask fewer municipalities."
    ),
    "no_division_cap": _(
        "The municipalities that take part have no room for %(need)s persons. Ask more of them."
    ),
    "no_division": _(
        "%(need)s persons cannot be divided by these criteria (rule: %(rule)s). Ask more municipalities."
    ),
    "adjustment_reason_missing": _("Say why you change the number, with at least %(letters)s letters."),
    "need_has_changed_since_draft": _(
        "The need for %(year)s was changed after this draft was made. Throw the draft away and make a new one."
    ),
    "nobody_is_asked": _("The draft asks nobody. There is nothing to send."),
    "round_does_not_sum_to_need": _(
        "The draft asks for %(asked)s, but the need is %(need)s. Adjust the numbers, or say why they differ."
    ),
    "criteria_name_missing": _("Give it a name."),
    "too_many_sets": _("You have %(most)s kept sets of criteria already. Drop one that you don't need."),
    "indicator_missing": _(
        "The indicator %(column)s has no figure for %(municipalities)s. Leave these out, bring the figures, or choose"
        " another indicator. A missing figure is never taken for 0."
    ),
    "indicator_unknown_municipality": _(
        "There is no municipality with the code %(codes)s. Correct the list."
    ),
    "indicator_not_a_number": _(
        "“%(found)s” for %(code)s is no number of 0 or more. Leave the municipality out if the figure is not known."
    ),
    "indicator_empty": _("Paste one line for each municipality: code and figure."),
    "not_everybody_is_heard": _(
        "The county authorities and KS are heard before a request is set. %(bodies)s of them have not answered. Wait"
        " for their word, write it down, or say by code why you send without it."
    ),
    "hearing_says_nothing": _("Write what you say about the proposal, or recommend other numbers."),
    "not_in_the_proposal": _("%(code)s is not in the proposal that you were asked about."),
    "answered_outside_the_hearing": _(
        "The answer came after %(asked_on)s and not later than today. Correct the day."
    ),
    "letters_before_sending": _(
        "The round of %(year)s is not sent yet. Send it first; then the letters can be written."
    ),
    "case_number_missing": _("Give the case number that the letters are journalled under."),
    "restriction_missing": _(
        "Give the paragraph that keeps the papers from the public. A decision about a person is never open."
    ),
    "period_backwards": _("The last day lies before the first. Swap them."),
    "period_not_over": _("The last day has not come yet. Choose today or an earlier day."),
    "no_decisions_in_period": _("No household was assigned in these days, so there is nothing to take out."),
    "too_many_for_one_export": _(
        "These days have %(found)s decisions, and at most %(most)s are taken out at once. Choose fewer days."
    ),
    "letters_not_written": _("No letters are written for the round. Order them first."),
    "letters_under_way": _("The letters of the round are ordered already."),
    "nobody_to_write_to": _("The round changes nobody's number. There is nobody to write to."),
}
NOTICES: dict[str, str | Promise] = {
    "request_sent": _(
        "%(municipality)s is asked to settle %(asked)s persons in %(year)s. The answer is due on %(due)s."
    ),
    "request_raised": _(
        "%(municipality)s is asked for more: %(asked)s persons in %(year)s. Your vedtak stands; %(unanswered)s persons"
        " are without an answer. The answer is due on %(due)s."
    ),
    "request_changed": _(
        "The request to %(municipality)s for %(year)s is now %(asked)s persons. Your vedtak stands as it is."
    ),
    "request_withdrawn": _(
        "%(municipality)s is no longer asked to settle persons in %(year)s. A vedtak you have made stands."
    ),
    "request_not_asked": _("%(municipality)s is not asked to settle persons in %(year)s."),
    "round_sent_county": _(
        "Requests for %(year)s are sent: the municipalities of your county are asked for %(asked)s persons."
        " Answers are due on %(due)s."
    ),
    "round_sent": _(
        "Requests for %(year)s are sent: %(asked)s persons in %(municipalities)s municipalities. Answers are due on"
        " %(due)s."
    ),
    "request_scaled": _(
        "The request to %(municipality)s for %(year)s is now %(asked)s persons. Your vedtak stands; from now the State"
        " counts on the same part of it as the new request is of the one that the council answered."
    ),
    "request_asked_again": _(
        "The request to %(municipality)s for %(year)s is now %(asked)s persons. Your vedtak stands until the council"
        " makes a new one. We ask for a new answer by %(due)s."
    ),
    "hearing_asked": _(
        "Your word on the requests for %(year)s is asked for before they are set: %(asked)s persons. It is due on"
        " %(due)s."
    ),
    "hearing_recorded": _(
        "IMDi has written down what you said on the requests for %(year)s. Look whether it is right."
    ),
    "hearing_answered": _("A county or KS has given its word on the requests for %(year)s (%(body)s)."),
    "letters_done": _(
        "The %(letters)s letters of the round of %(year)s are written and delivered. %(not_delivered)s did not arrive."
    ),
    "letters_failed": _(
        "Writing the letters of %(year)s stopped after %(done)s. Those that are written stand; order the letters again"
        " to go on."
    ),
}
