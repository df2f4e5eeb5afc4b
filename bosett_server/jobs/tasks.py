"""What runs by the clock: each task calls one action and holds nothing of its own.

Times are UTC.  A task that is missed (the worker was down) runs at the next time; every action
looks at all that is due, so nothing is lost and nothing is done twice.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

from bosett_server.access.actor import SYSTEM
from bosett_server.actions.consultation_actions import remind_consultation_actions
from bosett_server.actions.digest import send_digests
from bosett_server.actions.expenditure_rounds import remind_expenditure_due
from bosett_server.actions.grant_reminders import remind_claims
from bosett_server.actions.handover_notices import remind_matters
from bosett_server.actions.placement_answers import expire_assignments, remind_assignments
from bosett_server.actions.pressure_alerts import check_pressure, remind_pulses
from bosett_server.actions.reception_alerts import check_reception
from bosett_server.actions.week_capacity import remind_week_capacity
from bosett_server.jobs.birthdays import check_birthdays

WEEKDAY_MORNING = "0 5 * * 1-5"
EVERY_NIGHT = "10 0 * * *"


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="expire_assignments")
def expire(timestamp: int) -> int:
    """Cards whose deadline has passed go back to the pool."""
    return expire_assignments(SYSTEM)


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="recheck_birthdays")
def birthdays(timestamp: int) -> int:
    """Unaccompanied minors who turned 15 or 18 are looked at again."""
    return check_birthdays()


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_assignments")
def remind(timestamp: int) -> int:
    """Municipalities are reminded of cards that are due soon."""
    return remind_assignments(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_claims")
def remind_of_claims(timestamp: int) -> int:
    """Municipalities are told of claims whose deadline is near."""
    return remind_claims(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="send_digests")
def digest(timestamp: int) -> int:
    """The daily e-mail without personal data."""
    return send_digests(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_expenditure")
def remind_mapping(timestamp: int) -> int:
    """Municipalities are reminded of the mapping of expenditure from two weeks before it is due."""
    return remind_expenditure_due(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_week_capacity")
def remind_weeks(timestamp: int) -> int:
    """Municipalities are told once when nobody has confirmed their plan by week for long."""
    return remind_week_capacity(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_matters")
def remind_of_matters(timestamp: int) -> int:
    """Both desks are told of a hand-over that nobody has answered, and a desk of what lies with it for long."""
    return remind_matters(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_consultation_actions")
def remind_after_meetings(timestamp: int) -> int:
    """Owners of actions from meetings are told before they are due, and when they are late."""
    return remind_consultation_actions(SYSTEM)


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="check_pressure")
def look_for_pressure(timestamp: int) -> int:
    """Sectors that have crossed the threshold are told of, once."""
    return check_pressure(SYSTEM)


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="check_reception")
def look_at_reception(timestamp: int) -> int:
    """Kinds of centre outside their norm, and those who have waited too long, are told of, once."""
    return check_reception(SYSTEM)


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_pulses")
def remind_of_pulses(timestamp: int) -> int:
    """Municipalities that have not answered this month's pulse are reminded of it, once."""
    return remind_pulses(SYSTEM)
