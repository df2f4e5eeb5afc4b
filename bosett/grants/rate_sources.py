"""Titles and sections of the rates' sources that are told in words of ours; a Norwegian title is a name."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.terms.label import Label

TITLES: Mapping[str, Label] = {
    one: Label(one, nb, nn)
    for one, nb, nn in (
        (
            "IMDi, grants paid per municipality 2022 and 2023",
            "IMDi, utbetalte tilskudd per kommune 2022 og 2023",
            "IMDi, utbetalte tilskot per kommune 2022 og 2023",
        ),
        (
            "Samarbeidsdesken, summary of IMDi's pages for the local press, February to November 2024",
            "Samarbeidsdesken, sammendrag av IMDis sider for lokalpressen, februar til november 2024",
            "Samarbeidsdesken, samandrag av IMDi sine sider for lokalpressa, februar til november 2024",
        ),
        (
            "KS, on the state budget 2023: kan bli vanskelig å bosette flyktninger",
            "KS, om statsbudsjettet 2023: kan bli vanskelig å bosette flyktninger",
            "KS, om statsbudsjettet 2023: kan bli vanskelig å bosette flyktninger",
        ),
        (
            "Kommunal- og moderniseringsdepartementet, overview of grants 2016",
            "Kommunal- og moderniseringsdepartementet, oversikt over tilskudd 2016",
            "Kommunal- og moderniseringsdepartementet, oversyn over tilskot 2016",
        ),
        (
            "IMDi, tilskot til opplæring i norsk og samfunnskunnskap for vaksne innvandrarar (23 April 2024)",
            "IMDi, tilskot til opplæring i norsk og samfunnskunnskap for vaksne innvandrarar (23. april "
            "2024)",
            "IMDi, tilskot til opplæring i norsk og samfunnskunnskap for vaksne innvandrarar (23. april "
            "2024)",
        ),
        (
            "KS, on the integration part of the state budget 2019",
            "KS, om integreringsdelen av statsbudsjettet 2019",
            "KS, om integreringsdelen av statsbudsjettet 2019",
        ),
        (
            "IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne eller atferdsvansker (4 "
            "March 2024)",
            "IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne eller atferdsvansker (4. "
            "mars 2024)",
            "IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne eller atferdsvansker (4. "
            "mars 2024)",
        ),
        (
            "UDI RS 2013-013V, rates for alternative reception places",
            "UDI RS 2013-013V, satser for alternative mottaksplasser",
            "UDI RS 2013-013V, satsar for alternative mottaksplassar",
        ),
        (
            "IMDi, tilskot til opplæring i norsk for vaksne personar med kollektiv beskyttelse (12 September"
            " 2022)",
            "IMDi, tilskot til opplæring i norsk for vaksne personar med kollektiv beskyttelse (12. "
            "september 2022)",
            "IMDi, tilskot til opplæring i norsk for vaksne personar med kollektiv beskyttelse (12. "
            "september 2022)",
        ),
        (
            "IMDi, integreringstilskot (updated 8 March 2024)",
            "IMDi, integreringstilskot (oppdatert 8. mars 2024)",
            "IMDi, integreringstilskot (oppdatert 8. mars 2024)",
        ),
        (
            "IMDi's statistics pages 2015-2018, table of shares in the year of moving",
            "IMDis statistikksider 2015–2018, tabell over andeler i flytteåret",
            "IMDi sine statistikksider 2015–2018, tabell over delar i flytteåret",
        ),
        (
            "IMDi circular 01/13",
            "IMDis rundskriv 01/13",
            "IMDi-rundskriv 01/13",
        ),
        (
            "Regulation on integreringstilskudd, eldretilskudd and barnehagetilskudd 2018",
            "Forskrift om integreringstilskudd, eldretilskudd og barnehagetilskudd 2018",
            "Forskrift om integreringstilskot, eldretilskot og barnehagetilskot 2018",
        ),
        (
            "Bosett's own assumption",
            "Bosetts egen antakelse",
            "Noko Bosett sjølv går ut frå",
        ),
        (
            "read back from the sums paid, copy of 11 March 2024 at github.com/Samarbeidsdesken/p02-ukraina",
            "regnet tilbake fra summene som er betalt, kopi fra 11. mars 2024 på "
            "github.com/Samarbeidsdesken/p02-ukraina",
            "rekna tilbake frå summane som er betalte, kopi frå 11. mars 2024 på "
            "github.com/Samarbeidsdesken/p02-ukraina",
        ),
        (
            "app.py",
            "app.py",
            "app.py",
        ),
        (
            "app.py, a later version",
            "app.py, en senere versjon",
            "app.py, ein seinare versjon",
        ),
        (
            "table of contents, points 6 and 7",
            "innholdsfortegnelsen, punkt 6 og 7",
            "innhaldslista, punkt 6 og 7",
        ),
        (
            "rates from 1 January 2018",
            "satser fra 1. januar 2018",
            "satsar frå 1. januar 2018",
        ),
        (
            "IMDi, grants paid per municipality and scheme, 2022 and 2023",
            "IMDi, utbetalte tilskudd per kommune og ordning, 2022 og 2023",
            "IMDi, utbetalte tilskot per kommune og ordning, 2022 og 2023",
        ),
    )
}
