"""The numbers of the year's report: need, asked, voted, settled, time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bosett.agreement import Fact, FactBook, YearBalance, balance
from bosett.agreement.frames import changes
from bosett.agreement.names import fact_name
from bosett.outputs.paper import Bar, Bars, Block, Grid, Language, Points, say
from bosett.outputs.year_report_sections import Section
from bosett.outputs.year_report_words import (
    fact_number,
    told_changes,
    told_day,
    told_number,
    unknown,
)

TIMES = (
    "mean_months", "median_days_all", "within_three_percent_all", "within_six_months_percent", "within_six_percent_all",
    "mean_months_under15", "median_days_under15", "within_three_percent_under15", "median_days_15_17",
    "ready_waiting", "households_ready", "households_ready_over_180_days",
)  # fmt: skip


def need_section(book: FactBook, year: int, day: date, language: Language) -> Section:
    """What the State said the year needed, and each change of it."""
    title = say(language, "Behovet", "Behovet")
    told = book.history("need", year, day)
    if not told:
        return Section("need", title, (_no_need(book, year, day, language),))
    last, found = told_number(told[-1].value), changes(book, year, day, "need")
    if not found:
        words = say(
            language,
            f"Behovet for {year} var {last} personer. Det ble ikke endret.",
            f"Behovet for {year} var {last} personar. Det vart ikkje endra.",
        )
        return Section("need", title, (words,))
    first = told_number(told[0].value)
    words = say(
        language,
        f"Behovet for {year} ble først satt til {first} personer. Det ble endret, sist til {last}.",
        f"Behovet for {year} vart først sett til {first} personar. Det vart endra, sist til {last}.",
    )
    return Section("need", title, (words,), (Points(told_changes(found, language)),))


def _no_need(book: FactBook, year: int, day: date, language: Language) -> str:
    asked = book.newest("request", year, day)
    if asked is None:
        return say(language, f"Behovet for {year} er ukjent.", f"Behovet for {year} er ukjent.")
    number = told_number(asked.value)
    return say(
        language,
        f"Det er ikke lagret noe eget behov for {year}. Anmodningen til kommunene var på {number} personer.",
        f"Det er ikkje lagra noko eige behov for {year}. Oppmodinga til kommunane var på {number} personar.",
    )


def asked_section(book: FactBook, year: int, day: date, language: Language) -> Section:
    """How many the municipalities were asked to settle, when, and each change."""
    title = say(language, "Anmodningen", "Oppmodinga")
    told = book.history("request", year, day)
    if not told:
        words = say(language, f"Anmodningen for {year} er ukjent.", f"Oppmodinga for {year} er ukjend.")
        return Section("asked", title, (words,))
    last = told_number(told[-1].value)
    words = say(
        language,
        f"Kommunene ble til sammen bedt om å bosette {last} personer i {year}.",
        f"Kommunane vart til saman bedne om å busetje {last} personar i {year}.",
    )
    found = changes(book, year, day)
    facts = (Points(told_changes(found, language)),) if found else ()
    return Section("asked", title, (words, *_sent(told[0], year, language, changed=bool(found))), facts)


def _sent(first: Fact, year: int, language: Language, *, changed: bool) -> tuple[str, ...]:
    """When the first request came, where the day is known, and whether the number stood."""
    found = []
    if first.day_known and len(first.on.text) > len("2025"):
        month_only = len(first.on.text) < len("2025-01-01")
        sent = ("i " if month_only else "") + told_day(first.on, language)
        before = (date(year, 1, 1) - first.on.latest).days
        if before > 0:
            found.append(
                say(
                    language,
                    f"Den første anmodningen kom {sent}, minst {told_number(before)} dager før året begynte.",
                    f"Den første oppmodinga kom {sent}, minst {told_number(before)} dagar før året tok til.",
                )
            )
        else:
            found.append(
                say(
                    language,
                    f"Den første anmodningen som er lagret, kom {sent}, da året var begynt.",
                    f"Den første oppmodinga som er lagra, kom {sent}, då året hadde teke til.",
                )
            )
    if not changed:
        found.append(
            say(
                language,
                "Det er ikke lagret noen endring av anmodningen i løpet av året.",
                "Det er ikkje lagra noka endring av oppmodinga i løpet av året.",
            )
        )
    return (" ".join(found),) if found else ()


def voted_section(book: FactBook, year: int, day: date, language: Language) -> Section:
    """The places the councils voted for, against what they were asked."""
    title = say(language, "Vedtakene", "Vedtaka")
    voted, asked = book.newest("voted", year, day), book.newest("request", year, day)
    if voted is None:
        words = say(
            language,
            f"Hvor mange plasser kommunene vedtok for {year}, er ukjent.",
            f"Kor mange plassar kommunane vedtok for {year}, er ukjent.",
        )
        return Section("voted", title, (words,))
    words = say(
        language,
        f"Kommunene vedtok til sammen {told_number(voted.value)} plasser for {year}.",
        f"Kommunane vedtok til saman {told_number(voted.value)} plassar for {year}.",
    )
    if asked is not None:
        words += " " + _against(int(voted.value - asked.value), language)
    return Section("voted", title, (words, *((_note(voted, language),) if voted.note else ())))


def _against(more: int, language: Language) -> str:
    number = told_number(abs(more))
    if more == 0:
        return say(language, "Det er like mange som anmodningen.", "Det er like mange som oppmodinga.")
    nb, nn = ("flere", "fleire") if more > 0 else ("færre", "færre")
    return say(language, f"Det er {number} {nb} enn anmodningen.", f"Det er {number} {nn} enn oppmodinga.")


def _note(voted: Fact, language: Language) -> str:
    """Where the source's own municipalities sum to another number, that is told."""
    other = next((word for word in voted.note.split() if word.isdigit()), "")
    if not other:
        return say(language, f"Kilde: {voted.source.title}.", f"Kjelde: {voted.source.title}.")
    number = told_number(int(other))
    return say(
        language,
        f"Kommunene i den samme kilden summerer til {number}. Hvilket tall som er rett, vet vi ikke.",
        f"Kommunane i den same kjelda summerer til {number}. Kva tal som er rett, veit vi ikkje.",
    )


def settled_section(book: FactBook, first: int, year: int, day: date, language: Language) -> Section:
    """Settled against voted, with the years before as table and chart."""
    years = balance(book, first, year, day)
    words = [_settled_words(years[-1], language)]
    words.append(
        say(
            language,
            "Behovet og anmodningen i tabellen er de siste for året. Det som ikke er kjent, står som ukjent.",
            "Behovet og oppmodinga i tabellen er dei siste for året. Det som ikkje er kjent, står som ukjent.",
        )
    )
    title = say(language, "Bosettingen", "Busetjinga")
    return Section(
        "settled", title, tuple(words), (_years_table(years, language), *_years_chart(years, language))
    )


def _settled_words(one: YearBalance, language: Language) -> str:
    if one.settled is None:
        return say(
            language,
            f"Hvor mange som ble bosatt i {one.year}, er ukjent.",
            f"Kor mange som vart busette i {one.year}, er ukjent.",
        )
    number = told_number(one.settled.value)
    words = say(
        language,
        f"{number} personer ble bosatt i {one.year}.",
        f"{number} personar vart busette i {one.year}.",
    )
    if one.settled_of_voted is None:
        return words
    share = told_number(one.settled_of_voted)
    return (
        words
        + " "
        + say(
            language,
            f"Det er {share} prosent av plassene kommunene vedtok.",
            f"Det er {share} prosent av plassane kommunane vedtok.",
        )
    )


def _years_table(years: Sequence[YearBalance], language: Language) -> Grid:
    header = (
        say(language, "År", "År"), say(language, "Behov", "Behov"), say(language, "Anmodet", "Oppmoda"),
        say(language, "Vedtatt", "Vedteke"), say(language, "Bosatt", "Busett"),
        say(language, "Av vedtatte", "Av vedtekne"),
    )  # fmt: skip
    rows = tuple(
        (
            str(one.year),
            *(fact_number(fact, language) for fact in (one.need, one.asked, one.voted, one.settled)),
            unknown(language) if one.settled_of_voted is None else f"{told_number(one.settled_of_voted)} %",
        )
        for one in years
    )
    caption = say(language, "Personer etter år", "Personar etter år")
    return Grid(caption, header, rows, frozenset({1, 2, 3, 4, 5}))


def _years_chart(years: Sequence[YearBalance], language: Language) -> tuple[Bars, ...]:
    known = [(one.year, one.settled.value) for one in years if one.settled is not None]
    if not known:
        return ()
    most, last = max(known, key=lambda one: one[1]), known[-1]
    told = f"Flest i {most[0]}: {told_number(most[1])}. I {last[0]}: {told_number(last[1])}."
    bars = tuple(Bar(str(year), float(value), told_number(value)) for year, value in known)
    caption = say(language, "Bosatte personer etter år", "Busette personar etter år")
    return (Bars(caption, say(language, told, told), bars),)


def time_section(book: FactBook, year: int, day: date, language: Language) -> Section:
    """What is known of the time from permit to settlement, in the year and the one before."""
    title = say(language, "Tiden det tok", "Tida det tok")
    rows: list[tuple[str, ...]] = []
    for code in TIMES:
        now, before = book.newest(code, year, day), book.newest(code, year - 1, day)
        if now is not None or before is not None:
            label = fact_name(code).in_language(language)
            rows.append((label, _time(before, code, language), _time(now, code, language)))
    if not any(row[2] != unknown(language) for row in rows):
        words = say(
            language,
            f"Ingen ventetid er lagret for {year}. Hvor lenge folk ventet, kan derfor ikke sies.",
            f"Inga ventetid er lagra for {year}. Kor lenge folk venta, kan difor ikkje seiast.",
        )
        return Section("time", title, (words,))
    words = say(
        language,
        f"Tabellen viser det som er kjent om ventetiden i {year}, ved siden av året før.",
        f"Tabellen viser det som er kjent om ventetida i {year}, ved sida av året før.",
    )
    header = (say(language, "Mål", "Mål"), str(year - 1), str(year))
    caption = say(language, "Fra tillatelse til bosetting", "Frå løyve til busetjing")
    facts: tuple[Block, ...] = (Grid(caption, header, tuple(rows), frozenset({1, 2})),)
    return Section("time", title, (words,), facts)


def _time(one: Fact | None, code: str, language: Language) -> str:
    return unknown(language) if one is None else told_number(one.value, code)
