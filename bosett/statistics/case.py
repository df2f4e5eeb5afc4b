"""One case of protection: the true counts, what is small, and what the public knows already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.statistics.blocks import UNKNOWN, Floats
from bosett.statistics.relations import Ints, Relations

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    """What has to be hidden, and what may be.

    Parameters
    ----------
    counts
        The true count of each quantity; for one that only an earlier publication holds, a possible one.
    given
        Shown by an earlier publication with the count it has now: hiding it tells nobody less.
    must
        Hidden whatever it costs: small itself, or hidden earlier and perhaps unchanged.
    weight
        What hiding each quantity costs, > 0 for published ones.
    width
        How far the ends of every hidden quantity must be apart.
    """

    relations: Relations
    counts: Floats
    given: Marks
    must: Marks
    weight: Floats
    width: int

    @property
    def candidates(self) -> Marks:
        """Published quantities that may be hidden besides: not zero, not known already."""
        return self.relations.published & (self.counts > 0) & ~self.given & ~self.must

    @property
    def can_move(self) -> Marks:
        """Quantities that the public need not know."""
        unpublished = ~self.relations.published & (self.counts > 0)
        return self.candidates | (self.must & ~self.given) | unpublished

    def known(self, hidden: Marks) -> Ints:
        """What the public knows when these are hidden."""
        unknown = (hidden & ~self.given) | (~self.relations.published & (self.counts > 0))
        return np.where(unknown, UNKNOWN, np.round(self.counts)).astype(np.int64)

    def cost(self, hidden: Marks) -> float:
        """The weight of what is hidden beyond what must be."""
        return float(self.weight[hidden & ~self.must].sum())
