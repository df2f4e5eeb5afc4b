"""Charts start from zero, name their gaps, break where a value is missing, and carry no inline style."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from bosett.terms.figure import Figure, State
from bosett_server.web.look.charts import (
    Bar,
    BarList,
    Caption,
    Funnel,
    LineChart,
    Series,
    Shift,
    Shifts,
    Stage,
    render,
)
from bosett_server.web.look.charts.funnel import gap, gap_words
from bosett_server.web.look.charts.lines import ceiling, runs

CAPTION = Caption("c1", "The finding & more", "Persons, 10. februar 2026", "IMDi")
AWAITING = Figure.missing(State.AWAITING)


def drawing(html: str) -> ElementTree.Element:
    start, end = html.index('<svg class="chart__svg'), html.rindex("</svg>") + len("</svg>")
    return ElementTree.fromstring(html[start:end])  # noqa: S314 - our own


def bars(values: list[Figure]) -> str:
    chart = BarList(CAPTION, tuple(Bar(f"<{n}>", one) for n, one in enumerate(values)), "Fylke", "Personer")
    with override("nb"):
        return render(chart)


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    svg = drawing(bars([Figure.of(200), Figure.of(50), Figure.of(0)]))
    wide = [one.get("width") for one in svg.iter("rect") if one.get("class") == "chart__bar"]
    assert wide == ["100.000%", "25.000%", "0.000%"]


def test_a_missing_value_has_no_bar_and_is_said_in_words() -> None:
    html = bars([Figure.of(200), AWAITING])
    svg = drawing(html)
    assert len([one for one in svg.iter("rect") if one.get("class") == "chart__bar"]) == 1
    assert "ikke ennå" in [one.text for one in svg.iter("text")]


def test_all_zero_is_drawn_without_a_fault() -> None:
    svg = drawing(bars([Figure.of(0), Figure.of(0)]))
    wide = {one.get("width") for one in svg.iter("rect") if one.get("class") == "chart__bar"}
    assert wide == {"0.000%"}


def test_a_chart_has_its_finding_as_name_its_source_and_the_same_data_as_a_table() -> None:
    html = bars([Figure.of(1200), AWAITING])
    svg = drawing(html)
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "c1-finding c1-measure")
    assert 'id="c1-finding">The finding &amp; more<' in html
    assert "Kilde: IMDi" in html
    assert html.count('<th scope="row">') == 2
    assert "&lt;0&gt;" in html
    assert "style=" not in html


def test_modelled_bars_are_hatched_and_marked_in_the_table() -> None:
    chart = BarList(CAPTION, (Bar("a", Figure.of(3), modelled=True),), "Fylke", "Personer")
    with override("nb"):
        html = render(chart)
    assert 'fill="url(#c1-hatch)"' in html
    assert "<td>Modellert</td>" in html


def test_every_gap_of_the_funnel_is_named_with_its_size() -> None:
    asked, voted = (
        Stage("Anmodet", Figure.of(13000)),
        Stage("Vedtatt", Figure.of(11240), "ikke vedtatt", "for mye"),
    )
    with override("nb"):
        assert gap_words(asked, voted) == "1\u202f760 ikke vedtatt"
        assert gap_words(voted, Stage("x", Figure.of(11300), "mangler", "flere")) == "60 flere"
        assert gap_words(voted, Stage("x", Figure.of(11240), "mangler", "flere")) == "Ikke noe gap"


def test_a_gap_against_a_missing_number_is_not_computed() -> None:
    before, after = Stage("a", Figure.of(10)), Stage("b", AWAITING, "mangler")
    assert gap(before, after) is None
    with override("nb"):
        assert "et tall mangler" in gap_words(before, after)
        assert "et tall mangler" in render(Funnel(CAPTION, (before, after), "Personer"))


def test_the_hatched_gap_reaches_from_this_bar_to_the_end_of_the_one_before() -> None:
    stages = (Stage("a", Figure.of(100)), Stage("b", Figure.of(60), "x"), Stage("c", Figure.of(15), "y"))
    svg = drawing(render(Funnel(CAPTION, stages, "Personer")))
    gaps = [(one.get("x"), one.get("width")) for one in svg.iter("rect") if one.get("class") == "chart__gap"]
    assert gaps == [("60.000%", "40.000%"), ("15.000%", "45.000%")]


def test_a_missing_value_breaks_the_line() -> None:
    points = (Figure.of(1), Figure.of(2), AWAITING, Figure.of(4))
    assert runs(points) == [[(0, 1), (1, 2)], [(3, 4)]]


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (4, 4), (5, 5), (37700, 40000), (100, 100), (101, 200), (999, 1000)]
)
def test_the_axis_ends_at_a_round_number_not_below_the_highest(highest: int, top: int) -> None:
    assert ceiling(highest) == top


def test_lines_start_from_zero_and_every_name_has_its_own_height() -> None:
    same = tuple(Figure.of(5) for _ in range(3))
    series = tuple(Series(name, same) for name in ("A", "B", "C"))
    svg = drawing(render(LineChart(CAPTION, ("1", "2", "3"), series, "År")))
    names = [one for one in svg.iter("text") if "chart__text--name " in (one.get("class") or "")]
    heights = [float((one.get("y") or "").removesuffix("rem")) for one in names]
    assert len(names) == 3
    assert min(b - a for a, b in pairwise(heights)) >= 1.1
    assert any(one.get("class") == "chart__axis" for one in svg.iter("line"))


def test_a_line_with_a_point_too_few_or_a_name_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="one point for each"):
        LineChart(CAPTION, ("1", "2"), (Series("A", (Figure.of(1),)),), "År")
    with pytest.raises(ValueError, match="longer"):
        LineChart(CAPTION, ("1", "2"), (Series("A" * 17, (Figure.of(1), Figure.of(2))),), "År")
    with pytest.raises(ValueError, match="two points"):
        LineChart(CAPTION, ("1",), (), "År")


def test_a_difference_lies_to_its_own_side_of_the_middle_on_one_scale() -> None:
    places = (Shift("Nordland", 4, 12), Shift("Oslo", 10, 6), Shift("Troms", 3, 3))
    with override("nb"):
        html = render(Shifts(CAPTION, places, "Fylke", "Run 1", "Run 2"))
    shown = [one for one in drawing(html).iter("rect") if "chart__bar" in str(one.get("class"))]
    # +8 is the largest: half of the drawing, from the middle to the right; -4 is half of that, to the left.
    assert [(one.get("x"), one.get("width")) for one in shown] == [
        ("50.000%", "50.000%"), ("25.000%", "25.000%"), ("50.000%", "0.000%"),
    ]  # fmt: skip
    words = [one.text for one in drawing(html).iter("text")]
    assert words == ["Nordland", "+8 (4 → 12)", "Oslo", "\u22124 (10 → 6)", "Troms", "0 (3 → 3)"]
