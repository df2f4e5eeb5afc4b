"""The sample as arrays: cells, weights raised for nonresponse, and deviations whose squares are the variance.

A cell is a stratum's drawn municipalities, or its certain ones.  With z the terms whose sum carries the
error, the variance is the sum over cells of (1 - r/N) r/(r-1) sum (z - mean z)^2, r respondents of the
frame's N.  `deviations` gives one number a municipality whose squares add up to that, so that errors of
several parts are added before they are squared.  A cell with one respondent of several goes together with
another for the error only (collapsed strata, section 5A.12: on the safe side).
Source: Cochran, Sampling Techniques (3rd ed. 1977), sections 5A and 6.11-6.12.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bosett.expenditure.problem import FrameRow
from bosett.terms.errors import NoAnswer

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Design:
    """The frame in order of its rows.

    Parameters
    ----------
    cell
        Number of the cell of each row, into `cells` and `population`.
    auxiliary
        One row a municipality: eligible persons first, then the further figures of `names`.
    """

    ids: tuple[str, ...]
    cells: tuple[tuple[str, bool], ...]
    cell: NDArray[np.int64]
    population: Numbers
    persons: Numbers
    sampled: Mask
    base: Numbers
    auxiliary: Numbers
    names: tuple[str, ...]

    @classmethod
    def of(cls, frame: Sequence[FrameRow]) -> Design:
        """The design of a frame."""
        cells = tuple(sorted({(row.stratum, row.certainty) for row in frame}))
        place = {key: number for number, key in enumerate(cells)}
        cell = np.array([place[row.stratum, row.certainty] for row in frame], dtype=np.int64)
        names = tuple(frame[0].auxiliary) if frame else ()
        persons = np.array([float(row.eligible_persons) for row in frame])
        further = [[float(row.auxiliary[name]) for row in frame] for name in names]
        return cls(
            ids=tuple(row.municipality_id for row in frame),
            cells=cells,
            cell=cell,
            population=np.bincount(cell, minlength=len(cells)).astype(float),
            persons=persons,
            sampled=np.array([row.sampled for row in frame]),
            base=np.array([float(row.base_weight) if row.sampled else 0.0 for row in frame]),
            auxiliary=np.array([persons, *further]).T,
            names=("eligible_persons", *names),
        )

    def mask(self, ids: Collection[str]) -> Mask:
        """Which rows are among these identifiers."""
        return np.array([one in ids for one in self.ids], dtype=bool)

    def by_cell(self, values: Numbers) -> Numbers:
        """Sums by cell."""
        found = np.bincount(self.cell, weights=values, minlength=len(self.cells))
        return found.astype(np.float64)

    def response_weights(self, responded: Mask, base: Numbers | None = None) -> Numbers:
        """Weights raised within each cell so that the respondents stand for the sampled; 0 for others.

        Raises
        ------
        NoAnswer
            If nobody responded in a cell that has eligible persons.
        """
        weights = self.base if base is None else base
        asked, answered = self.by_cell(weights), self.by_cell(weights * responded)
        silent = (answered <= 0) & (self.by_cell(self.persons) > 0)
        if silent.any():
            stratum, certain = self.cells[int(np.argmax(silent))]
            kind = "certainty municipalities of stratum" if certain else "stratum"
            raise NoAnswer("no_respondent", f"no respondent in the {kind} {stratum}")
        raised = np.divide(asked, answered, out=np.zeros_like(asked), where=answered > 0)
        result: Numbers = weights * responded * raised[self.cell]
        return result

    def alone(self, responded: Mask) -> tuple[int, ...]:
        """Cells where one respondent stands for others: alone it tells nothing of the error."""
        count = self.by_cell(responded.astype(float))
        return tuple(int(one) for one in np.flatnonzero((count == 1) & (self.population > 1)))

    def pooled(self, responded: Mask) -> NDArray[np.int64]:
        """The cell of each row for the error: one where a respondent stands alone goes together with another.

        The other is the one whose municipalities have most nearly as many eligible persons on average, among
        those with respondents that were not counted in full.  What is left alone has nobody to go with.
        """
        count = self.by_cell(responded.astype(float))
        mean = self.by_cell(self.persons) / np.maximum(self.population, 1)
        joined = np.arange(len(self.cells))
        for lone in self.alone(responded):
            if (joined == joined[lone]).sum() > 1:
                continue
            others = [one for one in np.flatnonzero(count < self.population) if one != lone and count[one]]
            if others:
                nearest = min(others, key=lambda one: abs(mean[one] - mean[lone]))
                joined[joined == joined[lone]] = joined[nearest]
        found: NDArray[np.int64] = joined[self.cell]
        return found

    def deviations(self, terms: Numbers, responded: Mask) -> Numbers | None:
        """One number a row; squared and summed they are the variance.  None where it can't be known."""
        told = replace(self, cell=self.pooled(responded))
        told = replace(told, population=told.by_cell(np.ones(len(self.ids))))
        if told.alone(responded):
            return None
        count = told.by_cell(responded.astype(float))
        mean = told.by_cell(terms * responded) / np.maximum(count, 1)
        factor = (1 - count / np.maximum(told.population, 1)) * count / np.maximum(count - 1, 1)
        result: Numbers = np.sqrt(factor)[told.cell] * (terms - mean[told.cell]) * responded
        return result
