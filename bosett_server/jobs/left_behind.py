"""Jobs whose worker was killed wait for another one: each step of a job is one transaction, so nothing is doubled."""

from __future__ import annotations

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

EVERY_MINUTE = "* * * * *"


async def take_up(jobs: JobManager, silent_seconds: float) -> int:
    """What silent workers had begun waits again; how many jobs.

    One that the clock has put in line anew in the meantime is ended instead: it would be done twice.
    """
    left = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in left:
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
    return len(left)


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="take_up_left_behind", pass_context=True)
async def take_up_left_behind(context: JobContext, timestamp: int) -> int:
    """Runs in every worker that lives."""
    return await take_up(context.app.job_manager, settings.BOSETT_WORKER_SILENT_SECONDS)
