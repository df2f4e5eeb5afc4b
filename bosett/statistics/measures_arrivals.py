"""Measures of who applies, what is decided and who waits."""

from __future__ import annotations

from bosett.statistics.measure import Measure, MeasureKind
from bosett.terms.label import Label

CITIZENSHIP = "citizenship"
"""ISO 3166 alpha-3, or UNHCR's UNK, XXA, TIB for unknown, stateless, Tibetan."""

ARRIVALS: tuple[Measure, ...] = (
    Measure(
        "applications",
        Label("Applications for protection", "Søknader om beskyttelse", "Søknader om vern"),
        Label(
            "Applications lodged in Norway in the period; `procedure` is asylum, collective or all_ukrainian "
            "(Ukrainians by every route). Sources count differently and are never added together.",
            "Søknader fremmet i Norge i perioden; `procedure` er asylum, collective eller all_ukrainian "
            "(ukrainere uansett vei). Kildene teller ulikt og legges aldri sammen.",
            "Søknader fremja i Noreg i perioden; `procedure` er asylum, collective eller all_ukrainian "
            "(ukrainarar uansett veg). Kjeldene tel ulikt og blir aldri lagde saman.",
        ),
        "applications",
        MeasureKind.FLOW,
        True,
        True,
        ("procedure", CITIZENSHIP, "sex", "application_type", "level"),
        protected=True,
    ),
    Measure(
        "decisions",
        Label("Decisions on protection", "Vedtak om beskyttelse", "Vedtak om vern"),
        Label(
            "Decisions in the period by outcome: recognised, other_positive, positive, rejected, closed or "
            "total, at the level named.",
            "Vedtak i perioden etter utfall: recognised, other_positive, positive, rejected, closed eller "
            "total, på nivået som er nevnt.",
            "Vedtak i perioden etter utfall: recognised, other_positive, positive, rejected, closed eller "
            "total, på nivået som er nemnt.",
        ),
        "decisions",
        MeasureKind.FLOW,
        True,
        True,
        ("outcome", CITIZENSHIP, "level"),
        protected=True,
    ),
    Measure(
        "pending_applicants",
        Label("Applicants waiting", "Søkere som venter på svar", "Søkjarar som ventar på svar"),
        Label(
            "Persons whose application was under consideration at the end of the month.",
            "Personer med søknad under behandling ved utgangen av måneden.",
            "Personar med søknad under handsaming ved utgangen av månaden.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        (CITIZENSHIP,),
        protected=True,
    ),
    Measure(
        "collective_protection_granted",
        Label("Collective protection granted", "Innvilget kollektiv beskyttelse", "Innvilga kollektivt vern"),
        Label(
            "Persons granted temporary collective protection in the period.",
            "Personer innvilget midlertidig kollektiv beskyttelse i perioden.",
            "Personar innvilga mellombels kollektivt vern i perioden.",
        ),
        "persons",
        MeasureKind.FLOW,
        True,
        True,
        (CITIZENSHIP,),
        protected=True,
    ),
    Measure(
        "collective_protection_holders",
        Label(
            "Persons with collective protection",
            "Personer med kollektiv beskyttelse",
            "Personar med kollektivt vern",
        ),
        Label(
            "Persons with temporary collective protection at the end of the month.",
            "Personer med midlertidig kollektiv beskyttelse ved utgangen av måneden.",
            "Personar med mellombels kollektivt vern ved utgangen av månaden.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        (CITIZENSHIP,),
        protected=True,
    ),
    Measure(
        "refugee_population",
        Label("Persons of concern to UNHCR", "Personer UNHCR teller", "Personar UNHCR tel"),
        Label(
            "Persons in Norway at the end of the year by UNHCR's group: refugees, asylum_seekers or stateless.",
            "Personer i Norge ved utgangen av året etter UNHCRs gruppe: refugees, asylum_seekers eller "
            "stateless.",
            "Personar i Noreg ved utgangen av året etter UNHCR si gruppe: refugees, asylum_seekers eller "
            "stateless.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        ("population_group", CITIZENSHIP, "sex", "age"),
        protected=True,
    ),
)
