"""The room's pictures: where the proposals go, what a floor costs, and what two runs give each county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.registry import Registry
from bosett.statistics.hexagons import shipped_layout
from bosett.terms.figure import Figure, State
from bosett_server.queries.placement import MapCount, RunRow
from bosett_server.queries.placement_compare import Comparison
from bosett_server.queries.placement_runs import RunKept
from bosett_server.web.look.charts import Caption, LineChart, Series, Shift, Shifts
from bosett_server.web.look.dates import date_words
from bosett_server.web.look.hexmap import HexMap, HexValue, class_bounds
from bosett_server.web.look.numbers import number, percent

THOUSAND = 1000


def proposal_map(run: RunRow, counts: tuple[MapCount, ...], names: dict[str, str], query: str) -> HexMap:
    """Persons proposed to each municipality; hatched where there is no vedtak."""
    told = {one.municipality: one for one in counts}
    awaited = set(run.summary.get("closed", {}).get("no_vedtak_in_force", ()))
    values = tuple(
        HexValue(code, names[code], _proposed(code, told, awaited), f"/proposals/?show=all&municipality={code}{query}")
        for code in shipped_layout()
        if code in names
    )  # fmt: skip
    reached = sum(one.persons > 0 for one in counts)
    caption = Caption(
        "proposal-map",
        ngettext("%(n)s municipality has proposals", "%(n)s municipalities have proposals", reached)
        % {"n": number(reached)},
        _("Persons proposed, run of %(day)s") % {"day": date_words(run.finished_at)} if run.finished_at
        else _("Persons proposed"),
        _("This service: open proposals. Without persons with a protected address."),
    )  # fmt: skip
    bounds = (0, *class_bounds([one.persons for one in counts], 4))
    return HexMap(caption, values, _("Municipality"), _("Persons"), bounds=bounds)


def fit_map(points: Mapping[str, float], names: Mapping[str, str], link: str) -> HexMap:
    """What one household scores in each municipality that could take it; 0 where none could.

    `link` is the address of a choice without its municipality; empty = no links.
    """
    best = sum(one == max(points.values()) for one in points.values())
    finding = (
        ngettext("%(n)s municipality could take it", "%(n)s municipalities could take it, each as good", best)
        if best == len(points)
        else _("%(n)s municipalities could take it; it fits best in %(best)s of them")
    )
    caption = Caption(
        "fit-map",
        finding % {"n": number(len(points)), "best": number(best)},
        _("Points for the household; 0 = no room, or a rule against it"),
        _("This service: places left now, needs, ties and wishes"),
    )  # fmt: skip
    whole = {code: round(told) for code, told in points.items()}
    linked = {code: f"{link}{code}" for code in whole} if link else {}
    values = tuple(
        HexValue(code, names[code], Figure.of(whole.get(code, 0)), linked.get(code, ""))
        for code in shipped_layout()
        if code in names
    )
    bounds = (0, *class_bounds(list(whole.values()), 4))
    return HexMap(caption, values, _("Municipality"), _("Points"), bounds=tuple(dict.fromkeys(bounds)))


def curve_chart(run: RunKept) -> LineChart:
    """The score that is left at each floor, per thousand of the score without one."""
    points = [one for one in run.curve if one["price"] is not None]
    best = max((one["worst_share"] for one in points), default=0.0)
    cost = max((one["price"] for one in points), default=0.0)
    caption = Caption(
        "fairness-curve",
        _("The worst placed group can reach %(best)s of its best; that costs %(cost)s of all points")
        % {"best": percent(best), "cost": percent(cost)},
        _("Points left for all together, per thousand, by the floor under the worst group"),
        _("This run, computed by the same program as its answer"),
        modelled=True,
    )
    kept = tuple(
        Figure.missing(State.UNKNOWN) if one["price"] is None else Figure.of(round(THOUSAND * (1 - one["price"])))
        for one in run.curve
    )  # fmt: skip
    floors = tuple(percent(one["floor"]) for one in run.curve)
    return LineChart(caption, floors, (Series(_("Points left"), kept, modelled=True),), _("Floor"))


def county_shifts(told: Comparison) -> Shifts | None:
    """Persons proposed to each county that the two runs do not give as many; None where there is none."""
    before, after = Counter[str](), Counter[str]()
    for one in told.persons:
        before[one.municipality[:2]] += one.before
        after[one.municipality[:2]] += one.after
    registry = Registry.shipped()
    shifts = [Shift(registry.county(code).name, before[code], after[code]) for code in sorted(before | after)]
    changed = sorted((one for one in shifts if one.size), key=lambda one: -abs(one.size))
    if not changed:
        return None
    caption = Caption(
        "county-shifts",
        _shift_words(changed, told.second.id),
        _("Persons proposed to each county: the difference, and in brackets run %(first)s → run %(second)s")
        % {"first": told.first.id, "second": told.second.id},
        _("This service: the proposals of the two runs. Without persons with a protected address."),
    )
    heads = (_("Run %(number)s") % {"number": one.id} for one in (told.first, told.second))
    return Shifts(caption, tuple(changed), _("County"), *heads)


def _shift_words(changed: list[Shift], run: int) -> str:
    """The largest rise and the largest fall, named."""
    most, least = max(changed, key=lambda one: one.size), min(changed, key=lambda one: one.size)
    words = {
        "run": run,
        "up": most.label,
        "more": number(most.size),
        "down": least.label,
        "fewer": number(-least.size),
    }
    if least.size >= 0:
        return (
            _("Run %(run)s proposes more persons to every county that differs: %(more)s more to %(up)s")
            % words
        )
    if most.size <= 0:
        return (
            _("Run %(run)s proposes fewer persons to every county that differs: %(fewer)s fewer to %(down)s")
            % words
        )
    return _("Run %(run)s proposes %(more)s persons more to %(up)s and %(fewer)s fewer to %(down)s") % words


def _proposed(code: str, told: dict[str, MapCount], awaited: set[str]) -> Figure:
    if code in told:
        return Figure.of(told[code].persons)
    return Figure.missing(State.AWAITING) if code in awaited else Figure.of(0)
