"""A total split between groups by shares that sum to 1; the parts sum to the total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bosett.terms.errors import BadInput


def check_shares(shares: Mapping[str, Fraction], where: str = "") -> None:
    """Refuse shares that are negative or do not sum to 1, by name and with the sum.

    Decimals such as 0.33 are what they say: three of them sum to 0.99 and are refused.
    """
    for name, share in shares.items():
        if share < 0:
            raise BadInput(f"a share of {float(share):g} for {name}", "a share of 0 or more", where)
    total = sum(shares.values(), Fraction(0))
    if total != 1:
        listed = " + ".join(f"{name} {float(share):g}" for name, share in shares.items())
        raise BadInput(f"group shares that sum to {float(total):g} ({listed})", "shares that sum to 1", where)


def split_value(total: float, shares: Mapping[str, Fraction]) -> dict[str, float]:
    """Parts that sum to the total: the last group gets what the others leave."""
    parts: dict[str, float] = {}
    left = total
    for place, (name, share) in enumerate(shares.items(), start=1):
        parts[name] = left if place == len(shares) else total * float(share)
        left -= parts[name]
    return parts


def split_persons(total: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole persons that sum to the total exactly, each within one person of its share.

    The rest after the whole parts goes to the largest fractions, then by name.

    Raises
    ------
    BadInput
        If persons are fewer than 0 or the shares do not sum to 1.
    """
    if total < 0:
        raise BadInput(f"{total} persons", "0 or more")
    check_shares(shares)
    exact = {name: total * share for name, share in shares.items()}
    persons = {name: part.numerator // part.denominator for name, part in exact.items()}
    order = sorted(exact, key=lambda name: (persons[name] - exact[name], name))
    for name in order[: total - sum(persons.values())]:
        persons[name] += 1
    return persons
