"""What the estimator may know of an adult, and nothing else: sensitive attributes have no field to lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from bosett.placement.units import Floats, Ints
from bosett.terms.errors import BadInput

FEATURES = ("education_years", "experience_years", "children", "adults")
LIMITS = {"education_years": 25.0, "experience_years": 50.0, "children": 20.0, "adults": 12.0}


@dataclass(frozen=True)
class Adult:
    """An adult as the estimator sees him or her.

    Parameters
    ----------
    education_years, experience_years
        None = not known, which is not 0.
    children, adults
        In the household; adults at least 1.
    """

    household_id: str
    education_years: float | None
    experience_years: float | None
    children: int
    adults: int

    def __post_init__(self) -> None:
        for name, top in LIMITS.items():
            value = getattr(self, name)
            low = 1.0 if name == "adults" else 0.0
            if value is not None and not low <= value <= top:
                raise BadInput(str(value), f"{low:g} to {top:g}", column=name)


@dataclass(frozen=True)
class PastCase:
    """An adult who was settled, where, and how it went.

    Parameters
    ----------
    outcome
        Whether the outcome was reached (such as in work after two years).
    group
        For the fairness report alone; the estimator is never given it.
    """

    adult: Adult
    municipality_id: str
    year: int
    outcome: bool
    group: str = ""


COLUMNS = ("household_id", *FEATURES, "municipality_id", "year", "outcome", "group")


def check_columns(columns: Sequence[str]) -> None:
    """Refuse every column that is not on the list: what is not allowed is barred.

    Raises
    ------
    BadInput
        Naming the first column that has no place here.
    """
    for name in columns:
        if name not in COLUMNS:
            raise BadInput(name, f"only {', '.join(COLUMNS)}; no other attribute is taken in", column=name)


def case_of(row: Mapping[str, str]) -> PastCase:
    """A case from a row of text; an empty cell of education or experience = not known."""
    check_columns(tuple(row))
    return PastCase(
        adult=Adult(
            row["household_id"],
            _number(row, "education_years"),
            _number(row, "experience_years"),
            int(row["children"]),
            int(row["adults"]),
        ),
        municipality_id=row["municipality_id"],
        year=int(row["year"]),
        outcome=_yes(row["outcome"]),
        group=row.get("group", ""),
    )


def _number(row: Mapping[str, str], name: str) -> float | None:
    return float(row[name]) if row[name].strip() else None


def _yes(text: str) -> bool:
    if text not in {"0", "1"}:
        raise BadInput(text, "0 or 1", column="outcome")
    return text == "1"


def design(adults: Sequence[Adult]) -> Floats:
    """One row an adult: a constant, the known numbers scaled to about 1, and whether a number is missing."""
    education = np.array([np.nan if one.education_years is None else one.education_years for one in adults])
    experience = np.array(
        [np.nan if one.experience_years is None else one.experience_years for one in adults]
    )
    known = [np.where(np.isnan(education), 0.0, (education - 10) / 5)]
    known.append(np.where(np.isnan(experience), 0.0, (experience - 5) / 10))
    children = np.array([min(one.children, 4) for one in adults]) / 2
    several = np.array([one.adults > 1 for one in adults], dtype=np.float64)
    missing = [np.isnan(education).astype(np.float64), np.isnan(experience).astype(np.float64)]
    return np.stack([np.ones(len(adults)), *known, children, several, *missing], axis=1)


SLOPES = (1, 2)
"""Columns of the design whose weight may differ between municipalities."""


def places_of(cases: Sequence[PastCase], municipality_ids: Sequence[str]) -> Ints:
    """Column of each case's municipality.

    Raises
    ------
    BadInput
        For a municipality that is not among them.
    """
    column = {code: index for index, code in enumerate(municipality_ids)}
    for one in cases:
        if one.municipality_id not in column:
            raise BadInput(one.municipality_id, "a municipality of the problem", column="municipality_id")
    return np.array([column[one.municipality_id] for one in cases], dtype=np.int64)


if tuple(one.name for one in fields(Adult))[1:] != FEATURES:
    raise RuntimeError("the features are the fields of an adult")
