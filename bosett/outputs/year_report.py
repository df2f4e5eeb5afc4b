"""The year's report of the agreement, as a paper in bokmål or nynorsk, made from dated facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bosett.agreement import Fact, FactBook, Finding, Held, Verdict, balance, changes_of_year, held
from bosett.agreement.names import fact_name, missing_in_words, name
from bosett.outputs.paper import Bar, Bars, Block, Grid, Heading, Language, Paper, Points, Text, say
from bosett.outputs.plain_numbers import number_text
from bosett.registry.agreements import Agreements
from bosett.rules.value import Certainty

SCHEMES = ("integration", "unaccompanied_minor", "norwegian")
Number = int | float | Decimal


@dataclass(frozen=True)
class Discussed:
    """A matter that was taken up, and what was decided; both as the minutes tell it."""

    matter: str
    decided: str


@dataclass(frozen=True)
class ReportInput:
    """What the report is made from.

    Parameters
    ----------
    day
        The day it is dated; facts known by it count.
    discussed
        None where no minutes are stored, which is not that nothing was discussed.
    """

    book: FactBook
    year: int
    first_year: int
    day: date
    discussed: tuple[Discussed, ...] | None = None
    mark: str = ""


def year_report(told: ReportInput, language: Language) -> Paper:
    """The report in one language form.  Raises as `held` does."""
    agreement = Agreements.shipped().in_force(date(told.year, 12, 31))
    kept = held(told.book, told.day, told.year)
    blocks = (
        *_numbers(told, language),
        *_changed(told, language),
        *_commitments(kept, language),
        *_cost(told, language),
        *_discussed(told, language),
        *_unsaid(kept, language),
        *_sources(kept, language),
    )
    return Paper(
        title=say(
            language,
            f"Avtalen om mottak og bosetting: året {told.year}",
            f"Avtalen om mottak og busetjing: året {told.year}",
        ),
        language=language,
        sender=say(language, "Partene i avtalen", "Partane i avtalen"),
        day=told.day,
        particulars=(
            (say(language, "Avtale", "Avtale"), agreement.title.in_language(language)),
            (say(language, "Parter", "Partar"), ", ".join(agreement.parties)),
            (say(language, "Status", "Status"), say(
                language, "Utkast, laget av tallene. Ikke godkjent av partene.",
                "Utkast, laga av tala. Ikkje godkjent av partane.",
            )),
        ),
        blocks=blocks,
        mark=told.mark,
    )  # fmt: skip


def _numbers(told: ReportInput, language: Language) -> list[Block]:
    years = balance(told.book, told.first_year, told.year, told.day)
    header = (
        say(language, "År", "År"), say(language, "Behov", "Behov"), say(language, "Anmodet", "Oppmoda"),
        say(language, "Vedtatt", "Vedteke"), say(language, "Bosatt", "Busett"),
        say(language, "Av vedtatte", "Av vedtekne"),
    )  # fmt: skip
    rows = tuple(
        (
            str(one.year),
            *(_fact(fact, language) for fact in (one.need, one.asked, one.voted, one.settled)),
            _unknown(language) if one.settled_of_voted is None else f"{_number(one.settled_of_voted)} %",
        )
        for one in years
    )
    bars = [(one.year, one.settled.value) for one in years if one.settled is not None]
    found: list[Block] = [
        Heading(say(language, "Fra behov til bosatt", "Frå behov til busett")),
        Text(
            say(
                language,
                "Behovet og anmodningen er de siste for året. Det som ikke er kjent, står som ukjent.",
                "Behovet og oppmodinga er dei siste for året. Det som ikkje er kjent, står som ukjent.",
            )
        ),
        Grid(
            say(language, "Personer etter år", "Personar etter år"), header, rows, frozenset({1, 2, 3, 4, 5})
        ),
    ]
    if bars:
        most = max(bars, key=lambda one: one[1])
        found.append(
            Bars(
                say(language, "Bosatte personer etter år", "Busette personar etter år"),
                say(
                    language,
                    f"Flest i {most[0]}: {_number(most[1])}. I {bars[-1][0]}: {_number(bars[-1][1])}.",
                    f"Flest i {most[0]}: {_number(most[1])}. I {bars[-1][0]}: {_number(bars[-1][1])}.",
                ),
                tuple(Bar(str(year), float(value), _number(value)) for year, value in bars),
            )
        )
    return found


def _changed(told: ReportInput, language: Language) -> list[Block]:
    found = changes_of_year(told.book, told.year, told.day)
    title = Heading(say(language, "Endringer i året", "Endringar i året"))
    if not found:
        return [title, Text(say(language, "Ingen er lagret.", "Ingen er lagra."))]
    return [
        title,
        Points(
            tuple(
                say(
                    language,
                    f"Fra {_number(one.before.value)} til {_number(one.after.value)} personer ({one.after.on}).",
                    f"Frå {_number(one.before.value)} til {_number(one.after.value)} personar ({one.after.on}).",
                )
                for one in found
            )
        ),
    ]


def _commitments(kept: Sequence[Held], language: Language) -> list[Block]:
    header = (
        say(language, "Det partene har lovet", "Det partane har lova"), say(language, "Status", "Status"),
        say(language, "Hva det måles med", "Kva det blir målt med"),
    )  # fmt: skip
    rows = tuple(
        (
            name("commitment", one.commitment.code).in_language(language),
            name("verdict", one.verdict).in_language(language),
            " ".join(_finding(each, language) for each in one.findings if each.figures) or _unknown(language),
        )
        for one in kept
    )
    assumed = any(
        value.certainty is Certainty.ASSUMED
        for one in kept
        for each in one.findings
        for _, value in each.limits
    )
    ours = say(
        language,
        "Grenser som ingen av partene har avtalt, er foreslått av Bosett; de står i parametertabellene.",
        "Grenser som ingen av partane har avtalt, er foreslåtte av Bosett; dei står i parametertabellane.",
    )
    return [
        Heading(say(language, "Er det holdt?", "Er det halde?")),
        Grid(say(language, "Forpliktelsene i avtalen", "Pliktene i avtalen"), header, rows),
        *([Text(ours)] if assumed else []),
    ]


def _finding(told: Finding, language: Language) -> str:
    figures = "; ".join(
        f"{name('figure', code).in_language(language)}: {_number(value, code)}"
        for code, value in told.figures
    )
    return f"{name('indicator', told.indicator).in_language(language)} {figures}."


def _cost(told: ReportInput, language: Language) -> list[Block]:
    facts = [
        fact
        for scheme in SCHEMES
        for year in (told.year, told.year - 1, told.year - 2)
        if (fact := told.book.newest(f"coverage_{scheme}", year, told.day)) is not None
    ]
    title = Heading(say(language, "Utgifter og dekning", "Utgifter og dekning"))
    if not facts:
        return [title, Text(say(language, "Ingen dekning er funnet.", "Inga dekning er funnen."))]
    return [
        title,
        Grid(
            say(language, "Dekning av kartlagte utgifter, prosent", "Dekning av kartlagde utgifter, prosent"),
            (say(language, "Ordning", "Ordning"), say(language, "Regnskapsår", "Rekneskapsår"), "%"),
            tuple(
                (fact_name(one.what).in_language(language).split(",")[0], str(one.year), _number(one.value))
                for one in facts
            ),
            frozenset({1, 2}),
        ),
    ]


def _discussed(told: ReportInput, language: Language) -> list[Block]:
    title = Heading(say(language, "Tatt opp og avgjort", "Teke opp og avgjort"))
    if told.discussed is None:
        lacking = say(language, "Ingen referater fra året er lagret.", "Ingen referat frå året er lagra.")
        return [title, Text(lacking)]
    if not told.discussed:
        return [title, Text(say(language, "Ingen saker.", "Ingen saker."))]
    return [title, Points(tuple(f"{one.matter}: {one.decided}" for one in told.discussed))]


def _unsaid(kept: Sequence[Held], language: Language) -> list[Block]:
    lacking = [
        f"{name('indicator', each.indicator).in_language(language)} "
        + say(language, "Mangler: ", "Manglar: ")
        + "; ".join(missing_in_words(code, language) for code in each.missing)
        + "."
        for one in kept
        for each in one.findings
        if each.verdict is Verdict.CANNOT_BE_SAID
    ]
    if not lacking:
        return []
    return [
        Heading(say(language, "Det som ikke kan sies", "Det som ikkje kan seiast")),
        Points(tuple(dict.fromkeys(lacking))),
    ]


def _sources(kept: Sequence[Held], language: Language) -> list[Block]:
    told = {
        f"{fact.source.title}{f', {fact.source.href}' if fact.source.href else ''}"
        for one in kept
        for each in one.findings
        for fact in each.evidence
    }
    return [Heading(say(language, "Kilder", "Kjelder")), Points(tuple(sorted(told)))] if told else []


def _fact(one: Fact | None, language: Language) -> str:
    return _unknown(language) if one is None else _number(one.value)


def _unknown(language: Language) -> str:
    return say(language, "ukjent", "ukjent")


def _number(value: Number, code: str = "") -> str:
    return str(value) if code == "last_mapped_year" else number_text(value, "nb")
