"""Expected answers: a distribution of each coming vedtak, and of their sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, erf, sqrt

import numpy as np

from bosett.decisions.likeness import Floats, Likeness, LikenessSettings, likeness
from bosett.decisions.vote_history import PastAnswer
from bosett.terms.errors import BadInput, NoAnswer

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
QUANTILE_NAMES = ("p05", "p25", "p50", "p75", "p95")
SETTINGS = LikenessSettings()
SMALLEST_SPREAD_PERSONS = 0.5


@dataclass(frozen=True)
class ExpectedVote:
    """What one council may answer, in persons: the quantiles of `LEVELS`, never decreasing."""

    municipality: str
    asked: int
    quantiles: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.quantiles) != len(LEVELS) or list(self.quantiles) != sorted(self.quantiles):
            raise ValueError("one quantile for each level, never decreasing")


@dataclass(frozen=True)
class SumOutlook:
    """The sum of many coming answers: one course an earlier year, with its weight.

    If the coming year goes as that year went, the sum lies around `means` with `spreads`; the
    councils' answers are taken as independent within a course and not between courses.
    """

    years: tuple[int, ...]
    weights: tuple[float, ...]
    means: tuple[float, ...]
    spreads: tuple[float, ...]

    def probability_at_most(self, persons: float) -> float:
        """The probability that the sum is at most so many persons."""
        courses = zip(self.weights, self.means, self.spreads, strict=True)
        return sum(weight * _normal((persons - mean) / spread) for weight, mean, spread in courses)

    def probability_at_least(self, persons: float) -> float:
        """How sure the request makes a need of so many persons, 0 to 1."""
        return 1 - self.probability_at_most(persons - 0.5)

    def quantile(self, level: float) -> float:
        """The persons that the sum stays at or below with this probability, to a tenth of a person."""
        low = 0.0
        high = max(mean + 10 * spread for mean, spread in zip(self.means, self.spreads, strict=True))
        while high - low > 0.01:
            middle = (low + high) / 2
            low, high = (middle, high) if self.probability_at_most(middle) < level else (low, middle)
        return round(high, 1)

    @property
    def mean(self) -> float:
        """The expected sum in persons."""
        return sum(weight * mean for weight, mean in zip(self.weights, self.means, strict=True))


@dataclass(frozen=True, eq=False)
class ExpectedVotes:
    """Expected answers of one year.  `like` is kept so that any part of the country can be summed."""

    year: int
    votes: tuple[ExpectedVote, ...]
    like: Likeness

    def outlook(self, county: str = "") -> SumOutlook:
        """The sum over the country, or over the codes that begin with `county`.

        Raises
        ------
        KeyError
            If nobody there is asked.
        """
        return self.outlook_of(
            [vote.municipality for vote in self.votes if vote.municipality.startswith(county)]
        )

    def outlook_of(self, municipalities: Iterable[str]) -> SumOutlook:
        """The sum over these municipalities, those that are asked.

        Raises
        ------
        KeyError
            If none of them is asked.
        """
        wanted = set(municipalities)
        rows = [i for i, vote in enumerate(self.votes) if vote.municipality in wanted]
        if not rows:
            raise KeyError("nobody asked")
        asked = np.array([self.votes[i].asked for i in rows], dtype=np.float64)
        means, spreads = _courses(self.like, self.like.weights[rows], asked)
        weights = tuple(float(weight) for weight in self.like.year_weights)
        return SumOutlook(self.like.years, weights, means, spreads)

    def of(self, municipality: str) -> ExpectedVote:
        """One municipality's; a KeyError if it is not asked."""
        return {vote.municipality: vote for vote in self.votes}[municipality]


def expected_votes(
    history: Sequence[PastAnswer],
    asked: Mapping[str, int],
    year: int,
    settings: LikenessSettings = SETTINGS,
) -> ExpectedVotes:
    """The distribution of each answer to `asked`, learned from years before `year` only.

    Quantiles are those of earlier shares, weighed by how like the situations are (`likeness`), times
    the request.  Whoever is asked for 0 is expected to vote 0.  Order does not matter, and nothing
    is drawn: the same input gives the same answer.

    Parameters
    ----------
    history
        Answers of earlier years; later ones are not looked at.
    asked
        Municipality -> persons asked for in `year`, >= 0.

    Raises
    ------
    NoAnswer
        If no earlier year has both a request and a vote.
    BadInput
        If a municipality has a year twice.
    """
    ordered = dict(sorted(asked.items()))
    like = likeness(history, ordered, year, settings)
    shares = weighted_quantiles(like.shares, like.weights, LEVELS)
    votes = tuple(
        ExpectedVote(code, persons, tuple(round(float(share) * persons, 1) for share in row))
        for (code, persons), row in zip(ordered.items(), shares, strict=True)
    )
    return ExpectedVotes(year, votes, like)


def request_for(expected: ExpectedVotes, need: int, sureness: float) -> int:
    """The sum of requests that makes a need this sure, if councils vote the same shares of more.

    What lies above the need is the buffer, which the letters show.

    Parameters
    ----------
    sureness
        Probability that the votes reach the need, between 0 and 1.

    Raises
    ------
    NoAnswer
        If the votes may well be nobody at all, so that no request is large enough.
    """
    if not 0 < sureness < 1:
        raise BadInput(f"sureness {sureness}", "between 0 and 1")
    asked = sum(vote.asked for vote in expected.votes)
    reached = expected.outlook().quantile(1 - sureness)
    if reached < 1:
        raise NoAnswer("votes", f"the votes may be {reached} persons, whatever is asked for")
    return ceil(need * asked / reached)


def weighted_quantiles(values: Floats, weights: Floats, levels: Sequence[float]) -> Floats:
    """For each row of weights the smallest values that reach each level of the weight.

    Parameters
    ----------
    values
        (n,).
    weights
        (rows, n), >= 0, each row with a positive sum.
    """
    order = np.lexsort((np.arange(len(values)), values))
    sums = np.cumsum(weights[:, order], axis=1)
    sums = sums / sums[:, -1:]
    sorted_values = values[order]
    places = [np.minimum((sums < level - 1e-12).sum(axis=1), len(values) - 1) for level in levels]
    return np.stack([sorted_values[place] for place in places], axis=1)


def _courses(like: Likeness, weights: Floats, asked: Floats) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and spread of the sum if the year goes as each earlier year went."""
    means, spreads = [], []
    for year in like.years:
        rows = np.flatnonzero(like.answer_years == year)
        near = weights[:, rows] / weights[:, rows].sum(axis=1, keepdims=True)
        shares = like.shares[rows]
        mean = near @ shares
        variance = near @ shares**2 - mean**2
        means.append(float(asked @ mean))
        noise = float(asked**2 @ np.maximum(variance, 0))
        spreads.append(max(sqrt(noise), SMALLEST_SPREAD_PERSONS))
    return tuple(means), tuple(spreads)


def _normal(at: float) -> float:
    return 0.5 * (1 + erf(at / sqrt(2)))
