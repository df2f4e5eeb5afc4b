"""Municipality codes since 2011: which were valid on a day, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path

from bosett.registry.municipality import CodeChange, Unit
from bosett.registry.tables import read_rows
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.municipality import MunicipalityCode, municipality_code

COLUMNS = ("from_id", "from_name", "to_id", "to_name", "day")
FIRST_DAY = date(2011, 1, 1)


@dataclass(frozen=True)
class CodeHistory:
    """Today's units and every change since 2011, oldest first."""

    today: tuple[Unit, ...]
    changes: tuple[CodeChange, ...]

    def units(self, on: date) -> tuple[Unit, ...]:
        """The municipalities valid on a day, in order of code.

        Raises
        ------
        NoRuleInForce
            For a day before 2011.
        """
        if on < FIRST_DAY:
            raise NoRuleInForce("registry/code_changes", on.isoformat(), "codes are stored from 2011")
        valid = {unit.code: unit for unit in self.today}
        for _, changes in self._backwards(on):
            for change in changes:
                valid.pop(change.new.code, None)
            for change in changes:
                valid[change.old.code] = change.old
        return tuple(valid[code] for code in sorted(valid))

    def successors(self, code: str, on: date) -> tuple[MunicipalityCode, ...]:
        """Today's codes of the area that had `code` on a day, in order; more than one when split.

        Raises
        ------
        BadInput
            If no municipality had that code on that day.
        """
        start = municipality_code(code)
        if start not in self._codes_on(on):
            raise BadInput(repr(code), f"a municipality code valid on {on}")
        known = self._followed.setdefault(self._since(on), {})
        if start not in known:
            found = {start}
            for change_day, became in self._became:
                if change_day > on:
                    found = {new for old in found for new in became.get(old, (old,))}
            known[start] = tuple(sorted(found))
        return known[start]

    def translate(self, code: str, from_day: date) -> MunicipalityCode:
        """Today's code of the area that had `code` on a day.

        Raises
        ------
        BadInput
            If the code was not valid then, or the municipality was split since: which part a
            figure belongs to needs a rule, and the biggest part is never picked silently.
        """
        found = self.successors(code, from_day)
        if len(found) > 1:
            parts = " and ".join(found)
            raise BadInput(
                f"{code}, split since {from_day} into {parts}", "a code of today, or a rule for the split"
            )
        return found[0]

    def _backwards(self, on: date) -> list[tuple[date, list[CodeChange]]]:
        return [(day, changes) for day, changes in reversed(self._by_day) if day > on]

    def _codes_on(self, on: date) -> frozenset[MunicipalityCode]:
        """The codes valid on a day; between two changes they are worked out once."""
        since = self._since(on)
        if on < FIRST_DAY or since not in self._codes:
            self._codes[since] = frozenset(unit.code for unit in self.units(on))
        return self._codes[since]

    def _since(self, on: date) -> date:
        """The last day of change until then."""
        return max((day for day, _ in self._by_day if day <= on), default=FIRST_DAY)

    @cached_property
    def _followed(self) -> dict[date, dict[MunicipalityCode, tuple[MunicipalityCode, ...]]]:
        """What became of a code, by the change before the day: asked again and again, never another answer."""
        return {}

    @cached_property
    def _by_day(self) -> list[tuple[date, list[CodeChange]]]:
        return [(day, list(rows)) for day, rows in groupby(self.changes, key=lambda change: change.day)]

    @cached_property
    def _became(self) -> list[tuple[date, dict[MunicipalityCode, list[MunicipalityCode]]]]:
        """By day: old code -> the codes that it became."""
        found = []
        for day, changes in self._by_day:
            became: dict[MunicipalityCode, list[MunicipalityCode]] = {}
            for change in changes:
                became.setdefault(change.old.code, []).append(change.new.code)
            found.append((day, became))
        return found

    @cached_property
    def _codes(self) -> dict[date, frozenset[MunicipalityCode]]:
        return {}


def read_changes(file: Path) -> tuple[CodeChange, ...]:
    """The changes of code and name, oldest first; BadInput as `read_rows`, or for a wrong day."""
    found = []
    for line, row in enumerate(read_rows(file, COLUMNS), start=2):
        try:
            day = date.fromisoformat(row["day"])
        except ValueError:
            raise BadInput(repr(row["day"]), "a day", str(file), line, "day") from None
        old = Unit(municipality_code(row["from_id"]), row["from_name"])
        new = Unit(municipality_code(row["to_id"]), row["to_name"])
        found.append(CodeChange(old, new, day))
    return tuple(sorted(found, key=lambda change: change.day))
