"""What the dimensions of published figures and their codes are called, in English, bokmål and nynorsk.

Citizenships are not here: they are ISO 3166 codes with names of their own (`bosett.sources.citizenships`).
"""

from __future__ import annotations

from collections.abc import Mapping

from bosett.terms.label import Label

DIMENSIONS: Mapping[str, Label] = {
    code: Label(en, nb, nn)
    for code, en, nb, nn in (
        ("age", "Age", "Alder", "Alder"),
        ("application_type", "Kind of application", "Type søknad", "Type søknad"),
        ("citizenship", "Citizenship", "Statsborgerskap", "Statsborgarskap"),
        ("group", "Group", "Gruppe", "Gruppe"),
        ("level", "Instance", "Instans", "Instans"),
        ("origin", "Origin", "Opprinnelse", "Opphav"),
        ("outcome", "Outcome", "Utfall", "Utfall"),
        ("population_group", "Group of persons", "Persongruppe", "Persongruppe"),
        ("procedure", "Procedure", "Prosedyre", "Prosedyre"),
        ("protection", "Protection", "Beskyttelse", "Vern"),
        ("residence_years", "Years in Norway", "Botid i Norge", "Butid i Noreg"),
        ("route", "How they came", "Hvordan de kom", "Korleis dei kom"),
        ("scheme", "Grant scheme", "Tilskuddsordning", "Tilskotsordning"),
        ("sex", "Sex", "Kjønn", "Kjønn"),
        ("statement", "Statement", "Framlegging", "Framlegging"),
        ("work_status", "Work", "Arbeid", "Arbeid"),
    )
}
CODES: Mapping[tuple[str, str], Label] = {
    (dimension, code): Label(en, nb, nn)
    for dimension, code, en, nb, nn in (
        ("age", "0_4", "0–4", "0–4", "0–4"),
        ("age", "5_11", "5–11", "5–11", "5–11"),
        ("age", "12_17", "12–17", "12–17", "12–17"),
        ("age", "18_59", "18–59", "18–59", "18–59"),
        ("age", "60_plus", "60 and over", "60 og over", "60 og over"),
        ("age", "not_stated", "not stated", "ikke oppgitt", "ikkje oppgitt"),
        ("age", "up_to_55", "up to 55", "til og med 55", "til og med 55"),
        ("age", "over_55", "over 55", "over 55", "over 55"),
        ("application_type", "N", "new", "ny", "ny"),
        ("application_type", "R", "repeated", "gjentatt", "gjenteken"),
        ("application_type", "A", "appeal", "klage", "klage"),
        ("application_type", "V", "various", "ulike", "ulike"),
        ("group", "em", "unaccompanied minors", "enslige mindreårige", "einslege mindreårige"),
        ("group", "em_under15", "unaccompanied minors under 15", "enslige mindreårige under 15",
         "einslege mindreårige under 15"),
        ("group", "em_15_17", "unaccompanied minors 15–17", "enslige mindreårige 15–17",
         "einslege mindreårige 15–17"),
        ("level", "FI", "first instance", "første instans", "første instans"),
        ("level", "AR", "administrative review", "klage i forvaltningen", "klage i forvaltinga"),
        ("level", "RA", "repeated or reopened", "gjentatt eller gjenopptatt", "gjenteken eller teken opp att"),
        ("origin", "ukrainian", "Ukrainian citizens", "ukrainske borgere", "ukrainske borgarar"),
        ("origin", "other", "others", "andre", "andre"),
        ("outcome", "positive", "granted", "innvilget", "innvilga"),
        ("outcome", "recognised", "recognised as refugees", "anerkjent som flyktninger", "anerkjende som flyktningar"),
        ("outcome", "other_positive", "other residence permit", "annen oppholdstillatelse", "anna opphaldsløyve"),
        ("outcome", "rejected", "refused", "avslått", "avslått"),
        ("outcome", "closed", "closed without a decision on the merits", "henlagt eller trukket",
         "lagd bort eller trekt"),
        ("outcome", "total", "all decisions", "alle vedtak", "alle vedtak"),
        ("population_group", "refugees", "refugees", "flyktninger", "flyktningar"),
        ("population_group", "asylum_seekers", "asylum seekers", "asylsøkere", "asylsøkjarar"),
        ("population_group", "stateless", "stateless persons", "statsløse", "statslause"),
        ("procedure", "asylum", "asylum", "asyl", "asyl"),
        ("procedure", "collective", "collective protection", "kollektiv beskyttelse", "kollektivt vern"),
        ("procedure", "all_ukrainian", "Ukrainian citizens, both procedures",
         "ukrainske borgere, begge prosedyrer", "ukrainske borgarar, begge prosedyrar"),
        ("protection", "collective", "collective protection", "kollektiv beskyttelse", "kollektivt vern"),
        ("residence_years", "0_4", "0–4 years", "0–4 år", "0–4 år"),
        ("residence_years", "5_plus", "5 years and more", "5 år og mer", "5 år og meir"),
        ("route", "settled_here", "settled here", "bosatt her", "busett her"),
        ("route", "moved_here", "moved here later", "flyttet hit senere", "flytta hit seinare"),
        ("route", "unknown", "unknown", "ukjent", "ukjent"),
        ("scheme", "total", "all schemes", "alle ordninger", "alle ordningar"),
        ("scheme", "integration_year_1", "integration grant, year 1", "integreringstilskudd, år 1",
         "integreringstilskot, år 1"),
        ("scheme", "integration_years_2_5", "integration grant, years 2–5", "integreringstilskudd, år 2–5",
         "integreringstilskot, år 2–5"),
        ("scheme", "unaccompanied_minor", "grant for unaccompanied minors",
         "særskilt tilskudd for enslige mindreårige", "særskilt tilskot for einslege mindreårige"),
        ("scheme", "special", "grant for reduced functioning", "tilskudd ved nedsatt funksjonsevne",
         "tilskot ved nedsett funksjonsevne"),
        ("scheme", "norwegian", "Norwegian language training", "norskopplæring", "norskopplæring"),
        ("scheme", "norwegian_in_reception", "Norwegian training in reception centres",
         "norskopplæring i mottak", "norskopplæring i mottak"),
        ("scheme", "competence_mapping", "mapping of competence", "kompetansekartlegging",
         "kompetansekartlegging"),
        ("scheme", "extra_above_request", "extra grant above the request", "ekstratilskudd utover anmodning",
         "ekstratilskot utover oppmoding"),
        ("scheme", "covid_package", "package during the pandemic", "pandemipakke", "pandemipakke"),
        ("sex", "men", "men", "menn", "menn"),
        ("sex", "women", "women", "kvinner", "kvinner"),
        ("statement", "first", "first", "første", "første"),
        ("statement", "revised", "revised", "justert", "justert"),
        ("work_status", "fully", "fully unemployed", "helt ledige", "heilt ledige"),
        ("work_status", "partly", "partly unemployed", "delvis ledige", "delvis ledige"),
        ("work_status", "measures", "on labour market measures", "på arbeidsmarkedstiltak",
         "på arbeidsmarknadstiltak"),
    )
}  # fmt: skip
UNITS: Mapping[str, Label] = {
    "persons": Label("persons", "personer", "personar"),
    "nok": Label("kroner", "kroner", "kroner"),
    "percent": Label("per cent", "prosent", "prosent"),
    "applications": Label("applications", "søknader", "søknader"),
    "decisions": Label("decisions", "vedtak", "vedtak"),
}


def dimension_name(dimension: str) -> Label:
    """What a dimension is called; one that came with an import of somebody's own is called by its code."""
    return DIMENSIONS.get(dimension) or Label(dimension, dimension, dimension)


def code_name(dimension: str, code: str) -> Label:
    """What a code of a dimension is called; one that is not known is called by itself."""
    return CODES.get((dimension, code)) or Label(code, code, code)


def unit_name(unit: str) -> Label:
    """What a unit is called."""
    return UNITS.get(unit) or Label(unit, unit, unit)
