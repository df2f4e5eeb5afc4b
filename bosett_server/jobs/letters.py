"""The letters of a round, in the background: a part at a time, each part one transaction."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.decision_reminders import remind_councils
from bosett_server.actions.round_letters import deliver_letter_part, fail_letters, write_letter_part
from bosett_server.queries.round_letters import letter_job

WEEKDAY_MORNING = "5 5 * * 1-5"


@app.task(name="letters.write_letters")
def write_letters(round_id: int) -> None:
    """Write what is not written, then deliver what is not delivered; a fault is told and nothing is lost."""
    with acting(SYSTEM):
        job = letter_job(SYSTEM, round_id)
    if job is None or not job.running:
        return
    try:
        while write_letter_part(SYSTEM, round=round_id):
            pass
        while deliver_letter_part(SYSTEM, round=round_id):
            pass
    except Exception as fault:
        fail_letters(SYSTEM, round=round_id, code=type(fault).__name__)
        raise


@app.periodic(cron=WEEKDAY_MORNING)
@app.task(queueing_lock="remind_councils")
def remind(timestamp: int) -> int:
    """Municipalities without an answer are reminded before the deadline."""
    return remind_councils(SYSTEM)
