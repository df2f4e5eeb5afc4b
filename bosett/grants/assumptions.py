"""The open questions a line may rest on: each a named assumption, in English, bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bosett.terms.label import Label

SETTLEMENT_DATE = "the settlement date decides the year, not the day of registration"
LEAVING_YEAR = "the year a person leaves the country is paid whole"
FAMILY_UNCHECKED = (
    "the five years between the reference person's settlement and the application are not checked"
)
FAMILY_ONCE = "the five years are tested once, on the day of application, and not again each year"
SETTLEMENT_MONTH = "the month of settlement counts as a whole month"
NOT_SPLIT = "a supplement follows the first settlement and is not divided at a move"
SPLIT_ALIKE = "the grant for unaccompanied minors is divided at a move as the integration grant is"
DECEMBER = "a move in December does not reach into the next year"
IN_SEQUENCE = "two moves in a year are counted one after the other"
EM_RATE_2024 = "the rate of 2024 for an unaccompanied minor's first year is lower than for other children"
RULE_ASSUMED = "a number or rule that the line rests on is itself an assumption"
NORWEGIAN_AGE = "the age reached in the calendar year decides"
NORWEGIAN_GROUP = "right and duty to training are taken from ground and age alone"
DAYS_LIVED = "the time lived in each municipality is counted in days of the year"
UNDIVIDED_CLAIM = "a documented grant follows the claim and is not divided at a move"
SPECIAL_RATE_START = "grant 1 has the rate of the year in which the grant year began"
SPECIAL_YEAR = "the grant year of a documented grant runs twelve months from the settlement"
CAP_YEAR = "the cap of grant 2 is that of the claim's year"
NO_OWN_SHARE = "the municipality has no own share below the cap"
AGREED_UNCHECKED = "that the person was settled by agreement is not checked"
ORIGIN_UNCHECKED = "that the condition arose before settlement is not checked"
DEADLINE_UNCHECKED = "that the deadline was kept is not checked"
OPEN_DAYS = "places that are open a part of the year count by days"
BASE_WHOLE = "the base of a host municipality is paid whole, however long the centre was open"
ADVANCE_RATE = "an advance that reaches into the next year has the rate of the year of arrival"
STARTED_MONTHS = "a month that has begun counts as a whole month"
ROUNDED_PARTS = (
    "each municipality's part is rounded to whole kroner, and the receiving one takes the remainder"
)
CONDITIONS_UNCHECKED = "the conditions of the compensation are taken as met"

LABELS: Mapping[str, Label] = {
    one: Label(one, nb, nn)
    for one, nb, nn in (
        (
            SETTLEMENT_DATE,
            "bosettingsdatoen avgjør året, ikke dagen for registrering",
            "busetjingsdatoen avgjer året, ikkje dagen for registrering",
        ),
        (
            LEAVING_YEAR,
            "året en person flytter fra landet, betales helt ut",
            "året ein person flyttar frå landet, blir betalt heilt ut",
        ),
        (
            FAMILY_UNCHECKED,
            "de fem årene mellom referansepersonens bosetting og søknaden er ikke kontrollert",
            "dei fem åra mellom busetjinga av referansepersonen og søknaden er ikkje kontrollerte",
        ),
        (
            FAMILY_ONCE,
            "de fem årene prøves én gang, på søknadsdagen, og ikke på nytt hvert år",
            "dei fem åra blir prøvde éin gong, på søknadsdagen, og ikkje på nytt kvart år",
        ),
        (
            SETTLEMENT_MONTH,
            "bosettingsmåneden regnes som en hel måned",
            "busetjingsmånaden blir rekna som ein heil månad",
        ),
        (
            NOT_SPLIT,
            "et tillegg følger første bosetting og deles ikke ved flytting",
            "eit tillegg følgjer første busetjing og blir ikkje delt ved flytting",
        ),
        (
            SPLIT_ALIKE,
            "tilskuddet for enslige mindreårige deles ved flytting slik som integreringstilskuddet",
            "tilskotet for einslege mindreårige blir delt ved flytting slik som integreringstilskotet",
        ),
        (
            DECEMBER,
            "en flytting i desember virker ikke inn i neste år",
            "ei flytting i desember verkar ikkje inn i neste år",
        ),
        (
            IN_SEQUENCE,
            "to flyttinger i samme år regnes etter hverandre",
            "to flyttingar i same år blir rekna etter kvarandre",
        ),
        (
            EM_RATE_2024,
            "satsen i 2024 for første år for en enslig mindreårig er lavere enn for andre barn",
            "satsen i 2024 for første år for ein einsleg mindreårig er lågare enn for andre barn",
        ),
        (
            RULE_ASSUMED,
            "et tall eller en regel som linjen bygger på, er selv en antakelse",
            "eit tal eller ein regel som linja byggjer på, er sjølv noko som er gått ut frå",
        ),
        (
            NORWEGIAN_AGE,
            "alderen en når i kalenderåret, avgjør",
            "alderen ein når i kalenderåret, avgjer",
        ),
        (
            NORWEGIAN_GROUP,
            "rett og plikt til opplæring er lest av grunnlag og alder alene",
            "rett og plikt til opplæring er lesne av grunnlag og alder åleine",
        ),
        (
            DAYS_LIVED,
            "tiden i hver kommune regnes i dager av året",
            "tida i kvar kommune blir rekna i dagar av året",
        ),
        (
            UNDIVIDED_CLAIM,
            "et dokumentert tilskudd følger søknaden og deles ikke ved flytting",
            "eit dokumentert tilskot følgjer søknaden og blir ikkje delt ved flytting",
        ),
        (
            SPECIAL_RATE_START,
            "tilskudd 1 har satsen for året da tilskuddsåret begynte",
            "tilskot 1 har satsen for året da tilskotsåret tok til",
        ),
        (
            SPECIAL_YEAR,
            "tilskuddsåret for et dokumentert tilskudd går tolv måneder fra bosettingen",
            "tilskotsåret for eit dokumentert tilskot går tolv månader frå busetjinga",
        ),
        (
            CAP_YEAR,
            "taket for tilskudd 2 er taket for året det kreves for",
            "taket for tilskot 2 er taket for året det blir kravd for",
        ),
        (
            NO_OWN_SHARE,
            "kommunen har ingen egenandel under taket",
            "kommunen har ingen eigendel under taket",
        ),
        (
            AGREED_UNCHECKED,
            "at personen ble bosatt etter avtale, er ikke kontrollert",
            "at personen vart busett etter avtale, er ikkje kontrollert",
        ),
        (
            ORIGIN_UNCHECKED,
            "at tilstanden oppstod før bosetting, er ikke kontrollert",
            "at tilstanden oppstod før busetjing, er ikkje kontrollert",
        ),
        (
            DEADLINE_UNCHECKED,
            "at fristen ble holdt, er ikke kontrollert",
            "at fristen vart halden, er ikkje kontrollert",
        ),
        (
            OPEN_DAYS,
            "plasser som er åpne en del av året, regnes etter dager",
            "plassar som er opne ein del av året, blir rekna etter dagar",
        ),
        (
            BASE_WHOLE,
            "grunnbeløpet til en vertskommune betales helt ut, uansett hvor lenge mottaket var åpent",
            "grunnbeløpet til ein vertskommune blir betalt heilt ut, uansett kor lenge mottaket var ope",
        ),
        (
            ADVANCE_RATE,
            "et forskudd som går inn i neste år, har satsen for ankomståret",
            "eit forskot som går inn i neste år, har satsen for året personen kom",
        ),
        (
            STARTED_MONTHS,
            "en påbegynt måned regnes som en hel måned",
            "ein påbyrja månad blir rekna som ein heil månad",
        ),
        (
            ROUNDED_PARTS,
            "hver kommunes del rundes av til hele kroner, og tilflyttingskommunen får resten",
            "delen til kvar kommune blir runda av til heile kroner, og tilflyttingskommunen får resten",
        ),
        (
            CONDITIONS_UNCHECKED,
            "vilkårene for kompensasjonen er regnet som oppfylt",
            "vilkåra for kompensasjonen er rekna som oppfylte",
        ),
    )
}

ORDER: Mapping[str, int] = {text: place for place, text in enumerate(LABELS)}


def ordered(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the fixed order of this page, so that equal lines are equal bytes."""
    return tuple(sorted(set(texts), key=lambda text: ORDER[text]))
