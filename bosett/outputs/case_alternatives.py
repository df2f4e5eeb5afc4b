"""The alternatives of the case paper, and what follows from each."""

from __future__ import annotations

from bosett.decisions.planner import Alternative, Lack
from bosett.outputs.case_facts import CasePaperFacts
from bosett.outputs.case_words import money_text, month_text, persons_text, resource_text, years_text
from bosett.outputs.paper import Block, Grid, Heading, Points, Text, say
from bosett.outputs.plain_numbers import number_text


def alternative_blocks(facts: CasePaperFacts) -> list[Block]:
    """Each number with what it lacks and the grants that follow, as a table and one by one in words."""
    form = facts.language
    header = (
        say(form, "Alternativ", "Alternativ"),
        say(form, "Personer", "Personar"),
        say(form, "Mangler", "Manglar"),
        say(form, "Tilskudd fem år, kr", "Tilskot fem år, kr"),
    )
    rows = tuple(
        (
            f"{place}: {_kind(one.persons, facts)}",
            number_text(one.persons, form),
            _lacks(one.lacks, facts),
            money_text(one, form),
        )
        for place, one in enumerate(facts.alternatives, start=1)
    )
    caption = say(form, "Alternativene og det som følger av dem", "Alternativa og det som følgjer av dei")
    blocks: list[Block] = [
        Heading(say(form, "Alternativer og konsekvenser", "Alternativ og konsekvensar")),
        Grid(caption, header, rows, frozenset({1, 3})),
    ]
    missing = sorted({year for one in facts.alternatives for year in one.years_without_rate})
    if missing:
        years = years_text(missing, form)
        blocks.append(
            Text(
                say(
                    form,
                    f"Satsene for {years} er ikke fastsatt. De årene er ikke med i summen, og er ikke null.",
                    f"Satsane for {years} er ikkje fastsette. Dei åra er ikkje med i summen, og er ikkje null.",
                )
            )
        )
    blocks.append(
        Points(tuple(_consequence(place, one, facts) for place, one in enumerate(facts.alternatives, 1)))
    )
    return blocks


def _kind(persons: int, facts: CasePaperFacts) -> str:
    """What makes the number an alternative; several when they meet."""
    form = facts.language
    kinds = {
        say(form, "ingen", "ingen"): persons == 0,
        say(form, "så mange det er plass til", "så mange det er plass til"): facts.is_what_fits(persons),
        say(form, "som anmodet", "som oppmoda"): persons == facts.asked,
        say(form, "kommunens eget tall", "kommunen sitt eige tal"): persons == facts.own_number,
    }
    told = [words for words, is_so in kinds.items() if is_so]
    return ", ".join(told) or say(form, "et annet tall", "eit anna tal")


def _lacks(lacks: tuple[Lack, ...], facts: CasePaperFacts) -> str:
    if not facts.knows_room:
        return say(facts.language, "ikke beregnet", "ikkje rekna ut")
    if not lacks:
        return say(facts.language, "ingenting", "ingenting")
    return ", ".join(f"{resource_text(one.resource, facts.language)} {one.units}" for one in lacks)


def _consequence(place: int, one: Alternative, facts: CasePaperFacts) -> str:
    form, persons = facts.language, persons_text(one.persons, facts.language)
    head = say(form, f"Alternativ {place}, {persons}: ", f"Alternativ {place}, {persons}: ")
    against = one.persons - facts.asked
    if against < 0:
        head += say(
            form,
            f"{-against} færre enn anmodningen. ",
            f"{-against} færre enn oppmodinga. ",
        )
    elif against > 0:
        head += say(form, f"{against} flere enn anmodningen. ", f"{against} fleire enn oppmodinga. ")
    else:
        head += say(form, "som anmodet. ", "som oppmoda. ")
    if not facts.knows_room:
        return head + say(
            form,
            "Kapasiteten er ikke ført inn, så hva som mangler, er ikke beregnet.",
            "Kapasiteten er ikkje ført inn, så kva som manglar, er ikkje rekna ut.",
        )
    if one.persons < facts.taken:
        return head + say(
            form,
            f"Det er færre enn de {facts.taken} som alt er bosatt eller tildelt. De blir; nye blir ikke tildelt.",
            f"Det er færre enn dei {facts.taken} som alt er busette eller tildelte. Dei blir; nye blir ikkje tildelte.",
        )
    if one.fits:
        return head + say(
            form,
            "Det som er ført inn av kapasitet, rekker.",
            "Det som er ført inn av kapasitet, rekk.",
        )
    told = "; ".join(
        say(
            form,
            f"{resource_text(lack.resource, form)} fra {month_text(lack.month, form)}, {lack.units} for lite",
            f"{resource_text(lack.resource, form)} frå {month_text(lack.month, form)}, {lack.units} for lite",
        )
        for lack in one.lacks
    )
    return head + say(form, f"Det mangler {told}.", f"Det manglar {told}.")
