"""What commitments, indicators, figures and verdicts are called, in three languages; written once for all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bosett.registry.tables import read_rows
from bosett.rules.parameters import SHIPPED, Parameters
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.label import Label

FILE = SHIPPED / "agreement" / "names.csv"
COLUMNS = ("kind", "code", "en", "nb", "nn")
MAPPED = Label(
    en="a published mapping of {year}",
    nb="en publisert kartlegging av {year}",
    nn="ei publisert kartlegging av {year}",
)
LIMIT = Label(en="the limit: {label}", nb="grensen: {label}", nn="grensa: {label}")


def name(kind: str, code: str) -> Label:
    """What something is called; `kind` is commitment, indicator, figure, missing, verdict, body or source.

    Raises
    ------
    KeyError
        If it has no name.
    """
    return _names()[kind, code]


def missing_in_words(code: str, language: str) -> str:
    """What a finding lacks: a figure, a limit, the mapping of a year."""
    if "/" in code:
        return LIMIT.in_language(language).format(label=limit_name(code).in_language(language))
    if code.startswith("mapped_"):
        return MAPPED.in_language(language).format(year=code.removeprefix("mapped_"))
    found = _names().get(("missing", code)) or name("figure", code)
    return found.in_language(language)


def fact_name(code: str) -> Label:
    """What a fact is called: as the figure it becomes, or as what it would be called if it were missing."""
    names = _names()
    found = (names.get((kind, each)) for kind, each in (
        ("figure", code), ("figure", f"{code}_percent"), ("missing", code),
    ))  # fmt: skip
    return next(one for one in found if one is not None)


def source_name(title: str) -> Label:
    """A source in the reader's language; one that is not ours is called what it calls itself."""
    return _names().get(("source", title)) or Label(title, title, title)


def limit_name(path: str) -> Label:
    """The label of a dated value, or its path where none is stored."""
    try:
        return Parameters.shipped().get(path).label
    except NoRuleInForce:
        return Label(path, path, path)


@cache
def _names() -> dict[tuple[str, str], Label]:
    return read_names(FILE)


def read_names(file: Path) -> dict[tuple[str, str], Label]:
    """The table; BadInput names the line of a name that stands twice or lacks a language."""
    found: dict[tuple[str, str], Label] = {}
    for line, row in enumerate(read_rows(file, COLUMNS), start=2):
        key = row["kind"], row["code"]
        if key in found or not all(row[language] for language in ("en", "nb", "nn")):
            raise BadInput(" ".join(key), "each name once, in en, nb and nn", str(file), line)
        found[key] = Label(row["en"], row["nb"], row["nn"])
    return found
