"""What was measured of a score table: the test on a world without effect, groups, calibration, and drift."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from bosett.placement.outcomes.null_world import ALLOWED
from bosett.terms.errors import BadInput

VERDICTS = ("same", "watch", "learn_again")


@dataclass(frozen=True)
class Reached:
    """Adults of one kind: the mean chance that was told and the share that got there; None = too few to say."""

    name: str
    adults: int
    told: float | None
    reached: float | None


@dataclass(frozen=True)
class Drifted:
    """Later cases beside those that were learned from; `shifts` by column, `verdict` one of `VERDICTS`."""

    shifts: tuple[tuple[str, float], ...]
    told: float
    reached: float
    verdict: str


@dataclass(frozen=True)
class ScoreReport:
    """The summary that `bosett outcomes` writes beside its table; shares are 0 to 1.

    Parameters
    ----------
    null_mean, null_worst
        The gain it claims in worlds where place has no effect: mean, and farthest from 0.
    gain, robust, robust_error
        The gain it claims of the past, the doubly robust estimate of it and its standard error.
    scores_sha256
        Of the table it was written with; empty when it was barred and no table was written.
    """

    adults: int
    municipalities: int
    years: tuple[int, int]
    aggregation: str
    null_mean: float
    null_worst: float
    gain: float
    robust: float
    robust_error: float
    error: float
    bins: tuple[Reached, ...]
    groups: tuple[Reached, ...]
    drift: Drifted | None
    version: str
    scores_sha256: str

    @property
    def sees_nothing_where_nothing_is(self) -> bool:
        """Whether it passes the test on itself."""
        return abs(self.null_worst) <= ALLOWED

    @property
    def has_drifted(self) -> bool:
        """Whether it must be learned anew."""
        return self.drift is not None and self.drift.verdict == "learn_again"

    @property
    def may_be_used(self) -> bool:
        """Whether runs may ask for the table."""
        return self.sees_nothing_where_nothing_is and not self.has_drifted


def read_report(content: bytes, file: str) -> Mapping[str, Any]:
    """The summary as it is kept, after every number in it was found and looked at.

    Raises BadInput naming what is missing or not a number.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as bad:
        raise BadInput(str(bad), "the summary.json of bosett outcomes", file) from None
    if not isinstance(told, dict):
        raise BadInput(type(told).__name__, "one object", file)
    try:
        report_of(told)
    except KeyError as missing:
        raise BadInput("nothing", "the summary.json of bosett outcomes", file, None, str(missing)) from None
    except (TypeError, ValueError, AttributeError) as bad:
        raise BadInput(str(bad), "the summary.json of bosett outcomes", file) from None
    return told


def report_of(told: Mapping[str, Any]) -> ScoreReport:
    """The kept summary as values.  Raises KeyError, TypeError or ValueError where it is not one."""
    gain, null = told["gain"], told["null_world"]
    return ScoreReport(
        adults=int(told["adults"]),
        municipalities=int(told["municipalities"]),
        years=(int(told["first_year"]), int(told["last_year"])),
        aggregation=str(told["aggregation"]),
        null_mean=_number(null["mean"]),
        null_worst=_number(null["worst"]),
        gain=_number(gain["share"]),
        robust=_number(gain["robust"]),
        robust_error=_number(gain["robust_error"]),
        error=_number(told["calibration"]["error"]),
        bins=tuple(_reached("", one) for one in told["calibration"]["bins"]),
        groups=tuple(_reached(str(one["group"]), one) for one in told["groups"]),
        drift=None if told["drift"] is None else _drifted(told["drift"]),
        version=str(told["version"]),
        scores_sha256=str(told["scores_sha256"] or ""),
    )


def _reached(name: str, one: Mapping[str, Any]) -> Reached:
    told, reached = (None if one[key] is None else _number(one[key]) for key in ("told", "reached"))
    return Reached(name, int(one["cases"]), told, reached)


def _drifted(one: Mapping[str, Any]) -> Drifted:
    verdict = str(one["verdict"])
    if verdict not in VERDICTS:
        raise ValueError(verdict)
    shifts = tuple((str(name), _number(value)) for name, value in one["shifts"].items())
    return Drifted(shifts, _number(one["told"]), _number(one["reached"]), verdict)


def _number(value: Any) -> float:
    found = float(value)
    if not isfinite(found):
        raise ValueError(f"{value!r} is not a finite number")
    return found
