"""Measures of the municipality around the settlement: people, moves, doctors, work."""

from __future__ import annotations

from bosett.statistics.measure import Measure, MeasureKind
from bosett.terms.label import Label

SURROUNDINGS: tuple[Measure, ...] = (
    Measure(
        "population",
        Label("Population", "Folketall", "Folketal"),
        Label(
            "Persons resident on 1 January, on the borders of 2024.",
            "Personer bosatt 1. januar, på grensene av 2024.",
            "Personar busette 1. januar, på grensene av 2024.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
    ),
    Measure(
        "refugees_resident",
        Label("Refugees living here", "Flyktninger som bor her", "Flyktningar som bur her"),
        Label(
            "Refugees living in the municipality by way they came (`settled_here`, `moved_here`, `unknown`) "
            "and years of residence (`0_4`, `5_plus`); none named means all.",
            "Flyktninger som bor i kommunen etter hvordan de kom (`settled_here`, `moved_here`, `unknown`) "
            "og botid (`0_4`, `5_plus`); ingen nevnt betyr alle.",
            "Flyktningar som bur i kommunen etter korleis dei kom (`settled_here`, `moved_here`, `unknown`) "
            "og butid (`0_4`, `5_plus`); ingen nemnt tyder alle.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        ("residence_years", "route"),
        protected=True,
    ),
    Measure(
        "patients_without_gp",
        Label("Patients without a regular GP", "Pasienter uten fastlege", "Pasientar utan fastlege"),
        Label(
            "Persons on a list without a permanent doctor.",
            "Personer på liste uten fast lege.",
            "Personar på liste utan fast lege.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        protected=True,
    ),
    Measure(
        "patients_without_gp_share",
        Label("Share without a regular GP", "Andel pasienter uten fastlege", "Del pasientar utan fastlege"),
        Label(
            "Per cent of the persons on lists in the municipality whose list has no permanent doctor.",
            "Prosent av personene på lister i kommunen som står på liste uten fast lege.",
            "Prosent av personane på lister i kommunen som står på liste utan fast lege.",
        ),
        "percent",
        MeasureKind.RATE,
        False,
        False,
    ),
    Measure(
        "gp_reserve_capacity",
        Label(
            "Reserve capacity of GPs", "Reservekapasitet hos fastlegene", "Reservekapasitet hos fastlegane"
        ),
        Label(
            "List places in per cent of list patients: 100 means that every place is taken.",
            "Listeplasser i prosent av listepasienter: 100 betyr at alle plasser er opptatt.",
            "Listeplassar i prosent av listepasientar: 100 tyder at alle plassar er opptekne.",
        ),
        "percent",
        MeasureKind.RATE,
        False,
        False,
    ),
    Measure(
        "unemployed",
        Label("Registered unemployed", "Registrerte arbeidsledige", "Registrerte arbeidsledige"),
        Label(
            "Persons registered with NAV in the month: `work_status` fully (fully unemployed), partly, or "
            "measures (jobseekers on measures).",
            "Personer registrert hos NAV i måneden: `work_status` fully (helt ledige), partly (delvis ledige) "
            "eller measures (arbeidssøkere på tiltak).",
            "Personar registrerte hos NAV i månaden: `work_status` fully (heilt ledige), partly (delvis "
            "ledige) eller measures (arbeidssøkjarar på tiltak).",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        ("sex", "work_status"),
        protected=True,
    ),
    Measure(
        "unemployed_share",
        Label(
            "Unemployed, share of the labour force",
            "Arbeidsledige, andel av arbeidsstyrken",
            "Arbeidsledige, del av arbeidsstyrken",
        ),
        Label(
            "The registered unemployed in per cent of the labour force, as NAV publishes it.",
            "De registrerte arbeidsledige i prosent av arbeidsstyrken, slik NAV publiserer det.",
            "Dei registrerte arbeidsledige i prosent av arbeidsstyrken, slik NAV publiserer det.",
        ),
        "percent",
        MeasureKind.RATE,
        False,
        False,
        ("sex", "work_status"),
    ),
    Measure(
        "introduction_left",
        Label(
            "Left the introduction programme",
            "Avsluttet introduksjonsprogrammet",
            "Avslutta introduksjonsprogrammet",
        ),
        Label(
            "Participants who left the introduction programme in the year, completed or not.",
            "Deltakere som gikk ut av introduksjonsprogrammet i året, enten de fullførte eller ikke.",
            "Deltakarar som gjekk ut av introduksjonsprogrammet i året, anten dei fullførte eller ikkje.",
        ),
        "persons",
        MeasureKind.FLOW,
        True,
        False,
        protected=True,
    ),
    Measure(
        "introduction_to_work",
        Label(
            "Of them in work or education a year later",
            "Av dem i arbeid eller utdanning et år senere",
            "Av dei i arbeid eller utdanning eit år seinare",
        ),
        Label(
            "Of those who left the introduction programme in the year, persons in work or education in November "
            "of the year after.",
            "Av dem som gikk ut av introduksjonsprogrammet i året, personer i arbeid eller utdanning i november "
            "året etter.",
            "Av dei som gjekk ut av introduksjonsprogrammet i året, personar i arbeid eller utdanning i november "
            "året etter.",
        ),
        "persons",
        MeasureKind.FLOW,
        True,
        False,
        protected=True,
    ),
    Measure(
        "refugees_of_working_age",
        Label("Refugees of working age", "Flyktninger i arbeidsfør alder", "Flyktningar i arbeidsfør alder"),
        Label(
            "Refugees of 20 to 66 years living in the municipality in the fourth quarter.",
            "Flyktninger på 20 til 66 år som bor i kommunen i fjerde kvartal.",
            "Flyktningar på 20 til 66 år som bur i kommunen i fjerde kvartal.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        protected=True,
    ),
    Measure(
        "refugees_employed",
        Label("Of them employed", "Av dem sysselsatte", "Av dei sysselsette"),
        Label(
            "Of the refugees of 20 to 66 years living in the municipality, those employed in the fourth quarter.",
            "Av flyktningene på 20 til 66 år som bor i kommunen, de som er sysselsatt i fjerde kvartal.",
            "Av flyktningane på 20 til 66 år som bur i kommunen, dei som er sysselsette i fjerde kvartal.",
        ),
        "persons",
        MeasureKind.STOCK,
        True,
        False,
        protected=True,
    ),
)
