"""One value file, checked key by key, as docs/parameters.md describes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bosett.rules.series import RULE_UNIT, Entry, Series
from bosett.rules.strict_yaml import Lines, read_yaml
from bosett.rules.value import Certainty, Validity
from bosett.terms.errors import BadInput
from bosett.terms.label import Label
from bosett.terms.source import Source

FILE_KEYS = {"label", "unit", "values", "validity"}
VALUE_KEYS = {"from", "value", "source", "certainty", "note"}
SOURCE_KEYS = {"title", "section", "href", "published"}


def read_series(file: Path, path: str) -> Series:
    """Read one value file, giving its whole history.

    Raises
    ------
    BadInput
        Names file and line: unknown or repeated keys, a value without a source, a fraction where
        the unit is NOK, days out of order, a correction without a later day of publication.
    """
    try:
        return _series(read_yaml(file), path)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(file), bad.row, bad.column) from None


def _series(content: Any, path: str) -> Series:
    whole = _mapping(content, "a mapping with label, unit and values", 1)
    _only(whole, FILE_KEYS)
    label, unit = read_label(_needed(whole, "label"), whole.line), _text(whole, "unit")
    validity = _validity(whole, unit)
    listed = _needed(whole, "values")
    if not isinstance(listed, list) or not listed:
        raise BadInput(
            "no list of values", "a list with at least one dated value", row=_line(whole, "values")
        )
    entries = tuple(_entry(item, unit, validity, _line(whole, "values")) for item in listed)
    _check_order(entries, listed)
    return Series(path, label, unit, validity, entries)


def read_label(content: Any, line: int) -> Label:
    """A label in the three languages; BadInput with the line otherwise."""
    texts = _mapping(content, "a label with en, nb and nn", line)
    _only(texts, {"en", "nb", "nn"})
    return Label(_text(texts, "en"), _text(texts, "nb"), _text(texts, "nn"))


def read_source(content: Any, line: int) -> Source:
    """A source: title needed; section, href and the day it was published where known."""
    told = _mapping(content, "a source with at least a title", line)
    _only(told, SOURCE_KEYS)
    published = told.get("published")
    if published is not None and not _is_day(published):
        raise BadInput(repr(published), "a day, such as 2025-10-31", row=_line(told, "published"))
    return Source(_text(told, "title"), _optional(told, "section"), _optional(told, "href"), published)


def _entry(content: Any, unit: str, validity: Validity, line: int) -> Entry:
    told = _mapping(content, "a dated value", line)
    _only(told, VALUE_KEYS)
    start = _needed(told, "from")
    if not _is_day(start):
        raise BadInput(repr(start), "from: a day, such as 2024-01-01", row=_line(told, "from"))
    if validity is Validity.CALENDAR_YEAR and (start.month, start.day) != (1, 1):
        allowed = "1 January, or validity: until_changed on the file"
        raise BadInput(start.isoformat(), allowed, row=_line(told, "from"))
    if "value" not in told:
        raise BadInput("no value", "value: a number, or null when repealed", row=told.line)
    value = _value(told["value"], unit, _line(told, "value"))
    source = read_source(_needed(told, "source"), _line(told, "source"))
    return Entry(start, value, source, _certainty(told), _optional(told, "note"))


def _value(found: Any, unit: str, line: int) -> int | Decimal | str | None:
    if unit == RULE_UNIT:
        if found is None or (isinstance(found, str) and found.isidentifier()):
            return found
        raise BadInput(repr(found), "the name of a rule, or null", row=line)
    if found is None or (isinstance(found, int) and not isinstance(found, bool)):
        return found
    if isinstance(found, Decimal) and found.is_finite():
        if unit.startswith("NOK"):
            raise BadInput(str(found), "whole kroner", row=line)
        return found
    raise BadInput(repr(found), "a number, or null when repealed", row=line)


def _certainty(told: Lines) -> Certainty:
    found = _text(told, "certainty")
    if found not in set(Certainty):
        raise BadInput(repr(found), ", ".join(Certainty), row=_line(told, "certainty"))
    return Certainty(found)


def _validity(whole: Lines, unit: str) -> Validity:
    """Kroner hold for a calendar year unless the file says otherwise: no rate is carried forward."""
    if "validity" not in whole:
        return Validity.CALENDAR_YEAR if unit.startswith("NOK") else Validity.UNTIL_CHANGED
    found = _text(whole, "validity")
    if found not in set(Validity):
        raise BadInput(repr(found), ", ".join(Validity), row=_line(whole, "validity"))
    return Validity(found)


def _check_order(entries: tuple[Entry, ...], listed: list[Lines]) -> None:
    for before, after, told in zip(entries, entries[1:], listed[1:], strict=False):
        if after.start < before.start:
            raise BadInput(
                f"{after.start} after {before.start}", "days in rising order", row=_line(told, "from")
            )
        if after.start == before.start and not _corrects(after, before):
            raise BadInput(
                f"{after.start} again",
                "a later published day, when it is a correction",
                row=_line(told, "from"),
            )


def _corrects(after: Entry, before: Entry) -> bool:
    later, earlier = after.source.published, before.source.published
    return later is not None and (earlier is None or later > earlier)


def _mapping(content: Any, allowed: str, line: int) -> Lines:
    if not isinstance(content, Lines):
        raise BadInput("nothing" if content is None else repr(content)[:60], allowed, row=line)
    return content


def _only(told: Lines, allowed: set[str]) -> None:
    for key in told:
        if key not in allowed:
            raise BadInput(f"the unknown key {key!r}", ", ".join(sorted(allowed)), row=_line(told, key))


def _needed(told: Lines, key: str) -> Any:
    if told.get(key) is None:
        raise BadInput(f"no {key}", f"{key} is needed", row=told.line)
    return told[key]


def _text(told: Lines, key: str) -> str:
    found = _needed(told, key)
    if not isinstance(found, str) or not found.strip():
        raise BadInput(repr(found), f"{key}: a text", row=_line(told, key))
    return found


def _optional(told: Lines, key: str) -> str:
    return "" if told.get(key) is None else _text(told, key)


def _line(told: Lines, key: str) -> int:
    return told.key_lines.get(key, told.line)


def _is_day(found: Any) -> bool:
    return type(found) is date
