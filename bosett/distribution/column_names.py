"""What the indicators behind criteria are called, in three languages, as they begin a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.terms.label import Label

COLUMN_NAMES: Mapping[str, Label] = {
    "population": Label(en="Population", nb="Folketallet", nn="Folketalet"),
    "labour_market": Label(en="The labour market", nb="Arbeidsmarkedet", nn="Arbeidsmarknaden"),
    "introduction_results": Label(
        en="Results of the introduction programme",
        nb="Resultatene i introduksjonsprogrammet",
        nn="Resultata i introduksjonsprogrammet",
    ),
    "tax": Label(en="Tax revenue", nb="Skatteinntektene", nn="Skatteinntektene"),
    "gdp": Label(en="GDP", nb="Bruttonasjonalproduktet", nn="Bruttonasjonalproduktet"),
    "immigrants": Label(en="Immigrants already there", nb="Andelen innvandrere", nn="Delen innvandrarar"),
    "family_reunifications": Label(
        en="Family reunifications", nb="Familiegjenforeninger", nn="Familiesameiningar"
    ),
    "compensation": Label(en="Compensation", nb="Kompensasjonen", nn="Kompensasjonen"),
    "in_force": Label(
        en="What was asked for already",
        nb="Det som er anmodet om fra før",
        nn="Det som er oppmoda om frå før",
    ),
    "rescaling": Label(
        en="Setting negatives to zero and scaling",
        nb="At negative tall settes til null og resten skaleres,",
        nn="At negative tal blir sette til null og resten skalert,",
    ),
    "centrality": Label(en="Centrality", nb="Sentraliteten", nn="Sentraliteten"),
    "even_part": Label(
        en="An even part for each", nb="En lik del til hver kommune", nn="Ein lik del til kvar kommune"
    ),
    "settled_before": Label(
        en="Settled in the last known year before",
        nb="Antall bosatte det siste kjente året før",
        nn="Talet på busette det siste kjende året før",
    ),
    "refugees_recent": Label(
        en="Refugees who have lived in Norway up to four years",
        nb="Flyktninger med inntil fire års botid",
        nn="Flyktningar med inntil fire års butid",
    ),
    "moved_here": Label(
        en="Refugees who have moved in from another municipality",
        nb="Flyktninger som har flyttet hit fra en annen kommune",
        nn="Flyktningar som har flytta hit frå ein annan kommune",
    ),
    "gp_capacity": Label(
        en="Room on the lists of regular doctors",
        nb="Ledig plass på fastlegenes lister",
        nn="Ledig plass på listene til fastlegane",
    ),
    "unemployed_share": Label(
        en="Unemployment in the county", nb="Arbeidsledigheten i fylket", nn="Arbeidsløysa i fylket"
    ),
    "pressed": Label(
        en="Certain pressure beyond the threshold, 0 to 1",
        nb="Sikkert press over terskelen, 0 til 1",
        nn="Sikkert press over terskelen, 0 til 1",
    ),
    "centre_places": Label(
        en="Places in reception centres", nb="Plasser i asylmottak", nn="Plassar i asylmottak"
    ),
}
