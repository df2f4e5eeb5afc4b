"""Today and now, in one place.  The demo stands on a fixed day, so that its round is open."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in Norway, or the demo's day."""
    return settings.BOSETT_TODAY or timezone.localdate()


def now() -> datetime:
    """This moment; in the demo the time of day is real and the day is the demo's."""
    real = timezone.now()
    if not settings.BOSETT_TODAY:
        return real
    local = timezone.localtime(real)
    return timezone.make_aware(datetime.combine(settings.BOSETT_TODAY, local.time()))
