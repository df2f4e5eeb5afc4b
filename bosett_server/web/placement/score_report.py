"""What was measured of a score table, in words and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bosett.placement.outcomes.report import SHOWN, STOP, WATCH
from bosett.terms.figure import Figure, State
from bosett_server.queries.placement_score_report import Reached, ScoreReport
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.numbers import percent

THOUSAND = 1000
VERDICTS: dict[str, str | Promise] = {
    "same": gettext_lazy("Later people are like those it learned from."),
    "watch": gettext_lazy("Later people differ somewhat from those it learned from. Watch it."),
    "learn_again": gettext_lazy("Too much has changed since it was learned. It must be learned anew."),
}
TONES = {"same": "success", "watch": "warning", "learn_again": "danger"}
COLUMNS: dict[str, str | Promise] = {
    "education_years": gettext_lazy("Years of education"),
    "experience_years": gettext_lazy("Years of work"),
    "children": gettext_lazy("Children in the household"),
    "adults": gettext_lazy("Adults in the household"),
    "no_education": gettext_lazy("Education not known"),
    "no_experience": gettext_lazy("Work not known"),
}
AGGREGATIONS: dict[str, str | Promise] = {
    "at_least_one": gettext_lazy("the chance that at least one adult gets there"),
    "number": gettext_lazy("how many adults are expected to get there"),
}


@dataclass(frozen=True)
class GroupLine:
    """One group of adults; the difference is in percentage points, above 0 where more got there than was told."""

    name: str
    few: bool
    told: str
    reached: str
    points: float


@dataclass(frozen=True)
class ShiftLine:
    """One column that the scores rest on, and how far its mix has moved."""

    name: str
    shift: float
    word: str
    tone: str


@dataclass(frozen=True)
class Told:
    """The measurement as the page tells it."""

    report: ScoreReport
    learned: str
    verdict: str
    tone: str
    groups: tuple[GroupLine, ...]
    worst: GroupLine | None
    shifts: tuple[ShiftLine, ...]
    curve: LineChart | None


def told(report: ScoreReport) -> Told:
    """Words, lines and a picture of one measurement."""
    groups = tuple(_group(one) for one in report.groups)
    shown = [one for one in groups if not one.few]
    drift = report.drift
    return Told(
        report=report,
        learned=str(AGGREGATIONS.get(report.aggregation, report.aggregation)),
        verdict=str(VERDICTS[drift.verdict]) if drift else "",
        tone=TONES[drift.verdict] if drift else "neutral",
        groups=groups,
        worst=max(shown, key=lambda one: abs(one.points), default=None),
        shifts=tuple(_shift(name, value) for name, value in drift.shifts) if drift else (),
        curve=calibration_chart(report.bins, report.error),
    )


def calibration_chart(bins: Sequence[Reached], error: float) -> LineChart | None:
    """What was told beside what came, for people who were not learned from; None with too little to draw."""
    if len(bins) < 2:
        return None
    caption = Caption(
        "calibration",
        _("On people it had not seen, it was off by %(error)s on average") % {"error": percent(error, 1)},
        _("Adults who got there, per thousand, from those given the least chance to those given the most"),
        _("The report that was loaded with the table"),
        modelled=True,
    )
    names = tuple(str(number + 1) for number in range(len(bins)))
    lines = (
        Series(_("Foretold"), tuple(_per_thousand(one.told) for one in bins), modelled=True),
        Series(_("Reached it"), tuple(_per_thousand(one.reached) for one in bins)),
    )
    return LineChart(caption, names, lines, _("Tenth"))


def _per_thousand(share: float | None) -> Figure:
    return Figure.missing(State.UNKNOWN) if share is None else Figure.of(round(THOUSAND * share))


def _group(one: Reached) -> GroupLine:
    name = one.name or _("No group given")
    if one.told is None or one.reached is None or one.adults < SHOWN:
        return GroupLine(name, True, "", "", 0.0)
    return GroupLine(
        name, False, percent(one.told, 1), percent(one.reached, 1), 100 * (one.reached - one.told)
    )


def _shift(name: str, value: float) -> ShiftLine:
    words = str(COLUMNS.get(name, name))
    if value > STOP:
        return ShiftLine(words, value, _("much"), "danger")
    return (
        ShiftLine(words, value, _("somewhat"), "warning")
        if value > WATCH
        else ShiftLine(words, value, _("hardly"), "success")
    )
