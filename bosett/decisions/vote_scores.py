"""How good expected answers were: rolling origins, beside plain rules that anyone can follow.

Every year is scored with what was known before it.  The loss is the pinball loss in persons, meaned
over the levels and over the municipalities that were asked and whose vote is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from bosett.decisions.expected import LEVELS, ExpectedVotes, expected_votes, weighted_quantiles
from bosett.decisions.likeness import Floats
from bosett.decisions.vote_history import PastAnswer

Rule = Callable[[Sequence[PastAnswer], Mapping[str, int], int], Floats]


@dataclass(frozen=True)
class RuleScore:
    """One rule in one year.

    Parameters
    ----------
    loss_persons
        Mean pinball loss.
    coverage90
        Share of the municipalities whose vote lay from p05 to p95, ends included.
    national_error
        (Sum of the medians - sum voted) / sum voted.
    """

    rule: str
    year: int
    municipalities: int
    loss_persons: float
    coverage90: float
    national_error: float


@dataclass(frozen=True)
class NationalScore:
    """The sum of the votes of a year against its own distribution, in persons."""

    year: int
    asked: int
    voted: int
    p05: float
    p50: float
    p95: float

    @property
    def inside(self) -> bool:
        """Whether the sum lay from p05 to p95."""
        return self.p05 <= self.voted <= self.p95


def score_years(
    history: Sequence[PastAnswer], years: Sequence[int], lifted: Mapping[int, Fraction] | None = None
) -> tuple[tuple[RuleScore, ...], tuple[NationalScore, ...]]:
    """Score `bosett` and every baseline in each year that has votes, fitted on earlier years only.

    Parameters
    ----------
    lifted
        Year -> what every stored request of it is multiplied by before it is foretold: for a year whose
        request was cut after the answers, when no municipality's own first number is stored.
    """
    scores: list[RuleScore] = []
    national: list[NationalScore] = []
    for year in years:
        asked, voted = asked_and_voted(history, year, (lifted or {}).get(year, Fraction(1)))
        if not asked:
            continue
        expected = expected_votes(history, asked, year)
        scores += [_score(name, year, rule(history, asked, year), voted) for name, rule in BASELINES.items()]
        scores.append(_score("bosett", year, _quantiles(expected), voted))
        national.append(_national(expected, asked, voted))
    return tuple(scores), tuple(national)


def asked_and_voted(
    history: Sequence[PastAnswer], year: int, lift: Fraction = Fraction(1)
) -> tuple[dict[str, int], Floats]:
    """The requests of a year in order of code, and the votes in the same order; both empty when there are none."""
    known = {one.municipality: one for one in history if one.year == year and one.share is not None}
    known = known or {one.municipality: one for one in history if one.year == year and _as_stored(one)}
    asked = {
        code: round((one.answered_request or one.asked or 0) * lift) for code, one in sorted(known.items())
    }
    return asked, np.array([known[code].voted or 0 for code in asked], dtype=np.float64)


def _as_stored(one: PastAnswer) -> bool:
    """A year whose answered request is not stored is scored against the request that is."""
    return bool(one.asked) and one.voted is not None


def pinball(quantiles: Floats, voted: Floats) -> Floats:
    """The pinball loss for each row and level, in persons.

    Parameters
    ----------
    quantiles
        (n, levels).
    voted
        (n,).
    """
    levels = np.array(LEVELS)
    above = voted[:, None] - quantiles
    return np.asarray(np.maximum(levels * above, (levels - 1) * above), dtype=np.float64)


def _score(rule: str, year: int, quantiles: Floats, voted: Floats) -> RuleScore:
    inside = (voted >= quantiles[:, 0]) & (voted <= quantiles[:, -1])
    error = (quantiles[:, LEVELS.index(0.5)].sum() - voted.sum()) / voted.sum()
    loss = float(pinball(quantiles, voted).mean())
    return RuleScore(rule, year, len(voted), loss, float(inside.mean()), float(error))


def _national(expected: ExpectedVotes, asked: Mapping[str, int], voted: Floats) -> NationalScore:
    outlook = expected.outlook()
    low, middle, high = (outlook.quantile(level) for level in (0.05, 0.5, 0.95))
    return NationalScore(expected.year, sum(asked.values()), int(voted.sum()), low, middle, high)


def _quantiles(expected: ExpectedVotes) -> Floats:
    return np.array([vote.quantiles for vote in expected.votes], dtype=np.float64)


def _shares(history: Sequence[PastAnswer], before: int) -> list[tuple[str, int, float, int]]:
    return [
        (one.municipality, one.year, float(one.share), one.answered_request or 0)
        for one in history
        if one.year < before and one.share is not None
    ]


def _times_asked(shares: Sequence[float], asked: Mapping[str, int]) -> Floats:
    persons = np.array(list(asked.values()), dtype=np.float64)
    return np.repeat((np.array(shares) * persons)[:, None], len(LEVELS), axis=1)


def _votes_what_is_asked(_: Sequence[PastAnswer], asked: Mapping[str, int], __: int) -> Floats:
    return _times_asked([1.0] * len(asked), asked)


def _same_share_as_last_year(history: Sequence[PastAnswer], asked: Mapping[str, int], year: int) -> Floats:
    """The municipality's latest known share; the national mean for one without any."""
    latest = {code: share for code, _, share, _ in sorted(_shares(history, year), key=lambda row: row[1])}
    mean = _mean_share(history, year)
    return _times_asked([latest.get(code, mean) for code in asked], asked)


def _national_mean_share(history: Sequence[PastAnswer], asked: Mapping[str, int], year: int) -> Floats:
    return _times_asked([_mean_share(history, year)] * len(asked), asked)


def _mean_share(history: Sequence[PastAnswer], year: int) -> float:
    shares = _shares(history, year)
    return sum(share * request for *_, share, request in shares) / sum(row[3] for row in shares)


def _pooled_quantiles(history: Sequence[PastAnswer], asked: Mapping[str, int], year: int) -> Floats:
    """The quantiles of all earlier shares of all municipalities, the same for everybody."""
    shares = np.array([share for _, _, share, _ in _shares(history, year)])
    pooled = weighted_quantiles(shares, np.ones((1, len(shares))), LEVELS)
    persons = np.array(list(asked.values()), dtype=np.float64)
    return np.asarray(persons[:, None] * pooled, dtype=np.float64)


BASELINES: Mapping[str, Rule] = {
    "same share as last year": _same_share_as_last_year,
    "votes what is asked": _votes_what_is_asked,
    "national mean share": _national_mean_share,
    "pooled quantiles": _pooled_quantiles,
}
"""The rules that `bosett votes` is measured against."""
