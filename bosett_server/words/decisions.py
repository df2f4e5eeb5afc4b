"""Sentences of the decisions room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "no_round_for_year": _(
        "No request is sent for %(year)s, so there is nothing to answer. Choose another year."
    ),
    "municipality_not_in_round": _("The municipality is not in the round of %(year)s."),
    "round_not_sent": _("The request for %(year)s is not sent yet. Record the answer when it has come."),
    "municipality_not_asked": _(
        "The municipality is not asked to settle anybody in %(year)s. If it wants to, it can open places itself."
    ),
    "number_missing": _("Write the number of persons in the vedtak."),
    "number_is_zero": _("You chose a number, but wrote 0. If the council said no, choose “Zero”."),
    "number_not_whole": _("%(found)s is not a whole number of persons. Write it without decimals."),
    "number_negative": _("%(found)s is below 0. Write 0 or more."),
    "zero_with_a_number": _(
        "You chose “Zero”, but wrote a number. Take the number away, or choose “A number”."
    ),
    "number_while_awaiting": _(
        "You chose “Not decided yet”, but wrote a number or a condition. Take it away, or choose “A number”."
    ),
    "awaiting_without_meeting_date": _("Give the day of the council meeting that will decide."),
    "meeting_date_passed": _("The day of the council meeting has passed. Give a day from today on."),
    "decision_date_missing": _("Give the day the council made its vedtak."),
    "decision_date_in_future": _(
        "The day of the vedtak has not come yet. If the council has not decided, choose “Not decided yet”."
    ),
    "minors_above_total": _(
        "You wrote %(minors)s unaccompanied minors, but only %(total)s persons in all."
        " The minors are part of the total."
    ),
    "minors_not_asked": _(
        "The municipality is not asked for unaccompanied minors of this age. Leave the field empty."
    ),
    "reservation_without_number": _(
        "A condition needs a number to go with. Take it away, or choose “A number”."
    ),
    "up_to_is_not_the_number": _("“Up to %(up_to)s” must be the same number as the total."),
    "another_municipality_or_year": _("The answer is for another municipality or another year."),
    "decided_vedtak_stands": _(
        "The council has decided already, and its vedtak stands until it makes a new one."
        " Record that one when it comes."
    ),
    "older_than_vedtak_in_force": _(
        "The vedtak in force is from %(in_force_since)s, and yours is older. If you correct a mistake, tick"
        " “I correct a mistake in what was recorded”."
    ),
    "nothing_to_approve": _("There is no number to approve yet."),
    "already_approved": _("The vedtak is approved already."),
    "more_not_whole": _("Write how many more you can take as a whole number from 0 to %(most)s."),
    "no_vedtak_to_add_to": _(
        "Record the vedtak for %(year)s first. Then you can say how many more you can take."
    ),
    "request_replaced": _(
        "The request for %(year)s was replaced on %(sent_on)s while you wrote: it is now %(asked)s persons. What you"
        " wrote stands below. Look at the new request, then record the answer again."
    ),
    "answered_meanwhile": _(
        "Somebody else recorded an answer for %(year)s while you wrote (%(on)s). It stands above. If yours is right,"
        " record it again: it takes the other's place, and both are kept."
    ),
    "it_takes_without_more": _("You said what more would take. Say also how many more, above 0."),
    "reasons_without_a_lower_number": _(
        "You gave reasons for a lower answer, but the answer is not lower than the request. Take the reasons away."
    ),
    "not_asked_again": _(
        "The municipality is not asked to answer %(year)s anew, so there is no meeting to wait for."
    ),
    "agenda_after_meeting": _(
        "The last day for papers lies after the meeting on %(meeting)s. Give a day before it."
    ),
}
NOTICES: dict[str, str | Promise] = {
    "vedtak_recorded": _(
        "A vedtak for %(municipality)s, %(year)s, is recorded. Compare it with the council's own record and approve it."
    ),
    "vedtak_recorded_for": _(
        "IMDi has recorded the vedtak of %(municipality)s for %(year)s (%(source)s)."
        " It is in force when you approve it."
    ),
    "vedtak_approved": _("%(municipality)s has approved its vedtak for %(year)s."),
    "can_take_more": _(
        "%(municipality)s says that it can take %(persons)s more in %(year)s than its vedtak."
    ),
    "answer_recorded": _(
        "%(municipality)s has answered the request for %(year)s. The answer waits for approval."
    ),
    "answer_reminder": _(
        "%(municipality)s has not decided on the request for %(year)s. The answer is due on %(due)s, in %(days)s days."
        " If the council meets later, record the day of the meeting."
    ),
    "answer_reminder_again": _(
        "%(municipality)s is asked for another number in %(year)s than the one the council answered. A new answer is"
        " due on %(due)s, in %(days)s days. The vedtak stands until then. If the council meets later, record the day."
    ),
    "council_meets": _(
        "%(municipality)s takes the changed request for %(year)s up in its council on %(meeting)s. The vedtak stands"
        " until then."
    ),
    "answer_reminder_late": _(
        "The answer of %(municipality)s for %(year)s is due on %(due)s. Your council meets after that, and you have"
        " told us: there is nothing more to do before the meeting."
    ),
}
