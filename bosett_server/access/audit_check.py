"""Recompute the whole log: rows, seals, chain, signatures, published heads.  The first breach is named."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bosett_server.access.audit_seal import (
    FIRST_HEAD,
    PublishedHead,
    Seal,
    head_of,
    is_signed,
    leaf,
    merkle_root,
)

RowsBetween = Callable[[int, int], Iterator[Sequence[Any]]]


@dataclass(frozen=True)
class Finding:
    """What the check found.

    Parameters
    ----------
    breach
        Code of the first breach, empty when there is none: `seal_gone`, `chain_broken`, `bad_signature`,
        `seal_changed`, `row_missing`, `row_slipped_in`, `row_changed`, `tail_deleted`.
    from_id, to_id
        The stretch of the log in which it lies.
    """

    rows: int
    seals: int
    breach: str = ""
    from_id: int = 0
    to_id: int = 0


def check(
    seals: Iterable[Seal], rows_between: RowsBetween, heads: Sequence[PublishedHead], public: Ed25519PublicKey
) -> Finding:
    """Check seals in order against the rows `(after, up_to]` and against what was published."""
    told = deque(sorted(heads, key=lambda head: head.to_id))
    previous, end, rows, count = FIRST_HEAD, 0, 0, 0
    for seal in seals:
        breach = _seal_breach(seal, previous, told, public) or _row_breach(seal, end, rows_between)
        if breach:
            return Finding(rows, count, breach, end + 1, seal.to_id)
        previous, end = seal.head, seal.to_id
        rows, count = rows + seal.rows, count + 1
    if told:
        last = told[-1]
        breach = "tail_deleted" if is_signed(last.head, last.signature, public) else "bad_signature"
        return Finding(rows, count, breach, end + 1, last.to_id)
    return Finding(rows, count)


def _seal_breach(seal: Seal, previous: str, told: deque[PublishedHead], public: Ed25519PublicKey) -> str:
    if told and told[0].to_id < seal.to_id:
        return "seal_gone"
    if seal.previous_head != previous:
        return "chain_broken"
    if not is_signed(seal.head, seal.signature, public):
        return "bad_signature"
    computed = head_of(seal.from_id, seal.to_id, seal.rows, seal.root, seal.previous_head, seal.sealed_at)
    published = told.popleft().head if told and told[0].to_id == seal.to_id else seal.head
    return "" if computed == seal.head == published else "seal_changed"


def _row_breach(seal: Seal, end: int, rows_between: RowsBetween) -> str:
    leaves = [leaf(row) for row in rows_between(end, seal.to_id)]
    if len(leaves) != seal.rows:
        return "row_missing" if len(leaves) < seal.rows else "row_slipped_in"
    return "" if merkle_root(leaves) == seal.root else "row_changed"
