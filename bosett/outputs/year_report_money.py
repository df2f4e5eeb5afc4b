"""Pressure, money and what was decided, as the year's report tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bosett.agreement import FactBook
from bosett.agreement.names import fact_name
from bosett.outputs.paper import Bar, Bars, Grid, Language, Points, say
from bosett.outputs.plain_numbers import month_name
from bosett.outputs.year_report_sections import Section
from bosett.outputs.year_report_words import SMALLEST, told_number

SCHEMES = ("integration", "unaccompanied_minor", "norwegian")
Pressed = tuple[date, int, int, int]
"""(month, how many answered, of how many, the middle one's index)."""


def pressure_section(pressed: Sequence[Pressed], year: int, language: Language, *, modelled: bool) -> Section:
    """What the municipalities told of housing and services, month by month; months few answered are left out."""
    title = say(language, "Press på boliger og tjenester", "Press på bustader og tenester")
    shown = [one for one in pressed if one[1] >= SMALLEST]
    if not shown:
        words = say(
            language,
            f"Ingen svar fra kommunene om {year} er lagret. Hvor stort presset var, kan derfor ikke sies.",
            f"Ingen svar frå kommunane om {year} er lagra. Kor stort presset var, kan difor ikkje seiast.",
        )
        return Section("pressure", title, (words,))
    month, answered, every, middle = shown[-1]
    named = f"{month_name(month.month, language)} {month.year}"
    words = say(
        language,
        f"I {named} svarte {told_number(answered)} av {told_number(every)} kommuner. Halvparten av dem lå på "
        f"{middle} eller høyere, der 0 er ikke noe press og 100 er at ingen flere kan tas imot.",
        f"I {named} svara {told_number(answered)} av {told_number(every)} kommunar. Halvparten av dei låg på "
        f"{middle} eller høgare, der 0 er ikkje noko press og 100 er at ingen fleire kan takast imot.",
    )
    notes = (_made_up(language),) if modelled else ()
    return Section("pressure", title, (words, *notes), _months(shown, language))


def _made_up(language: Language) -> str:
    return say(
        language,
        "Svarene er laget for demonstrasjonen. De er ikke kommunenes egne.",
        "Svara er laga for demonstrasjonen. Dei er ikkje kommunane sine eigne.",
    )


def _months(shown: Sequence[Pressed], language: Language) -> tuple[Bars, Grid]:
    names = [month_name(month.month, language) for month, *_ in shown]
    caption = say(language, "Kommunen i midten, 0 til 100", "Kommunen i midten, 0 til 100")
    lowest, highest = min(one[3] for one in shown), max(one[3] for one in shown)
    seen = say(language, f"Mellom {lowest} og {highest}.", f"Mellom {lowest} og {highest}.")
    bars = [Bar(name, float(one[3]), str(one[3])) for name, one in zip(names, shown, strict=True)]
    header = (
        say(language, "Måned", "Månad"), say(language, "Svarte", "Svara"), say(language, "I midten", "I midten")
    )  # fmt: skip
    rows = tuple((name, told_number(one[1]), str(one[3])) for name, one in zip(names, shown, strict=True))
    answers = say(language, "Kommuner som svarte", "Kommunar som svara")
    return Bars(caption, seen, tuple(bars)), Grid(answers, header, rows, frozenset({1, 2}))


def cost_section(book: FactBook, year: int, day: date, language: Language) -> Section:
    """What the grants covered of the mapped expenditure, in the last years that are published."""
    facts = [
        fact
        for scheme in SCHEMES
        for one in (year, year - 1, year - 2)
        if (fact := book.newest(f"coverage_{scheme}", one, day)) is not None
    ]
    title = say(language, "Utgifter og dekning", "Utgifter og dekning")
    if not facts:
        words = say(
            language,
            "Det er ikke funnet noen kartlegging av kommunenes utgifter for de siste tre årene.",
            "Det er ikkje funne noka kartlegging av utgiftene til kommunane for dei siste tre åra.",
        )
        return Section("cost", title, (words,))
    newest = max(one.year for one in facts)
    words = say(
        language,
        f"Tabellen viser hvor mye tilskuddene dekket av utgiftene som er kartlagt. De nyeste tallene er for {newest}.",
        f"Tabellen viser kor mykje tilskota dekte av utgiftene som er kartlagde. Dei nyaste tala er for {newest}.",
    )
    table = Grid(
        say(language, "Dekning av kartlagte utgifter, prosent", "Dekning av kartlagde utgifter, prosent"),
        (say(language, "Ordning", "Ordning"), say(language, "Regnskapsår", "Rekneskapsår"), "%"),
        tuple(
            (
                fact_name(one.what).in_language(language).split(",")[0],
                str(one.year),
                told_number(one.value),
            )
            for one in facts
        ),
        frozenset({1, 2}),
    )
    return Section("cost", title, (words,), (table,))


def discussed_section(matters: Sequence[tuple[str, str]] | None, language: Language) -> Section:
    """What was taken up and what was decided, as the minutes tell it."""
    title = say(language, "Tatt opp og avgjort", "Teke opp og avgjort")
    if matters is None:
        lacking = say(
            language,
            "Ingen referater fra året er lagret. Hva partene tok opp, kan derfor ikke sies.",
            "Ingen referat frå året er lagra. Kva partane tok opp, kan difor ikkje seiast.",
        )
        return Section("discussed", title, (lacking,))
    if not matters:
        return Section("discussed", title, (say(language, "Ingen saker.", "Ingen saker."),))
    words = say(
        language,
        f"Partene tok opp {told_number(len(matters))} saker. Her er det som ble avgjort.",
        f"Partane tok opp {told_number(len(matters))} saker. Her er det som vart avgjort.",
    )
    return Section(
        "discussed", title, (words,), (Points(tuple(f"{matter}: {decided}" for matter, decided in matters)),)
    )
