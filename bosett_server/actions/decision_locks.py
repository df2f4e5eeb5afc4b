"""One answer of a municipality at a time, and none while a round of its year is being sent."""

from __future__ import annotations

from django.db import connection

ANSWERS = 0x626F
"""Begins the keys of these locks, so that no other use of advisory locks meets them."""


def lock_answers(year: int, municipality: str = "", *, alone: bool = False) -> None:
    """Until the transaction ends.

    Parameters
    ----------
    municipality
        Its answer of the year is nobody else's to write; empty for none.
    alone
        True keeps every answer of the year waiting: a round is being sent.
    """
    whole = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {whole}(%s, %s)", [ANSWERS, year])
        if municipality:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ANSWERS + 1, f"{year} {municipality}"]
            )
