"""What criteria give, as the page shows it: numbers, reasons in words, the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bosett.distribution.insight import YearChange
from bosett.outputs.distribution_words import explain_in_words
from bosett.registry import Registry
from bosett.terms.figure import Figure
from bosett.terms.label import Label
from bosett_server.queries.distribution_trial import Trial
from bosett_server.web.distribution.wording import column_labels, column_name
from bosett_server.web.look.charts import Caption
from bosett_server.web.look.hexmap import HexMap, HexValue, places
from bosett_server.web.look.lists import AT_ONCE

MOST_CHANGES = 8
TELLING_PULL = 0.3
"""A correlation nearer 0 than this says too little to be told."""
LEAST_TOLD = 0.05
RULES = gettext_lazy("floors, caps, hand and rounding")
OTHER_FORMULA = gettext_lazy("floors, caps, hand, rounding, and another formula before")


@dataclass(frozen=True)
class CriterionRow:
    """One criterion: its weight, what it gives, and how far it is population in disguise."""

    name: str
    weight: float | None
    persons: float
    explained: float | None
    moved: float | None
    gains: tuple[tuple[str, float], ...]
    loses: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ChangeRow:
    """One municipality beside the year before, and why in parts that sum."""

    code: str
    name: str
    before: int
    now: int
    parts: tuple[tuple[str, float], ...]

    @property
    def change(self) -> int:
        """Persons more; negative for fewer."""
        return self.now - self.before


def shown_result(found: Trial, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the result's part of the page."""
    names = {str(one.code): one.name for one in Registry.shipped().all_municipalities}
    rows = _rows(found, names)
    shown = rows if query.get("all") else rows[:AT_ONCE]
    code = query.get("explain", "")
    county = found.counties.unequal if found.counties else None
    return {
        "trial": found,
        "asked_of": sum(1 for persons in found.asked.values() if persons),
        "criteria": _criteria(found, names),
        "against": [
            (column_name(found, one.first), column_name(found, one.second), one.correlation)
            for one in sorted(found.pulls, key=lambda one: one.correlation)
            if one.correlation < -TELLING_PULL
        ],
        **_largest_changes(found, names),
        "more_count": sum(1 for one in found.changes if one.now > one.before),
        "fewer_count": sum(1 for one in found.changes if one.now < one.before),
        "map": asked_map(found, "workshop-map", _("Asked for, persons for each 10,000 inhabitants")),
        "explained": (code, names[code], _explained(found, code)) if code in names else None,
        "unequal": [(names[step.identifier], float(step.factor or 0)) for step in county] if county else [],
        "rows": shown,
        "row_count": len(rows),
        "all_names": sorted(names.items(), key=lambda one: one[1]),
    }  # fmt: skip


def asked_map(found: Trial, ident: str, measure: str, bounds: tuple[int, ...] = ()) -> HexMap:
    """Each municipality's number for each 10,000 inhabitants."""
    cells = places()
    values = tuple(
        HexValue(share.identifier, share.name, Figure.of(_per_10_000(found, share.identifier)))
        for share in found.direct.shares
        if share.identifier in cells
    )
    highest = max(values, key=lambda one: one.figure.value or 0)
    finding = _("%(name)s is asked for most for its size") % {"name": highest.name}
    caption = Caption(
        ident, finding, measure, _("Computed here from the criteria; nothing is sent"), modelled=True
    )
    return HexMap(caption, values, _("Municipality"), _("Persons for each 10,000"), bounds)


def per_10_000(found: Trial) -> list[int]:
    """The map's values, for classes that two maps share."""
    return [_per_10_000(found, share.identifier) for share in found.direct.shares]


def _per_10_000(found: Trial, code: str) -> int:
    people = found.population.get(code) or Fraction(1)
    return round(10_000 * found.asked[code] / people)


def _criteria(found: Trial, names: Mapping[str, str]) -> list[CriterionRow]:
    weights = {one.column: one.weight for one in found.settings.weights}
    effects = {one.column: one for one in found.effects}
    given: dict[str, Fraction] = {}
    for share in found.direct.shares:
        for column, persons in share.contributions:
            given[column] = given.get(column, Fraction(0)) + persons
    rows = []
    for one in found.disguise:
        effect = effects.get(one.column)
        moved = [(names[code], float(persons)) for code, persons in effect.changes] if effect else []
        rows.append(
            CriterionRow(
                name=column_name(found, one.column),
                weight=100 * float(weights[one.column]) if one.column in weights else None,
                persons=float(given[one.column]),
                explained=None if one.explained is None else 100 * one.explained,
                moved=float(effect.moved_persons) if effect else None,
                gains=tuple(pair for pair in moved if pair[1] > 0)[:2],
                loses=tuple((name, -persons) for name, persons in moved if persons < 0)[:2],
            )
        )
    return rows


def _largest_changes(found: Trial, names: Mapping[str, str]) -> dict[str, Any]:
    """The largest rises and falls as rows with one cell for each part, in the order that the parts are told."""
    listed = [one for one in found.changes[:MOST_CHANGES] if one.now > one.before]
    listed += [one for one in reversed(found.changes[-MOST_CHANGES:]) if one.now < one.before]
    rows = [_change(found, one, names) for one in listed]
    labels = list(dict.fromkeys(label for row in rows for label, _persons in row.parts))
    labels.sort(key=lambda label: label == str(OTHER_FORMULA))
    return {
        "change_labels": labels,
        "change_rows": [(row, [dict(row.parts).get(label) for label in labels]) for row in rows],
    }


def _change(found: Trial, one: YearChange, names: Mapping[str, str]) -> ChangeRow:
    return _change_row(found, one, names, (one.before, found.asked[one.identifier]), OTHER_FORMULA)


def change_rows(
    first: Trial, second: Trial, changes: Iterable[YearChange], names: Mapping[str, str]
) -> list[ChangeRow]:
    """What two trials ask of each municipality, and why they differ."""
    return [
        _change_row(second, one, names, (first.asked[one.identifier], second.asked[one.identifier]), RULES)
        for one in changes
    ]


def _change_row(
    found: Trial, one: YearChange, names: Mapping[str, str], asked: tuple[int, int], rest: Any
) -> ChangeRow:
    before, now = asked
    parts = [(_("the need"), float(one.need))]
    parts += [(column_name(found, column), float(persons)) for column, persons in one.criteria]
    parts.append((str(rest), float(one.rules) + (now - before) - (one.now - one.before)))
    kept = [(label, persons) for label, persons in parts if abs(persons) >= LEAST_TOLD]
    return ChangeRow(one.identifier, names[one.identifier], before, now, tuple(kept))


def _rows(found: Trial, names: Mapping[str, str]) -> list[dict[str, Any]]:
    before = found.before.asked if found.before else {}
    return [
        {
            "code": share.identifier, "name": names[share.identifier], "asked": found.asked[share.identifier],
            "exact": float(share.exact_share), "before": before.get(share.identifier),
            "people": int(found.population.get(share.identifier, 0)), "bound": share.bound.value,
            "minors": sum(persons for _group, persons in share.groups),
        }
        for share in sorted(found.direct.shares, key=lambda one: (-found.asked[one.identifier], one.identifier))
    ]  # fmt: skip


def _explained(found: Trial, code: str) -> tuple[str, ...]:
    language = get_language() or "nb"
    form = language if language in ("nn", "en") else "nb"
    labels: dict[str, Label] = column_labels(found)
    return explain_in_words(found.direct, code, form, labels)
