"""Legal references, as each line names them; `rulebook` says what each rule means."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.terms.label import Label

INTEGRATION = "Regulation on integreringstilskudd 2018 (19 Dec 2017); IMDi, integreringstilskot (8 Mar 2024)"
ELDER = "IMDi circular 01/13 point 7"
KINDERGARTEN = "IMDi circular 01/13 point 6"
MINORS = "IMDi, tilskudd for enslige mindreårige (2021); payments of 2022 and 2023 in whole twelfths"
MINORS_2016 = "IMDi, tilskudd for enslige mindreårige 2016"
NORWEGIAN = (
    "IMDi, tilskot til opplæring i norsk og samfunnskunnskap (23 Apr 2024); integreringsloven section 27"
)
NORWEGIAN_COLLECTIVE = (
    "IMDi, tilskot til opplæring i norsk for personar med kollektiv beskyttelse (12 Sep 2022); "
    "integreringsloven section 37 d; integreringsforskriften section 43 g"
)
SPECIAL = (
    "IMDi circular 05/2023; IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne (4 Mar 2024)"
)
HOST = "UDI RS 2011-025"
AMOT = "UDI RS 2013-013V"
MAMOT = "UDI 2022-003, instruction GI-04/2022"
EXTRA_2016 = "Fylkesmannen i Rogaland, extra grant for settling above the request of 2015"
EXTRA_2023 = "Revised national budget 2023, extra grant for settling above the original request"
UNUSED = "IMDi, kompensasjonsordning for ubenyttede vedtaksplasser i kommunene (2022)"
TWELFTHS = "Summary of IMDi's pages, 2024; payments of 2022 and 2023 end in twelfths"
EIGHTHS = "IMDi's statistics pages 2015-2018, table of shares in the year of moving"
MAPPING = "IMDi, grants paid per municipality 2022 and 2023 (the rule itself was not read)"

LABELS: Mapping[str, Label] = {
    one: Label(one, nb, nn)
    for one, nb, nn in (
        (
            INTEGRATION,
            "Forskrift om integreringstilskudd 2018 (19. desember 2017); IMDi, integreringstilskot (8. mars 2024)",
            "Forskrift om integreringstilskot 2018 (19. desember 2017); IMDi, integreringstilskot (8. mars 2024)",
        ),
        (ELDER, "IMDis rundskriv 01/13 punkt 7", "IMDi-rundskriv 01/13 punkt 7"),
        (KINDERGARTEN, "IMDis rundskriv 01/13 punkt 6", "IMDi-rundskriv 01/13 punkt 6"),
        (
            MINORS,
            "IMDi, tilskudd for enslige mindreårige (2021); utbetalingene i 2022 og 2023 i hele tolvdeler",
            "IMDi, tilskudd for enslige mindreårige (2021); utbetalingane i 2022 og 2023 i heile tolvdelar",
        ),
        (MINORS_2016, MINORS_2016, MINORS_2016),
        (
            NORWEGIAN,
            "IMDi, tilskot til opplæring i norsk og samfunnskunnskap (23. april 2024); integreringsloven § 27",
            "IMDi, tilskot til opplæring i norsk og samfunnskunnskap (23. april 2024); integreringslova § 27",
        ),
        (
            NORWEGIAN_COLLECTIVE,
            "IMDi, tilskot til opplæring i norsk for personar med kollektiv beskyttelse (12. september 2022);"
            " integreringsloven § 37 d; integreringsforskriften § 43 g",
            "IMDi, tilskot til opplæring i norsk for personar med kollektiv beskyttelse (12. september 2022);"
            " integreringslova § 37 d; integreringsforskrifta § 43 g",
        ),
        (
            SPECIAL,
            "IMDis rundskriv 05/2023; IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne"
            " (4. mars 2024)",
            "IMDi-rundskriv 05/2023; IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne"
            " (4. mars 2024)",
        ),
        (HOST, HOST, HOST),
        (AMOT, AMOT, AMOT),
        (MAMOT, "UDI 2022-003, instruks GI-04/2022", "UDI 2022-003, instruks GI-04/2022"),
        (
            EXTRA_2016,
            "Fylkesmannen i Rogaland, ekstratilskudd for å bosette flere enn anmodningen i 2015",
            "Fylkesmannen i Rogaland, ekstratilskot for å busetje fleire enn oppmodinga i 2015",
        ),
        (
            EXTRA_2023,
            "Revidert nasjonalbudsjett 2023, ekstratilskudd for å bosette flere enn den opprinnelige anmodningen",
            "Revidert nasjonalbudsjett 2023, ekstratilskot for å busetje fleire enn den opphavlege oppmodinga",
        ),
        (UNUSED, UNUSED, UNUSED),
        (
            TWELFTHS,
            "Sammendrag av IMDis sider, 2024; utbetalingene i 2022 og 2023 ender i tolvdeler",
            "Samandrag av IMDi sine sider, 2024; utbetalingane i 2022 og 2023 endar i tolvdelar",
        ),
        (
            EIGHTHS,
            "IMDis statistikksider 2015–2018, tabell over andeler i flytteåret",
            "IMDi sine statistikksider 2015–2018, tabell over delar i flytteåret",
        ),
        (
            MAPPING,
            "IMDi, utbetalte tilskudd per kommune 2022 og 2023 (selve regelen er ikke lest)",
            "IMDi, utbetalte tilskot per kommune 2022 og 2023 (sjølve regelen er ikkje lesen)",
        ),
    )
}
"""Each reference in the three languages; titles of the sources' own pages stand as the sources have them."""
_DIVIDED = "; grants/"
_DIVISIONS = {
    "twelfths_month_and_next": Label(
        "divided in twelfths at a move, the month of the move and the next to the municipality left",
        "delt i tolvdeler ved flytting, flyttemåneden og den neste til fraflyttingskommunen",
        "delt i tolvdelar ved flytting, flyttemånaden og den neste til fråflyttingskommunen",
    ),
    "eighths_by_quarter": Label(
        "divided in eighths at a move, by the quarter of the move",
        "delt i åttedeler ved flytting, etter kvartalet for flyttingen",
        "delt i åttedelar ved flytting, etter kvartalet for flyttinga",
    ),
}


def in_language(stored: str, language: str) -> str:
    """The reference of a line in a language; a text that is none of ours, as of an older version, as it stands.

    Parameters
    ----------
    stored
        As the line holds it: a reference, and after it the rule of division when the year was divided.
    language
        `en`, `nb` or `nn`.
    """
    reference, _divided, division = stored.partition(_DIVIDED)
    told = LABELS[reference].in_language(language) if reference in LABELS else reference
    version = division.rpartition(": ")[2]
    if version in _DIVISIONS:
        return f"{told}; {_DIVISIONS[version].in_language(language)}"
    return f"{told}{_divided}{division}"
