"""What the data sets of published figures are called and say, in the three languages of the catalogue."""

from __future__ import annotations

from bosett.terms.label import Label

TITLE = Label(
    "Open figures on the reception and settlement of refugees",
    "Åpne tall om mottak og bosetting av flyktninger",
    "Opne tal om mottak og busetjing av flyktningar",
)
ABOUT = Label(
    "Published figures since 1995 with their sources, small numbers protected.",
    "Publiserte tall siden 1995 med kilder, der små tall er vernet.",
    "Publiserte tal sidan 1995 med kjelder, der små tal er verna.",
)
KEYWORDS = (
    Label("settlement", "bosetting", "busetjing"),
    Label("refugees", "flyktninger", "flyktningar"),
    Label("municipalities", "kommuner", "kommunar"),
)
TITLES: dict[str, Label] = {
    "applications_annual": Label(
        "Applications for protection by year", "Søknader om beskyttelse per år", "Søknader om vern per år"
    ),
    "eurostat": Label(
        "Eurostat: applications, decisions, temporary protection",
        "Eurostat: søknader, vedtak og midlertidig beskyttelse",
        "Eurostat: søknader, vedtak og mellombels vern",
    ),
    "general_practitioners": Label(
        "Capacity of general practitioners", "Fastlegekapasitet", "Fastlegekapasitet"
    ),
    "grants_paid": Label(
        "State grants paid to municipalities",
        "Utbetalte tilskudd til kommunene",
        "Utbetalte tilskot til kommunane",
    ),
    "national": Label(
        "National figures of settlement", "Nasjonale bosettingstall", "Nasjonale busetjingstal"
    ),
    "population": Label("Population of municipalities", "Folketall i kommunene", "Folketal i kommunane"),
    "secondary_moves": Label(
        "Refugees living in the municipalities",
        "Flyktninger som bor i kommunene",
        "Flyktningar som bur i kommunane",
    ),
    "settled_sex_age": Label(
        "Settled by sex and age", "Bosatte etter kjønn og alder", "Busette etter kjønn og alder"
    ),
    "settlement": Label(
        "Asked, voted and settled by municipality",
        "Anmodet, vedtatt og bosatt per kommune",
        "Oppmoda, vedteke og busett per kommune",
    ),
    "settlement_other": Label(
        "Settlement as another source tells it",
        "Bosetting slik en annen kilde forteller det",
        "Busetjing slik ei anna kjelde fortel det",
    ),
    "udi": Label("Applications by month (UDI)", "Søknader per måned (UDI)", "Søknader per månad (UDI)"),
    "unemployment": Label("Registered unemployed", "Registrerte arbeidsledige", "Registrerte arbeidsledige"),
    "unhcr": Label(
        "UNHCR: applications, decisions, persons of concern",
        "UNHCR: søknader, vedtak og personer UNHCR teller",
        "UNHCR: søknader, vedtak og personar UNHCR tel",
    ),
}


def title_of(data_set: str) -> Label:
    """What a data set is called; one that was imported under another name is called by that name."""
    return TITLES.get(data_set) or Label(data_set, data_set, data_set)
