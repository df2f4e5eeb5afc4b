"""Why a municipality is asked for its number: what each criterion of the round gave or took, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bosett.outputs.distribution_words import criterion_sentences
from bosett.terms.groups import Group
from bosett_server.records.models import Round, RoundLine, VersionedFigure


def request_reasons(municipality: str, year: int, language: str) -> tuple[str, ...]:
    """The sentences for the request in force; two queries.

    Empty when nobody is asked, or when the request was not worked out here: then the criteria are not stored.
    """
    asked = (
        VersionedFigure.objects.filter(
            what="asked", municipality_id=municipality, year=year, group=Group.ALL, superseded_at__isnull=True,
            value__gt=0, round__isnull=False,
        )
        .values_list("round_id", flat=True)
        .first()
    )  # fmt: skip
    if asked is None:
        return ()
    line = (
        RoundLine.objects.filter(round_id=asked, municipality_id=municipality).select_related("round").first()
    )
    return () if line is None else line_reasons(line.round, line, language)


def line_reasons(row: Round, line: RoundLine, language: str) -> tuple[str, ...]:
    """The sentences for one line of a round, what gives the most first and what takes the most last."""
    told: Mapping[str, Any] = line.parts
    persons = [(key, float(value)) for key, value in told.items() if key != "bound"]
    parts = dict(sorted(persons, key=lambda one: (-one[1], one[0])))
    return criterion_sentences(parts, str(told.get("bound", "")), line.adjusted_reason, language, _names(row))


def _names(row: Round) -> dict[str, str]:
    """Names of indicators that somebody brought: they have one name, whatever the language."""
    columns = row.criteria.get("columns") or {}
    return {key: str(name) for key, name in columns.items() if key.startswith("own-")}
