"""What an explanation is made of: a key to a translated sentence, and the facts it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

FactValue = str | int | Fraction | date


@dataclass(frozen=True)
class Sentence:
    """One statement of an explanation; the words are chosen where the reader's language is known.

    Parameters
    ----------
    key
        Stable key of the translated sentence, `<room>.<statement>`.
    facts
        The values that the sentence names, sorted by name.  Never personal data.
    """

    key: str
    facts: tuple[tuple[str, FactValue], ...] = ()

    @classmethod
    def of(cls, key: str, **facts: FactValue) -> Sentence:
        """A sentence with its facts in a fixed order, so that equal statements are equal values."""
        return cls(key, tuple(sorted(facts.items())))

    def fact(self, name: str) -> FactValue:
        """One fact by name; a KeyError if the sentence does not name it."""
        return dict(self.facts)[name]
