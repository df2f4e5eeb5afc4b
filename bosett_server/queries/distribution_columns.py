"""The indicators that criteria can be made of: the public figures, the centres here, and what somebody brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import F, Q, Sum

from bosett.distribution import MunicipalityInput
from bosett.distribution.column_names import COLUMN_NAMES
from bosett.registry import Registry
from bosett.sources.criteria_columns import Scale, public_columns
from bosett.terms.label import Label
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.queries.pressure import spared_now
from bosett_server.records.models import CentrePlaces, Indicator

OWN = "own-"


@dataclass(frozen=True, eq=False)
class Column:
    """One indicator as the workshop shows it.

    Parameters
    ----------
    label
        In three languages, or the name that somebody gave it.
    brought
        True for figures that a user has brought; `own` tells whether that is the reader.
    """

    key: str
    label: Label | str
    scale: Scale
    source: str
    year: int | None
    brought: bool
    own: bool
    shared: bool
    values: Mapping[str, Fraction] = field(repr=False)

    @property
    def number(self) -> int:
        """The stored number of what somebody brought; 0 for public figures."""
        return int(self.key.removeprefix(OWN)) if self.brought else 0

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.label if isinstance(self.label, str) else self.label.in_language(language)


class WhenUsed(Mapping[str, Fraction]):
    """Figures by municipality that are worked out once, when somebody uses them: most redraws of a page do not."""

    def __init__(self, read: Callable[[], Mapping[str, Fraction]]) -> None:
        self._read = read

    @cached_property
    def _figures(self) -> Mapping[str, Fraction]:
        return self._read()

    def __getitem__(self, code: str) -> Fraction:
        return self._figures[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


def columns(actor: Actor, year: int, today: date) -> tuple[Column, ...]:
    """Every indicator in sight for a round of the year; as many queries whatever their number."""
    public = [
        Column(one.key, one.label, one.scale, one.source, one.year, False, False, True, one.values)
        for one in public_columns(year)
    ]
    return (*public, _centre_places(today), _pressed(today), *_brought(actor))


def read_ahead() -> None:
    """The public indicators of this year's and the next year's round are in memory: no request waits for them."""
    for year in (clock.today().year, clock.today().year + 1):
        public_columns(year)


def members(found: Iterable[Column], needed: Iterable[str]) -> tuple[MunicipalityInput, ...]:
    """The municipalities with the needed indicators; what is missing is left out."""
    wanted = set(needed)
    used = [one for one in found if one.key in wanted]
    return tuple(
        MunicipalityInput(
            str(one.code), one.name, one.county_code,
            {column.key: column.values[one.code] for column in used if one.code in column.values},
        )
        for one in Registry.shipped().all_municipalities
    )  # fmt: skip


def _centre_places(today: date) -> Column:
    """Places in announced centres on the day; one without a centre has 0, and that is known."""
    rows = (
        CentrePlaces.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today, centre__announced_on__lte=today
        )
        .values(code=F("centre__municipality_id"))
        .annotate(places=Sum("count"))
    )  # fmt: skip
    values = dict.fromkeys([str(one.code) for one in Registry.shipped().all_municipalities], Fraction(0))
    values |= {row["code"]: Fraction(row["places"]) for row in rows if row["code"] in values}
    label = COLUMN_NAMES["centre_places"]
    return Column("centre_places", label, Scale.SIZE, "Bosett", today.year, False, False, True, values)


def _pressed(today: date) -> Column:
    """How far each one's certain pressure lies beyond the threshold; who has not answered is not spared: 0."""

    def read() -> Mapping[str, Fraction]:
        nobody = dict.fromkeys([str(one.code) for one in Registry.shipped().all_municipalities], Fraction(0))
        return nobody | {code: part for code, part in spared_now(today).items() if code in nobody}

    label = COLUMN_NAMES["pressed"]
    return Column("pressed", label, Scale.RATE, "Bosett", today.year, False, False, True, WhenUsed(read))


def _brought(actor: Actor) -> list[Column]:
    return [
        Column(
            key=f"{OWN}{row.pk}",
            label=row.name,
            scale=Scale.SIZE,
            source=row.source,
            year=None,
            brought=True,
            own=row.owner_id == actor.user_id,
            shared=row.shared_at is not None,
            values={code: Fraction(value) for code, value in row.values.items()},
        )
        for row in Indicator.objects.order_by("name", "id")
    ]
