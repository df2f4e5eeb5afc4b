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
}
