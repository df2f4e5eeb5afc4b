"""Ids, references and identity numbers that can never be taken for a real person's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import numpy as np

from bosett.scenario.population.shape import Ints
from bosett.terms.errors import NoAnswer
from bosett.terms.norid import WEIGHTS_FIRST, WEIGHTS_SECOND

INVALID = -1
TRIES = 200


def draw_uuids(count: int, rng: np.random.Generator) -> list[UUID]:
    """Random ids, the same for the same generator state."""
    raw = rng.bytes(16 * count)
    return [UUID(bytes=raw[16 * i : 16 * i + 16], version=4) for i in range(count)]


def draw_national_ids(birth_dates: list[date], rng: np.random.Generator) -> list[str]:
    """Different D-numbers by Tenor's rule (day + 40, month + 80), with classic control digits.

    Raises
    ------
    NoAnswer
        If so many share a birth date that its numbers are used up (about 400 a day).
    """
    first_six = np.array(
        [(day.day + 40) * 10_000 + (day.month + 80) * 100 + day.year % 100 for day in birth_dates]
    )
    lowest = np.where(np.array([day.year >= 2000 for day in birth_dates]), 500, 0)
    found: Ints = np.full(len(birth_dates), INVALID)
    pending = np.arange(len(birth_dates))
    for _ in range(TRIES):
        if not len(pending):
            return [f"{number:011d}" for number in found]
        serial = lowest[pending] + rng.integers(0, 500, len(pending))
        found[pending] = with_control_digits(first_six[pending] * 1000 + serial)
        _, firsts = np.unique(found, return_index=True)
        keep = np.zeros(len(found), dtype=bool)
        keep[firsts] = True
        pending = np.flatnonzero(~keep | (found == INVALID))
    raise NoAnswer("identity numbers", f"{len(pending)} persons share birth dates whose numbers are used up")


def with_control_digits(nine_digits: Ints) -> Ints:
    """The eleven-digit numbers, `INVALID` where a control digit would be 10."""
    first = _control(nine_digits, WEIGHTS_FIRST[:-1])
    ten = nine_digits * 10 + first
    second = _control(ten, WEIGHTS_SECOND[:-1])
    return np.where((first == 10) | (second == 10), INVALID, ten * 10 + second)


def _control(numbers: Ints, weights: tuple[int, ...]) -> Ints:
    total = np.zeros_like(numbers)
    for place, weight in enumerate(reversed(weights)):
        total += numbers // 10**place % 10 * weight
    return -total % 11


def duf_number(serial: int) -> str:
    """Twelve digits that start with 9000, a year no application has; no control digits are claimed."""
    return f"9000{serial:08d}"


def household_reference(serial: int) -> str:
    """What people read aloud: SYN-H000001."""
    return f"SYN-H{serial:06d}"


def person_reference(serial: int) -> str:
    """SYN-P000001."""
    return f"SYN-P{serial:06d}"
