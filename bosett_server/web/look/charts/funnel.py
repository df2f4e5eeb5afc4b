"""Asked, voted, agreed, settled: one bar each from zero, and every gap with its name and size."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, bar, framed, joined, svg, text
from bosett_server.web.look.figures import figure_text
from bosett_server.web.look.numbers import number

STAGE_REM = 3.0
GAP_REM = 1.5


@dataclass(frozen=True)
class Stage:
    """A stage; `short` names what is missing from the stage before, `over` what goes beyond it."""

    label: str
    figure: Figure
    short: str = ""
    over: str = ""
    modelled: bool = False


@dataclass(frozen=True)
class Funnel:
    """Stages in order; `unit` heads the column of numbers."""

    caption: Caption
    stages: tuple[Stage, ...]
    unit: str


def gap(before: Stage, after: Stage) -> int | None:
    """How many fewer than in the stage before; negative when more; None when one is not a number."""
    if before.figure.value is None or after.figure.value is None:
        return None
    return before.figure.value - after.figure.value


def gap_words(before: Stage, after: Stage) -> str:
    """The gap named: `1 250 not answered`, `40 more than voted`; why not, when it can't be told."""
    size = gap(before, after)
    if size is None:
        return gettext("The gap cannot be told: a number is missing")
    if size == 0:
        return gettext("No gap")
    return f"{number(abs(size))} {after.short if size > 0 else after.over}"


def render(chart: Funnel) -> SafeString:
    """The funnel as HTML."""
    longest = max((stage.figure.value or 0 for stage in chart.stages), default=0)
    drawn: list[SafeString] = []
    for index, stage in enumerate(chart.stages):
        before = chart.stages[index - 1] if index else None
        drawn.append(_stage(chart, stage, before, index * (STAGE_REM + GAP_REM), longest))
    height = len(chart.stages) * (STAGE_REM + GAP_REM) - GAP_REM + 0.25
    headings = (gettext("Stage"), chart.unit, gettext("Gap from the stage before"))
    return framed(chart.caption, svg(chart.caption, height, joined(drawn)), headings, _rows(chart))


def _rows(chart: Funnel) -> list[tuple[object, ...]]:
    pairs = zip((None, *chart.stages), chart.stages, strict=False)
    return [
        (stage.label, stage.figure, gap_words(before, stage) if before else "") for before, stage in pairs
    ]


def _stage(chart: Funnel, stage: Stage, before: Stage | None, top: float, longest: int) -> SafeString:
    value = stage.figure.value
    wide = 100 * value / longest if value is not None and longest else 0
    hatch = f"url(#{chart.caption.ident}-hatch)"
    parts = [
        text("0", top + 1.1, stage.label, "chart__text--strong"),
        text("100%", top + 1.1, figure_text(stage.figure), "chart__text--value", anchor="end"),
        _gap_line(before, stage, top),
    ]
    if value is None:
        return joined([*parts, bar(0, 100, top + 1.5, 1.25, "chart__absent")])
    if before is not None and (missing := gap(before, stage)) is not None and missing > 0:
        parts.append(bar(wide, 100 * missing / longest, top + 1.5, 1.25, "chart__gap", hatch))
    classes, fill = ("chart__modelled", hatch) if stage.modelled else ("chart__bar", "")
    return joined([*parts, bar(0, wide, top + 1.5, 1.25, classes, fill)])


def _gap_line(before: Stage | None, stage: Stage, top: float) -> SafeString:
    if before is None:
        return joined([])
    return text("0", top - 0.55, f"↳ {gap_words(before, stage)}", "chart__text--gap")
