"""The words of a five-year frame, on pages and in its workbook, in English, bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.grants.names import SCHEME_NAMES
from bosett.terms.label import Label

WORDS: Mapping[str, Label] = {
    key: Label(en, nb, nn)
    for key, en, nb, nn in (
        ("frame", "Frame", "Ramme", "Ramme"),
        ("assumptions", "Assumptions", "Antakelser", "Føresetnader"),
        ("rates", "Rates", "Satser", "Satsar"),
        ("groups", "Groups", "Grupper", "Grupper"),
        ("amounts", "Amounts", "Beløp", "Beløp"),
        ("rule", "Rate", "Sats", "Sats"),
        ("name", "Path", "Sti", "Sti"),
        ("how", "From where", "Hvorfra", "Kvarifrå"),
        ("known", "known", "kjent", "kjend"),
        ("own", "own amount, assumed", "eget beløp, antatt", "eige beløp, føresett"),
        ("carried", "last known, carried forward", "sist kjent, ført videre", "sist kjend, ført vidare"),
        (
            "between",
            "between years 2 and 5, assumed",
            "mellom år 2 og 5, antatt",
            "mellom år 2 og 5, føresett",
        ),
        ("assumption", "Assumption", "Antakelse", "Føresetnad"),
        ("lowest", "Lowest", "Lavest", "Lågast"),
        ("likely", "Likely (change here)", "Sannsynlig (endre her)", "Sannsynleg (endre her)"),
        ("highest", "Highest", "Høyest", "Høgast"),
        (
            "kept",
            "Part of the year that stays where a person moved from",
            "Del av året som blir i kommunen personen flyttet fra",
            "Del av året som blir i kommunen personen flytta frå",
        ),
        ("group", "Group, by year of settlement", "Gruppe, etter bosettingsår", "Gruppe, etter busetjingsår"),
        ("what", "What", "Hva", "Kva"),
        ("persons", "Persons", "Personer", "Personar"),
        (
            "start",
            "at the start of the year, or who come",
            "ved starten av året, eller som kommer",
            "ved starten av året, eller som kjem",
        ),
        ("paid", "paid for", "som det betales for", "som det blir betalt for"),
        ("settled", "Settled", "Bosatt", "Busett"),
        ("voted", "Voted for", "Vedtatt", "Vedteke"),
        ("family", "Family that comes", "Familie som kommer", "Familie som kjem"),
        (
            "small",
            "fewer than five, shown as one group",
            "færre enn fem, vist som én gruppe",
            "færre enn fem, vist som éi gruppe",
        ),
        ("collective", "collective protection", "kollektiv beskyttelse", "kollektivt vern"),
        ("scheme", "Scheme", "Ordning", "Ordning"),
        ("origin", "Who", "Hvem", "Kven"),
        ("together", "All schemes together", "Alle ordninger samlet", "Alle ordningar samla"),
        ("total", "Sum, likely", "Sum, sannsynlig", "Sum, sannsynleg"),
        ("low", "Nine of ten courses: from", "Ni av ti forløp: fra", "Ni av ti forløp: frå"),
        ("high", "Nine of ten courses: to", "Ni av ti forløp: til", "Ni av ti forløp: til"),
        (
            "residents",
            "Persons counted in innbyggertilskudd (1 July the year before)",
            "Personer i innbyggertilskuddet (1. juli året før)",
            "Personar i innbyggjartilskotet (1. juli året før)",
        ),
        (
            "innbyggertilskudd",
            "Innbyggertilskudd, kroner",
            "Innbyggertilskudd, kroner",
            "Innbyggjartilskot, kroner",
        ),
        ("unused", "Unused places", "Ubenyttede plasser", "Unytta plassar"),
        (
            "unused_cost",
            "Cost of unused places, kroner",
            "Kostnad for ubenyttede plasser, kroner",
            "Kostnad for unytta plassar, kroner",
        ),
        ("unknown", "not known", "ikke kjent", "ikkje kjent"),
    )
}


def word(key: str, language: str) -> str:
    """A word of the workbook, or the name of a scheme."""
    return (SCHEME_NAMES.get(key) or WORDS[key]).in_language(language)
