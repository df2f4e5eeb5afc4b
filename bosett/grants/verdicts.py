"""What our rates can say of a published sum, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bosett.terms.label import Label


class Verdict(StrEnum):
    """What our rates say of a published sum."""

    EXPLAINED = "explained"
    ARREARS = "arrears"
    MOVES = "moves"
    REPAID = "repaid"
    OTHER_PERSONS = "arrears_or_corrections"
    TOO_MANY_WAYS = "too_many_ways"
    NO_RATE = "no_rate"
    DOCUMENTED = "documented_costs"
    NO_RULE = "no_rule"
    FEW = "few"
    HIDDEN = "anonymised_cell"


VERDICTS: Mapping[Verdict, Label] = {
    Verdict.EXPLAINED: Label(
        "our rates give exactly this sum",
        "våre satser gir nøyaktig denne summen",
        "satsane våre gir nøyaktig denne summen",
    ),
    Verdict.ARREARS: Label(
        "exact when a part is paid at an earlier year's rate: arrears",
        "nøyaktig når en del er betalt med satsen for et tidligere år: etterbetaling",
        "nøyaktig når ein del er betalt med satsen for eit tidlegare år: etterbetaling",
    ),
    Verdict.MOVES: Label(
        "a part of a year is in it, since the sum is not whole hundreds as every rate is: somebody moved",
        "en del av et år er med, siden summen ikke er hele hundre slik satsene er: noen flyttet",
        "ein del av eit år er med, sidan summen ikkje er heile hundre slik satsane er: nokon flytta",
    ),
    Verdict.REPAID: Label(
        "paid back: a correction of earlier payments",
        "betalt tilbake: en retting av tidligere utbetalinger",
        "betalt tilbake: ei retting av tidlegare utbetalingar",
    ),
    Verdict.OTHER_PERSONS: Label(
        "not what the year's rates give alone: arrears of earlier years or corrections",
        "ikke det årets satser gir alene: etterbetaling for tidligere år eller rettinger",
        "ikkje det satsane for året gir åleine: etterbetaling for tidlegare år eller rettingar",
    ),
    Verdict.TOO_MANY_WAYS: Label(
        "not tested: so many persons can be added up to this sum that a fit would say nothing",
        "ikke prøvd: så mange personer kan gi denne summen at et treff ikke ville si noe",
        "ikkje prøvd: så mange personar kan gi denne summen at eit treff ikkje ville seie noko",
    ),
    Verdict.NO_RATE: Label(
        "a rate that the sum is made of is not known",
        "en sats som summen er laget av, er ikke kjent",
        "ein sats som summen er laga av, er ikkje kjend",
    ),
    Verdict.DOCUMENTED: Label(
        "documented costs below the cap may be any sum",
        "dokumenterte kostnader under taket kan være en hvilken som helst sum",
        "dokumenterte kostnader under taket kan vere kva sum som helst",
    ),
    Verdict.FEW: Label(
        "not said: it may be about fewer than five persons or municipalities",
        "ikke sagt: det kan gjelde færre enn fem personer eller kommuner",
        "ikkje sagt: det kan gjelde færre enn fem personar eller kommunar",
    ),
    Verdict.HIDDEN: Label(
        "hidden by the source, for fewer than five persons: the sum is not worked out from the total",
        "skjult av kilden, for færre enn fem personer: summen er ikke regnet ut av totalen",
        "skjult av kjelda, for færre enn fem personar: summen er ikkje rekna ut av totalen",
    ),
    Verdict.NO_RULE: Label(
        "no rule of this scheme is known here",
        "ingen regel for denne ordningen er kjent her",
        "ingen regel for denne ordninga er kjend her",
    ),
}
