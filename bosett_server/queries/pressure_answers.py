"""The municipalities' answers added up; those of months that are closed are read once while they stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Count, Max, Q, QuerySet, Sum
from numpy.typing import NDArray

from bosett.agreement.pressure import Gathered, Sector, from_step, gather
from bosett_server.records.models import Pulse

MONTHS_OPEN = 2
"""A month can be answered until the end of the next one."""
KEPT_AREAS = 12
SECTOR_OF = {sector.value: sector for sector in Sector}
Codes = tuple[str, ...]
Months = tuple[date, ...]


@dataclass(frozen=True)
class Stamp:
    """Tells whether answers are still the same, as the reader sees them: before the open months, and of these."""

    closed: tuple[Any, ...]
    newest: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Answers:
    """What was answered.

    Parameters
    ----------
    said
        Rows x columns: whether the municipality has answered for the month.
    steps
        Code -> what it answered for the last month, by sector.
    modelled
        Whether any answer is made up for the demo.
    """

    gathered: Gathered
    said: NDArray[np.bool_]
    steps: Mapping[str, Mapping[Sector, int]]
    modelled: bool


_closed: OrderedDict[tuple[Codes, Months], tuple[tuple[Any, ...], Answers]] = OrderedDict()


def stamp_of(codes: Codes, shown: Months) -> Stamp:
    """One query, whatever their number."""
    before, rows = Q(month__lt=_first_open(shown)), _rows(codes, shown)
    told = rows.aggregate(
        closed=Count("pk", filter=before), closed_last=Max("pk", filter=before),
        closed_versions=Sum("version", filter=before), count=Count("pk"), last=Max("pk"), versions=Sum("version"),
    )  # fmt: skip
    return Stamp(
        (told["closed"], told["closed_last"], told["closed_versions"]),
        (told["count"], told["last"], told["versions"]),
    )


def answers_of(codes: Codes, shown: Months, stamp: Stamp | None = None) -> Answers:
    """The answers in sight; with a stamp those of the closed months are taken from the last time they were read."""
    rows = _rows(codes, shown)
    if stamp is None:
        return _read(rows, codes, shown)
    before = Q(month__lt=_first_open(shown))
    kept = _closed.get((codes, shown))
    if kept is None or kept[0] != stamp.closed:
        kept = stamp.closed, _read(rows.filter(before), codes, shown)
        _closed[codes, shown] = kept
        while len(_closed) > KEPT_AREAS:
            _closed.popitem(last=False)
    earlier, newest = kept[1], _read(rows.exclude(before), codes, shown)
    return Answers(
        earlier.gathered.together(newest.gathered), earlier.said | newest.said, newest.steps,
        earlier.modelled or newest.modelled,
    )  # fmt: skip


def _first_open(shown: Months) -> date:
    return shown[max(0, len(shown) - MONTHS_OPEN)]


def _rows(codes: Codes, shown: Months) -> QuerySet[Pulse]:
    return Pulse.objects.filter(municipality__in=codes, month__gte=shown[0], month__lte=shown[-1])


def _read(rows: QuerySet[Pulse], codes: Codes, shown: Months) -> Answers:
    told = list(rows.values_list("municipality_id", "month", "answers", "modelled"))
    signals = (
        from_step(code, month, SECTOR_OF[sector], one["step"])
        for code, month, answers, _ in told
        for sector, one in answers.items()
    )
    said = np.zeros((len(codes), len(shown)), dtype=bool)
    row, column = {code: at for at, code in enumerate(codes)}, {month: at for at, month in enumerate(shown)}
    for code, month, answers, _ in told:
        said[row[code], column[month]] = bool(answers)
    steps = {
        code: {SECTOR_OF[sector]: one["step"] for sector, one in answers.items()}
        for code, month, answers, _ in told
        if month == shown[-1]
    }
    return Answers(gather(signals, codes, shown), said, steps, any(one[3] for one in told))
