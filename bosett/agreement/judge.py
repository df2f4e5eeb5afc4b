"""How an indicator looks facts and limits up, and says what is missing instead of guessing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from bosett.agreement.problem import Case, Fact, Finding, Number, Verdict
from bosett.rules.value import DatedValue
from bosett.terms.errors import NoRuleInForce

FOLDER = "agreement/"


@dataclass
class Judge:
    """Gathers what one indicator has looked at, so that its finding tells all of it."""

    case: Case
    indicator: str
    evidence: list[Fact] = field(default_factory=list)
    limits: list[tuple[str, DatedValue]] = field(default_factory=list)
    figures: list[tuple[str, Number]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def fact(self, what: str, year: int | None = None) -> Fact | None:
        """The newest known; what there is not is remembered as missing."""
        found = self.case.book.newest(what, year or self.case.year, self.case.as_of)
        if found is None:
            self.missing.append(what)
        else:
            self.evidence.append(found)
        return found

    def also(self, what: str) -> None:
        """Tell a fact that decides nothing, where it is known; it is not missing where it is not."""
        found = self.case.book.newest(what, self.case.year, self.case.as_of)
        if found is not None:
            self.evidence.append(found)
            self.figures.append((what, found.value))

    def need(self) -> Fact | None:
        """What the State has said the year needs: the need, or the request where no need is stored."""
        found = self.case.book.newest("need", self.case.year, self.case.as_of)
        if found is None:
            found = self.case.book.newest("request", self.case.year, self.case.as_of)
        if found is None:
            self.missing.append("need")
        else:
            self.evidence.append(found)
        return found

    def limit(self, path: str) -> Number | None:
        """The limit in force on the day; none in force is remembered as missing."""
        try:
            found = self.case.limits.lookup(path, self.case.day)
        except NoRuleInForce:
            self.missing.append(path)
            return None
        self.limits.append((path, found))
        return found.value

    def tell(self, **figures: Number) -> None:
        """Add figures in the order they are told."""
        self.figures += figures.items()

    def cannot_say(self, *missing: str) -> Finding:
        """What is missing stands in the finding, with the figures there are."""
        return self._finding(Verdict.CANNOT_BE_SAID, [*self.missing, *missing])

    def say(self, verdict: Verdict) -> Finding:
        """A verdict; without all it needs it cannot be said."""
        return self.cannot_say() if self.missing else self._finding(verdict, ())

    def _finding(self, verdict: Verdict, missing: Iterable[str]) -> Finding:
        return Finding(
            self.indicator, verdict, self.case.as_of, tuple(self.figures), tuple(dict.fromkeys(missing)),
            tuple(self.limits), tuple(self.evidence),
        )  # fmt: skip


def grade(*, good: bool, bearable: bool) -> Verdict:
    """Kept when good, at risk when bearable, else not kept."""
    if good:
        return Verdict.KEPT
    return Verdict.AT_RISK if bearable else Verdict.NOT_KEPT


def percent(share: Fraction) -> Decimal:
    """A share of 1 as per cent with one decimal: 12,596 of 12,640 is 99.7, and not 100."""
    return Decimal(round(1000 * share)) / 10
