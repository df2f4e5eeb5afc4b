"""What is promised already, the money year by year, and what the municipality has written itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.outputs.case_facts import CasePaperFacts
from bosett.outputs.case_words import NOT_KNOWN, month_text, persons_text
from bosett.outputs.paper import Block, Grid, Heading, Language, Text, say
from bosett.outputs.plain_numbers import number_text
from bosett.terms.label import Label

KINDS: Mapping[CommitmentKind, Label] = {
    CommitmentKind.EARLIER_YEAR: Label(
        "assigned in an earlier year", "tildelt tidligere år", "tildelte tidlegare år"
    ),
    CommitmentKind.THIS_YEAR: Label("assigned this year", "tildelt i år", "tildelte i år"),
    CommitmentKind.FAMILY: Label("arriving family", "familie som kommer", "familie som kjem"),
    CommitmentKind.SECONDARY_MOVE: Label("moving here", "flytter hit", "flyttar hit"),
    CommitmentKind.OTHER: Label("other", "andre", "andre"),
}
TOLD_BY: Mapping[ToldBy, Label] = {
    ToldBy.REGISTER: Label("the register", "registeret", "registeret"),
    ToldBy.UDI: Label("UDI", "UDI", "UDI"),
    ToldBy.NAV: Label("Nav", "Nav", "Nav"),
    ToldBy.OTHER_PLACE: Label("another municipality", "en annen kommune", "ein annan kommune"),
    ToldBy.OWN: Label("our own estimate", "kommunens eget anslag", "kommunen sitt eige overslag"),
}
TITLES: Mapping[str, Label] = {
    "assessment": Label("Assessment", "Vurdering", "Vurdering"),
}


def own_blocks(facts: CasePaperFacts, place: str) -> list[Block]:
    """What the municipality wrote at the place, under its heading when the place has one."""
    told = own_texts(facts, place)
    title = TITLES.get(place)
    return [Heading(title.in_language(facts.language)), *told] if told and title else [*told]


def own_texts(facts: CasePaperFacts, place: str) -> list[Text]:
    """The paragraphs alone; nothing where nothing is written."""
    parts = re.split(r"\n\s*\n", facts.own_texts.get(place, ""))
    return [Text(" ".join(part.split())) for part in parts if part.strip()]


def promised_blocks(facts: CasePaperFacts) -> list[Block]:
    """Who comes besides the number that is decided now, and where that is known from."""
    if not facts.commitments:
        return []
    form = facts.language
    not_known = NOT_KNOWN.in_language(form)
    rows = tuple(
        (
            KINDS[one.kind].in_language(form),
            number_text(one.persons, form),
            not_known if one.month is None else month_text(one.month, form),
            TOLD_BY[one.told_by].in_language(form),
        )
        for one in facts.commitments
    )
    header = (
        say(form, "Hvem", "Kven"),
        say(form, "Personer", "Personar"),
        say(form, "Kommer", "Kjem"),
        say(form, "Kilde", "Kjelde"),
    )
    total = persons_text(sum(one.persons for one in facts.commitments), form)
    caption = say(
        form,
        f"De som kommunen alt har sagt ja til eller venter: {total}",
        f"Dei som kommunen alt har sagt ja til eller ventar: {total}",
    )
    title = say(form, "Det som er bundet fra før", "Det som er bunde frå før")
    return [Heading(title), Grid(caption, header, rows, frozenset({1}))]


def money_blocks(facts: CasePaperFacts) -> list[Block]:
    """Kroner a year for each alternative that somebody comes with; a year without a rate is named, never 0."""
    form = facts.language
    paid = [one for one in facts.alternatives if one.persons and one.money]
    if not paid:
        return []
    years = [year for year, _ in paid[0].money]
    header = (
        say(form, "År", "År"),
        *(persons_text(one.persons, form) for one in paid),
    )
    rows = tuple((str(year), *(_kroner(dict(one.money).get(year), form) for one in paid)) for year in years)
    caption = say(
        form,
        "Statlig tilskudd som følger av hvert tall, sammenlignet med ingen, kroner",
        "Statleg tilskot som følgjer av kvart tal, samanlikna med ingen, kroner",
    )
    told = say(
        form,
        "Beløpene er anslag etter satsene som er kjent. Kommunens utgifter er ikke regnet inn.",
        "Beløpa er overslag etter satsane som er kjende. Utgiftene til kommunen er ikkje rekna inn.",
    )
    if facts.rates_assumed:
        told += say(
            form,
            " Satser som ikke er fastsatt ennå, er antatt å bli som de siste kjente.",
            " Satsar som ikkje er fastsette enno, er rekna som dei siste kjende.",
        )
    title = say(form, "Økonomiske konsekvenser", "Økonomiske konsekvensar")
    return [
        Heading(title),
        Grid(caption, header, rows, frozenset(range(1, len(header)))),
        Text(told),
    ]


def _kroner(amount: int | None, form: Language) -> str:
    if amount is None:
        return say(form, "sats mangler", "sats manglar")
    return number_text(amount, form)
