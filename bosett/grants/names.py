"""What schemes, reasons and degrees of certainty are called, in English, bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.rules.value import Certainty
from bosett.terms.label import Label

SCHEME_NAMES: Mapping[str, Label] = {
    code: Label(en, nb, nn)
    for code, en, nb, nn in (
        ("integration", "Integration grant", "Integreringstilskudd", "Integreringstilskot"),
        ("elder", "Supplement for elderly", "Eldretilskudd", "Eldretilskot"),
        ("kindergarten", "Supplement for kindergarten", "Barnehagetilskudd", "Barnehagetilskot"),
        (
            "unaccompanied_minor",
            "Special grant for unaccompanied minors",
            "Særskilt tilskudd for enslige mindreårige",
            "Særskilt tilskot for einslege mindreårige",
        ),
        (
            "unaccompanied_minor_extra",
            "Extra grant per unaccompanied minor settled in 2016",
            "Ekstratilskudd per enslig mindreårig bosatt i 2016",
            "Ekstratilskot per einsleg mindreårig busett i 2016",
        ),
        (
            "special_1",
            "Grant 1, reduced functioning or behavioural problems",
            "Tilskudd 1, nedsatt funksjonsevne eller atferdsvansker",
            "Tilskot 1, nedsett funksjonsevne eller åtferdsvanskar",
        ),
        (
            "special_2",
            "Grant 2, reduced functioning or behavioural problems",
            "Tilskudd 2, nedsatt funksjonsevne eller atferdsvansker",
            "Tilskot 2, nedsett funksjonsevne eller åtferdsvanskar",
        ),
        (
            "norwegian_person",
            "Norwegian and social studies, per person",
            "Norsk og samfunnskunnskap, persontilskudd",
            "Norsk og samfunnskunnskap, persontilskot",
        ),
        (
            "norwegian_base",
            "Norwegian and social studies, base per municipality",
            "Norsk og samfunnskunnskap, grunntilskudd",
            "Norsk og samfunnskunnskap, grunntilskot",
        ),
        (
            "host_base",
            "Host municipality, base",
            "Vertskommunetilskudd, grunnbeløp",
            "Vertskommunetilskot, grunnbeløp",
        ),
        (
            "host_place",
            "Host municipality, per place",
            "Vertskommunetilskudd, per plass",
            "Vertskommunetilskot, per plass",
        ),
        ("amot", "Alternative reception place", "Alternativ mottaksplass", "Alternativ mottaksplass"),
        (
            "mamot",
            "Temporary alternative reception place",
            "Midlertidig alternativ mottaksplass",
            "Mellombels alternativ mottaksplass",
        ),
        (
            "extra_above_request",
            "Extra grant for settling above the request",
            "Ekstratilskudd for bosatte ut over anmodningen",
            "Ekstratilskot for busette ut over oppmodinga",
        ),
        (
            "unused_places",
            "Compensation for unused places",
            "Kompensasjon for ubenyttede vedtaksplasser",
            "Kompensasjon for unytta vedtaksplassar",
        ),
        (
            "competence_mapping",
            "Mapping of competence in reception",
            "Kompetansekartlegging i mottak",
            "Kompetansekartlegging i mottak",
        ),
    )
}

REASONS: Mapping[str, Label] = {
    code: Label(en, nb, nn)
    for code, en, nb, nn in (
        ("not_settled_yet", "not settled yet", "ikke bosatt ennå", "ikkje busett enno"),
        ("left_the_country", "has left the country", "har flyttet fra landet", "har flytta frå landet"),
        (
            "joined_a_person_on_family_ground",
            "joined a person who came on family ground",
            "kom til en person som selv kom på familiegrunnlag",
            "kom til ein person som sjølv kom på familiegrunnlag",
        ),
        (
            "applied_more_than_five_years_after",
            "the family permit was applied for more than five years after the reference person's settlement",
            "familietillatelsen ble søkt mer enn fem år etter referansepersonens bosetting",
            "familieløyvet vart søkt meir enn fem år etter at referansepersonen vart busett",
        ),
        (
            "born_too_long_after_settlement",
            "born more than six months after the mother's settlement",
            "født mer enn seks måneder etter morens bosetting",
            "fødd meir enn seks månader etter at mora vart busett",
        ),
        (
            "grant_years_run_out",
            "the years with grant have run out",
            "årene med tilskudd er over",
            "åra med tilskot er over",
        ),
        (
            "not_the_settlement_year",
            "given in the settlement year only",
            "gis bare i bosettingsåret",
            "blir berre gitt i busetjingsåret",
        ),
        (
            "younger_than_lowest_age",
            "younger than the lowest age",
            "yngre enn laveste alder",
            "yngre enn lågaste alder",
        ),
        (
            "older_than_highest_age",
            "older than the highest age",
            "eldre enn høyeste alder",
            "eldre enn høgaste alder",
        ),
        (
            "not_an_unaccompanied_minor",
            "not an unaccompanied minor",
            "ikke enslig mindreårig",
            "ikkje einsleg mindreårig",
        ),
        (
            "past_last_year_of_age",
            "past the year of turning 20",
            "forbi året personen fyller 20",
            "forbi året personen fyller 20",
        ),
        ("not_settled_in_2016", "not settled in 2016", "ikke bosatt i 2016", "ikkje busett i 2016"),
        (
            "nobody_in_the_base",
            "nobody in the base",
            "ingen i beregningsgrunnlaget",
            "ingen i grunnlaget for utrekninga",
        ),
        (
            "more_persons_than_the_base_has",
            "more than 150 persons in the base",
            "flere enn 150 personer i grunnlaget",
            "fleire enn 150 personar i grunnlaget",
        ),
        ("care_centre_only", "a care centre only", "bare omsorgssenter", "berre omsorgssenter"),
        (
            "not_open_in_the_year",
            "no place open in the year",
            "ingen plass åpen i året",
            "ingen plass open i året",
        ),
        (
            "no_month_in_the_year",
            "no month in the year",
            "ingen måned i året",
            "ingen månad i året",
        ),
        (
            "not_for_unaccompanied_minors",
            "not given for unaccompanied minors",
            "gis ikke for enslige mindreårige",
            "blir ikkje gitt for einslege mindreårige",
        ),
        (
            "none_above_the_request",
            "nobody settled above the request",
            "ingen bosatt ut over anmodningen",
            "ingen busett ut over oppmodinga",
        ),
        (
            "conditions_not_met",
            "the conditions are not met",
            "vilkårene er ikke oppfylt",
            "vilkåra er ikkje oppfylte",
        ),
        ("applied_too_late", "applied after the deadline", "søkt etter fristen", "søkt etter fristen"),
        ("no_unused_place", "no unused place", "ingen ubenyttet plass", "ingen unytta plass"),
        ("no_case", "no case", "ingen sak", "inga sak"),
        (
            "not_settled_by_agreement",
            "not settled by agreement",
            "ikke bosatt etter avtale",
            "ikkje busett etter avtale",
        ),
        (
            "arose_after_settlement",
            "the condition arose after settlement",
            "tilstanden oppstod etter bosetting",
            "tilstanden oppstod etter busetjing",
        ),
        (
            "grant_1_only_in_the_two_first_years",
            "grant 1 is given for the first or second year only",
            "tilskudd 1 gis bare for første eller andre år",
            "tilskot 1 blir berre gitt for første eller andre år",
        ),
        (
            "ground_not_stored",
            "it is not stored whom the person joined",
            "det er ikke lagret hvem personen kom til",
            "det er ikkje lagra kven personen kom til",
        ),
        (
            "not_documented",
            "the cost or the condition is not documented",
            "kostnaden eller tilstanden er ikke dokumentert",
            "kostnaden eller tilstanden er ikkje dokumentert",
        ),
        (
            "told_in_a_letter",
            "another ground, told in a letter",
            "et annet grunnlag, gjort rede for i brev",
            "eit anna grunnlag, gjort greie for i brev",
        ),
        (
            "grant_1_is_given_once",
            "grant 1 is given once",
            "tilskudd 1 gis én gang",
            "tilskot 1 blir gitt éin gong",
        ),
    )
}

CERTAINTIES: Mapping[Certainty, Label] = {
    Certainty.SOURCE: Label("read in the source", "lest i kilden", "lese i kjelda"),
    Certainty.DERIVED: Label(
        "worked out from sums that were paid",
        "regnet ut av summer som er betalt",
        "rekna ut av summar som er betalte",
    ),
    Certainty.MEDIUM: Label(
        "from a second-hand or unclear source",
        "fra en annenhånds eller uklar kilde",
        "frå ei andrehands eller uklar kjelde",
    ),
    Certainty.ASSUMED: Label("assumed", "antatt", "gått ut frå"),
}
