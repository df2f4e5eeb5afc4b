"""Imports as lists and tables of the look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from bosett.registry import Registry
from bosett.sources.citizenships import name_of_alpha3
from bosett.sources.defect_codes import DEFECT_CODES
from bosett.sources.defect_texts import worded
from bosett.sources.importers import KINDS, Importer
from bosett.statistics.breakdown_words import code_name, dimension_name
from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett_server.queries.figure_imports import DefectRow, DifferenceLine, ImportRow, PersonLine
from bosett_server.queries.import_kinds import PERSONS, subject_of
from bosett_server.web.look.figures import figure_text
from bosett_server.words.imports import ABOUT, OPERATIONS, PERSON_RULES, SEVERITIES, STATES
from bosett_server.words.refusals import sentence, written

LABELS = ("en", "nb", "nn")


@dataclass(frozen=True)
class KindShown:
    """A kind of file that can be chosen."""

    id: str
    name: str
    about: str
    has_template: bool
    endings: str
    persons: bool


@dataclass(frozen=True)
class LineShown:
    """A line of a difference in words."""

    operation: str
    what: str
    place: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class DefectShown:
    """A defect in words."""

    severity: str
    tone: str
    words: str
    row: int | None
    column: str
    found: str
    allowed: str


def label_language(language: str) -> str:
    """The language of the library's labels for a reader's language: bokmål where there is no other."""
    return language if language in LABELS else "nb"


def kinds(found: Iterable[Importer], language: str) -> list[KindShown]:
    """The kinds by name and what they are."""
    return [
        KindShown(
            one.kind, one.name.in_language(label_language(language)), str(ABOUT[one.kind]), bool(one.columns),
            ", ".join(one.suffixes), is_about_persons(one),
        )
        for one in found
    ]  # fmt: skip


def kind_name(kind: str, language: str) -> str:
    """A kind in the reader's language; what came with the version has no importer."""
    if kind not in KINDS:
        return _("Comes with this version")
    return KINDS[kind].name.in_language(label_language(language))


def state_words(row: ImportRow) -> tuple[str, str]:
    """Words and tone; an undo says that it is one."""
    if row.undoes is not None:
        return _("Took back import %(number)s") % {"number": row.undoes}, "neutral"
    words, tone = STATES[row.state]
    return str(words), tone


def lines(found: Iterable[DifferenceLine], language: str) -> list[LineShown]:
    """A difference in words."""
    return [
        LineShown(
            str(OPERATIONS[one.operation]), what(one, language), place_name(one.place), one.period,
            value(one.before), value(one.after),
        )
        for one in found
    ]  # fmt: skip


def what(line: DifferenceLine, language: str) -> str:
    """The measure or kind, with its breakdown."""
    if line.what not in MEASURES:
        return kind_name(line.what, language)
    name = MEASURES[line.what].name.in_language(label_language(language))
    told = ", ".join(
        f"{dimension_name(key).in_language(label_language(language))}: {_code(key, part, label_language(language))}"
        for key, part in sorted(line.breakdown.items())
    )
    return f"{name} ({told})" if told else name


def _code(dimension: str, code: str, language: str) -> str:
    if dimension == "citizenship":
        return name_of_alpha3(code, language)
    return code_name(dimension, code).in_language(language)


def place_name(code: str) -> str:
    """A place with its name; a code of before, or of something else, as it is."""
    if code == "0":
        return _("The whole country")
    try:
        if len(code) == 2:
            return f"{code} {Registry.shipped().county(code).name}"
        return f"{code} {Registry.shipped().municipality(code).name}"
    except BadInput:
        return code


def value(told: tuple[State, int | Decimal | None] | str | None) -> str:
    """A value in words; a dash where there is none."""
    if told is None:
        return "–"
    if isinstance(told, str):
        return told
    state, number = told
    if isinstance(number, Decimal):
        return f"{number:f}".replace(".", ",")
    return figure_text(Figure(state, number))


def person_lines(found: Iterable[PersonLine]) -> list[LineShown]:
    """What a file of persons would do, row by row, in words."""
    return [
        LineShown(
            str(OPERATIONS["goes" if one.operation == "added" else one.operation]), one.reference,
            ", ".join(map(str, one.rows)), "", held(one.before) or "–", _becomes(one),
        )
        for one in found
    ]  # fmt: skip


def _becomes(line: PersonLine) -> str:
    if line.refusal is not None:
        return sentence(line.refusal)
    return str(PERSON_RULES[line.why]) if line.why else held(line.after)


def held(told: str) -> str:
    """A day in words or a municipality by name."""
    return place_name(told) if len(told) == 4 else str(written(told))


def defects(found: Iterable[DefectRow], language: str) -> list[DefectShown]:
    """Defects in words, with what stands in the file and what could."""
    told = []
    for one in found:
        label = DEFECT_CODES.get(one.code)
        words = label.in_language(label_language(language)) if label else one.code
        severity, tone = SEVERITIES[one.severity]
        found_, allowed = (worded(text, label_language(language)) for text in (one.found, one.allowed))
        told.append(DefectShown(str(severity), tone, words, one.row, one.column, found_, allowed))
    return told


def counts(row: ImportRow) -> list[tuple[str, str, int]]:
    """(operation, words, how many), in order."""
    if row.subject in PERSONS.values():
        found = [
            ("added", "goes"),
            ("same", "same"),
            ("stopped", "stopped"),
            ("new", "new"),
            ("conflict", "conflict"),
        ]
    else:
        found = [(name, name) for name in ("added", "changed", "removed", "unchanged")]
    return [
        (name, str(OPERATIONS.get(words, _("Unchanged"))), row.counts.get(name, 0)) for name, words in found
    ]


def is_about_persons(kind: Importer) -> bool:
    """Whether files of the kind name persons."""
    return subject_of(kind) in ("households", "assignments")
