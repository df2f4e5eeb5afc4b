"""Measures of the agreement itself: need, request, answer, settled, moved on, paid."""

from __future__ import annotations

from bosett.statistics.measure import Measure, MeasureKind
from bosett.terms.label import Label

GROUP = "group"
"""all unaccompanied minors `em`, `em_under15`, `em_15_17`; without it everybody, minors included."""
PROTECTION = "protection"
"""`collective` (temporary collective protection)."""
ORIGIN = "origin"
"""`ukrainian`, `other`: as IMDi counted in 2022-2024."""


def _flow(
    measure_id: str,
    name: Label,
    definition: Label,
    dimensions: tuple[str, ...] = (),
    unit: str = "persons",
    periods: bool = True,
) -> Measure:
    kind = MeasureKind.FLOW
    return Measure(
        measure_id, name, definition, unit, kind, True, periods, dimensions, protected=unit == "persons"
    )


SETTLEMENT: tuple[Measure, ...] = (
    _flow(
        "need",
        Label("Need for settlement", "Bosettingsbehov", "Busetjingsbehov"),
        Label(
            "Persons that the State expected would need a municipality in the year, as stated; dimension "
            "`statement` tells the first and the revised statement.",
            "Personer staten ventet ville trenge en kommune i året, slik det ble oppgitt; inndelingen "
            "`statement` skiller første og revidert anslag.",
            "Personar staten venta ville trenge ein kommune i året, slik det vart oppgitt; inndelinga "
            "`statement` skil mellom første og revidert overslag.",
        ),
        ("statement",),
    ),
    _flow(
        "asked",
        Label("Asked (anmodning)", "Anmodet", "Oppmoda"),
        Label(
            "Persons that the State asked the municipality to settle in the year, as adjusted during the "
            "year where it was.",
            "Personer staten anmodet kommunen om å bosette i året, slik tallet var etter justeringer.",
            "Personar staten oppmoda kommunen om å busetje i året, slik talet var etter justeringar.",
        ),
        (GROUP,),
    ),
    _flow(
        "asked_original",
        Label("Asked at first", "Opprinnelig anmodet", "Opphavleg oppmoda"),
        Label(
            "The request as first sent, before it was changed; stored for 2020 and 2022 only.",
            "Anmodningen slik den først ble sendt, før den ble endret; lagret bare for 2020 og 2022.",
            "Oppmodinga slik ho først vart send, før ho vart endra; lagra berre for 2020 og 2022.",
        ),
    ),
    _flow(
        "voted",
        Label("Voted (vedtak)", "Vedtatt", "Vedteke"),
        Label(
            "Persons that the municipality has decided to settle in the year.",
            "Personer kommunen har vedtatt å bosette i året.",
            "Personar kommunen har vedteke å busetje i året.",
        ),
        (GROUP,),
    ),
    _flow(
        "agreed",
        Label("Agreed", "Avtalt bosatt", "Avtalt busett"),
        Label(
            "Persons with an agreed place in the municipality who were not yet settled on the day of the "
            "source (2024 only).",
            "Personer med avtalt plass i kommunen som ennå ikke var bosatt på kildens dato (bare 2024).",
            "Personar med avtalt plass i kommunen som enno ikkje var busette på datoen til kjelda "
            "(berre 2024).",
        ),
        (ORIGIN,),
    ),
    _flow(
        "settled",
        Label("Settled", "Bosatt", "Busett"),
        Label(
            "Persons settled in the municipality in the year as IMDi counts them: with a place agreed with "
            "the State, reunited family not counted.",
            "Personer bosatt i kommunen i året slik IMDi teller: etter avtale med staten, uten "
            "familiegjenforente.",
            "Personar busette i kommunen i året slik IMDi tel: etter avtale med staten, utan "
            "familieattsameinte.",
        ),
        (GROUP, PROTECTION, ORIGIN, "sex", "age"),
    ),
    _flow(
        "grants_paid",
        Label("State grants paid", "Utbetalte tilskudd", "Utbetalte tilskot"),
        Label(
            "Kroner that IMDi paid to the municipality in the year, by scheme; `scheme` total is IMDi's "
            "own sum.",
            "Kroner IMDi betalte til kommunen i året, etter ordning; `scheme` total er IMDis egen sum.",
            "Kroner IMDi betalte til kommunen i året, etter ordning; `scheme` total er IMDi sin eigen sum.",
        ),
        ("scheme",),
        unit="nok",
    ),
)
