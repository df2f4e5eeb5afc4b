"""The part of the case paper that says what the municipality has room for."""

from __future__ import annotations

from bosett.outputs.case_facts import CasePaperFacts
from bosett.outputs.case_words import month_text, persons_text, resource_text, resources_text
from bosett.outputs.paper import Block, Grid, Heading, Text, say
from bosett.outputs.plain_numbers import day_text, number_text


def room_blocks(facts: CasePaperFacts) -> list[Block]:
    """The number that fits by month, what binds, and what is not known."""
    form, found = facts.language, facts.capacity
    title = Heading(say(form, "Hva kommunen har plass til", "Kva kommunen har plass til"))
    if not facts.knows_room:
        return [
            title,
            Text(
                say(
                    form,
                    "Kommunens kapasitet er ikke ført inn, så hvor mange det er plass til, er ikke beregnet.",
                    "Kapasiteten til kommunen er ikkje ført inn, så kor mange det er plass til, er ikkje rekna ut.",
                )
            ),
        ]
    blocks: list[Block] = [title, Text(_fits(facts))]
    rows = tuple(
        (
            month_text(one.month, form),
            number_text(one.new, form),
            number_text(one.so_far, form),
            resources_text(one.binding, form),
        )
        for one in found.months
    )
    header = (
        say(form, "Måned", "Månad"),
        say(form, "Plass til nye", "Plass til nye"),
        say(form, "Til sammen", "Til saman"),
        say(form, "Stopper flere", "Stoppar fleire"),
    )
    caption = say(
        form,
        "Flest som kan komme hver måned, og hva som stopper én til",
        "Flest som kan kome kvar månad, og kva som stoppar éin til",
    )
    blocks.append(Grid(caption, header, rows, frozenset({1, 2})))
    if found.not_known:
        named = resources_text(found.not_known, form)
        blocks.append(
            Text(
                say(
                    form,
                    f"Ikke ført inn, og derfor ikke regnet med: {named}. Det betyr ikke at det er nok.",
                    f"Ikkje ført inn, og difor ikkje rekna med: {named}. Det tyder ikkje at det er nok.",
                )
            )
        )
    return blocks


def _fits(facts: CasePaperFacts) -> str:
    form, found = facts.language, facts.capacity
    binds = "" if found.binds_first is None else resource_text(found.binds_first, form)
    if found.nothing_left:
        return say(
            form,
            f"Etter det som er bundet fra før, er det ikke plass til flere. Det som mangler, er {binds}.",
            f"Etter det som er bunde frå før, er det ikkje plass til fleire. Det som manglar, er {binds}.",
        )
    total = persons_text(found.total, form)
    more = ""
    if facts.taken:
        whole = persons_text(found.total + facts.taken, form)
        more = say(
            form,
            f" Sammen med de {facts.taken} som er bosatt eller tildelt i {facts.year}, blir det {whole}.",
            f" Saman med dei {facts.taken} som er busette eller tildelte i {facts.year}, blir det {whole}.",
        )
    return (
        say(
            form,
            f"Etter det som er bundet fra før, er det plass til {total}. Det som stopper flere, er {binds}.",
            f"Etter det som er bunde frå før, er det plass til {total}. Det som stoppar fleire, er {binds}.",
        )
        + more
    )


def gain_blocks(facts: CasePaperFacts) -> list[Block]:
    """What one more of each resource would give; nothing when no resource has figures."""
    if not facts.gains:
        return []
    form = facts.language
    rows = tuple(
        (
            resource_text(one.resource, form),
            number_text(one.more_persons, form),
            say(form, "hjelper ikke alene", "hjelper ikkje åleine")
            if one.units_for_one is None
            else number_text(one.units_for_one, form),
        )
        for one in facts.gains
    )
    header = (
        say(form, "Ressurs", "Ressurs"),
        say(form, "Én mer hver måned gir plass til", "Éin meir kvar månad gir plass til"),
        say(form, "Trengs for én person til", "Trengst for éin person til"),
    )
    caption = say(form, "Hva litt mer av hver ressurs gir", "Kva litt meir av kvar ressurs gir")
    return [Grid(caption, header, rows, frozenset({1, 2}))]


def home_blocks(facts: CasePaperFacts) -> list[Block]:
    """Free homes by size; nothing when homes are not recorded."""
    if not facts.free_homes:
        return []
    form = facts.language
    rows = tuple((str(size), str(count)) for size, count in sorted(facts.free_homes.items()))
    header = (say(form, "Soverom", "Soverom"), say(form, "Ledige boliger", "Ledige bustader"))
    day = day_text(facts.day, form)
    caption = say(form, f"Ledige boliger {day} etter størrelse", f"Ledige bustader {day} etter storleik")
    return [
        Heading(say(form, "Boliger", "Bustader")),
        Grid(caption, header, rows, frozenset({0, 1})),
        *([] if facts.persons_a_bedroom is None else [Text(_held(facts, facts.persons_a_bedroom))]),
    ]


def _held(facts: CasePaperFacts, each: int) -> str:
    """How many persons the homes hold, and who says how many there are to a bedroom."""
    form = facts.language
    rule = persons_text(each, form)
    places = sum(count * max(1, size * each) for size, count in facts.free_homes.items())
    whose = (
        say(form, "Det er kommunens eget valg.", "Det er kommunen sitt eige val.")
        if facts.bedrooms_chosen
        else say(
            form,
            "Det er en antakelse i Bosett, som kommunen kan endre.",
            "Det er noko Bosett går ut frå, og som kommunen kan endre.",
        )
    )
    return say(
        form,
        f"Boligene har plass til {persons_text(places, form)} når det bor opptil {rule} på hvert soverom. {whose}",
        f"Bustadene har plass til {persons_text(places, form)} når det bur opptil {rule} på kvart soverom. {whose}",
    )
