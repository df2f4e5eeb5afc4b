"""What our rates can say of a published sum, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bosett.terms.label import Label


class Verdict(StrEnum):
    """What our rates say of a published sum."""

    EXPLAINED = "explained"
    ARREARS = "arrears"
    NOT_EXACT = "not_exact"
    TOO_MANY_WAYS = "too_many_ways"
    NO_RATE = "no_rate"
    DOCUMENTED = "documented_costs"
    NO_RULE = "no_rule"
    FEW = "few"


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
    Verdict.NOT_EXACT: Label(
        "our rates do not give this sum: arrears, moves or corrections",
        "våre satser gir ikke denne summen: etterbetaling, flytting eller rettelser",
        "satsane våre gir ikkje denne summen: etterbetaling, flytting eller rettingar",
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
        "not said: the sum may be for fewer than five persons",
        "ikke sagt: summen kan gjelde færre enn fem personer",
        "ikkje sagt: summen kan gjelde færre enn fem personar",
    ),
    Verdict.NO_RULE: Label(
        "no rule of this scheme is known here",
        "ingen regel for denne ordningen er kjent her",
        "ingen regel for denne ordninga er kjend her",
    ),
}
