"""All published figures as the public sees them: read and protected once for each version of what stands.

Every page, file and call of open statistics takes its numbers from here, and one query tells whether they still
hold; reading anew takes seconds, once a process, after an import.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bosett.sources.disagreements import disagreements_among
from bosett.sources.imported import Defect
from bosett.sources.known_defects import known_defects
from bosett.statistics.hiding import hidden_cells
from bosett.statistics.measures import MEASURES
from bosett.statistics.public import SHAPES, Cell, is_shown_shape, shown
from bosett.statistics.todays_places import Sum, TodayFigure, add_up, by_county, on_todays_borders
from bosett.terms.observation import COUNTRY, Breakdown, Key, Observation
from bosett_server.access.actor import Actor
from bosett_server.queries.figures import (
    NO_FIGURES,
    FigureRow,
    SourceOfFigures,
    Version,
    data_version,
    every_figure,
    figure_sources,
)
from bosett_server.queries.known import Known

SECOND_TELLING = "settlement_other"
"""The data set of what another source tells too: shown in the files, never added."""
KEPT = 3
"""Versions kept in memory: today's, and earlier days that were asked for."""
Name = tuple[str, Breakdown]
KEPT_BACK_DIMENSIONS = tuple(
    sorted(
        {dimension for one in MEASURES.values() for dimension in one.dimensions}
        - {dimension for shapes in SHAPES.values() for shape in shapes for dimension in shape}
    )
)
"""Dimensions by which nothing is shown: such figures are not even read."""
_held: OrderedDict[Version, PublicFigures] = OrderedDict()
_reading: dict[Version, threading.Lock] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class PublicFigures:
    """What the public sees of one version of the figures; `step` 0 when nothing was imported by then.

    Parameters
    ----------
    rows
        In order of measure, year and place, protected.
    hidden
        The cells that are hidden, whoever hid them first.
    """

    version: Version
    rows: tuple[FigureRow, ...]
    hidden: frozenset[Cell]
    sources: Mapping[tuple[int, str], SourceOfFigures]
    _municipal: dict[Name, Mapping[str, Mapping[int, TodayFigure]]] = field(default_factory=dict)
    _counties: dict[Name, Mapping[str, Mapping[int, Sum]]] = field(default_factory=dict)
    _country: dict[Name, Mapping[int, Sum]] = field(default_factory=dict)

    @property
    def step(self) -> int:
        """The newest step among them."""
        return self.version[0]

    @cached_property
    def by_name(self) -> Mapping[Name, tuple[FigureRow, ...]]:
        """Measure and breakdown -> its rows."""
        found: dict[Name, list[FigureRow]] = defaultdict(list)
        for row in self.rows:
            found[row.observation.measure_id, row.observation.breakdown].append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def ids(self) -> Mapping[Key, int]:
        """Key of a figure -> the id of its version that stands."""
        return {row.observation.key: row.id for row in self.rows}

    @cached_property
    def by_id(self) -> Mapping[int, FigureRow]:
        """Id -> the figure, protected; in order of id."""
        return {row.id: row for row in sorted(self.rows, key=lambda row: row.id)}

    @cached_property
    def by_data_set(self) -> Mapping[str, tuple[FigureRow, ...]]:
        """Data set -> its rows."""
        found: dict[str, list[FigureRow]] = defaultdict(list)
        for row in self.rows:
            found[row.observation.dataset_id].append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def by_place(self) -> Mapping[str, tuple[FigureRow, ...]]:
        """Code as published, or of today's municipality -> its rows in order of id."""
        found: dict[str, list[FigureRow]] = defaultdict(list)
        for row in self.by_id.values():
            for code in {row.observation.place, row.municipality} - {""}:
                found[code].append(row)
        return {code: tuple(rows) for code, rows in found.items()}

    @cached_property
    def disagreements(self) -> tuple[Defect, ...]:
        """Shown figures that contradict each other, and defects of pages that the tables no longer show.

        That hidden cells would have to hold more than small numbers is left out: here not only small ones are hidden.
        """
        found = disagreements_among([row.observation for row in self.rows])
        return (*(one for one in found if one.code != "hidden_hold_more"), *known_defects())

    def source(self, row: FigureRow) -> SourceOfFigures:
        """Where a figure is from."""
        return self.sources[row.origin, row.observation.source_id]

    def _yearly(self, name: Name) -> list[Observation]:
        """One figure a year and place: of a year with months, the last month there is."""
        rows = [
            row.observation
            for row in self.by_name.get(name, ())
            if row.observation.dataset_id != SECOND_TELLING
        ]
        last: dict[int, tuple[int, int]] = {}
        for one in rows:
            moment = (one.quarter or 0, one.month or 0)
            last[one.year] = max(last.get(one.year, (0, 0)), moment)
        return [one for one in rows if (one.quarter or 0, one.month or 0) == last[one.year]]

    def municipal(self, measure: str, breakdown: Breakdown = ()) -> Mapping[str, Mapping[int, TodayFigure]]:
        """Today's municipality -> year -> figure."""
        name = (measure, breakdown)
        if name not in self._municipal:
            self._municipal[name] = on_todays_borders(self._yearly(name))
        return self._municipal[name]

    def counties(self, measure: str, breakdown: Breakdown = ()) -> Mapping[str, Mapping[int, Sum]]:
        """Today's county -> year -> the sum of what is shown of its municipalities."""
        name = (measure, breakdown)
        if name not in self._counties:
            self._counties[name] = by_county(self._yearly(name))
        return self._counties[name]

    def country(self, measure: str, breakdown: Breakdown = ()) -> Mapping[int, Sum]:
        """Year -> the sum of what is shown of the municipalities."""
        name = (measure, breakdown)
        if name not in self._country:
            self._country[name] = _sums(self._yearly(name))
        return self._country[name]

    def stated(self, measure: str, breakdown: Breakdown = ()) -> Mapping[int, tuple[FigureRow, ...]]:
        """Year -> what sources state for the whole country."""
        return self._stated.get((measure, breakdown), {})

    @cached_property
    def _stated(self) -> Mapping[Name, Mapping[int, tuple[FigureRow, ...]]]:
        found: dict[Name, dict[int, tuple[FigureRow, ...]]] = defaultdict(dict)
        for name, rows in self.by_name.items():
            for row in rows:
                one = row.observation
                if one.place == COUNTRY:
                    found[name][one.year] = (*found[name].get(one.year, ()), row)
        return found

    def years(self, measure: str, breakdown: Breakdown = ()) -> list[int]:
        """The years with a figure of some municipality, newest first."""
        return sorted(self.country(measure, breakdown), reverse=True)


def public_figures(actor: Actor, known: Known | None = None) -> PublicFigures:
    """What stood at the end of the day (now without one), protected; one query when it is known already.

    Never an older version: whoever asks after an import, and before it is read, waits for it.
    """
    version = data_version(actor, known)
    with _lock:
        reading = _reading.setdefault(version, threading.Lock())
    with reading:
        if version not in _held:
            figures = _read(actor, version, known)
            with _lock:
                _held[version] = figures
    with _lock:
        found = _held[version]
        _held.move_to_end(version)
        while len(_held) > KEPT:
            old, _figures = _held.popitem(last=False)
            _reading.pop(old, None)
    return found


def _read(actor: Actor, version: Version, known: Known | None) -> PublicFigures:
    if version == NO_FIGURES:
        return PublicFigures(NO_FIGURES, (), frozenset(), {})
    found = [
        row for row in every_figure(actor, KEPT_BACK_DIMENSIONS, known) if is_shown_shape(row.observation)
    ]
    hidden = hidden_cells([row.observation for row in found])
    measures = {cell.measure for cell in hidden}
    rows = tuple(_protected(row, hidden) if row.observation.measure_id in measures else row for row in found)
    return PublicFigures(version, rows, hidden, figure_sources(actor, {row.origin for row in rows}))


def _protected(row: FigureRow, hidden: frozenset[Cell]) -> FigureRow:
    told = shown(row.observation, hidden)
    return row if told is row.observation else replace(row, observation=told)


def _sums(rows: list[Observation]) -> dict[int, Sum]:
    held: dict[int, list[Observation]] = defaultdict(list)
    for row in rows:
        if len(row.place) == 4:
            held[row.year].append(row)
    return {year: add_up(here) for year, here in held.items()}
