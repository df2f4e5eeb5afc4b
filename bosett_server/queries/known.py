"""As of a day: what was held at its end, so that every page can answer what was believed then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

NOW = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Known:
    """The day whose knowledge is asked for; `today` is the service's own day."""

    day: date
    today: date

    @property
    def is_today(self) -> bool:
        """Whether it is what is held now."""
        return self.day >= self.today

    @property
    def until(self) -> datetime:
        """The first moment after the day, in Norway; for today no moment is too late."""
        if self.is_today:
            return NOW
        return timezone.make_aware(datetime.combine(self.day + timedelta(days=1), time()))
