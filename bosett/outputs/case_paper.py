"""The case paper for the council (saksframlegg): figures, alternatives, consequences, sources; ready to edit."""

from __future__ import annotations

from bosett.decisions.planner import Alternative, Lack
from bosett.outputs.case_facts import CasePaperFacts
from bosett.outputs.case_room import home_blocks, room_blocks
from bosett.outputs.case_words import (
    NOT_KNOWN,
    money_text,
    month_text,
    persons_text,
    resource_text,
    years_text,
)
from bosett.outputs.paper import Block, Grid, Heading, Paper, Points, Text, say
from bosett.outputs.plain_numbers import day_text, number_text


def case_paper(facts: CasePaperFacts) -> Paper:
    """The case paper in bokmål or nynorsk: nothing in it is invented, and what is not known is named."""
    form = facts.language
    parts = (
        _matter(facts),
        _why(facts),
        _history(facts),
        room_blocks(facts),
        home_blocks(facts),
        _alternatives(facts),
        _resolution(facts),
        _sources(facts),
    )
    return Paper(
        title=say(
            form,
            f"Bosetting av flyktninger i {facts.year}",
            f"Busetjing av flyktningar i {facts.year}",
        ),
        language=form,
        sender=say(form, f"{facts.name} kommune", f"{facts.name} kommune"),
        day=facts.day,
        particulars=_particulars(facts),
        blocks=tuple(block for part in parts for block in part),
        mark=say(form, "Utkast til saksframlegg", "Utkast til saksframlegg"),
    )


def _particulars(facts: CasePaperFacts) -> tuple[tuple[str, str], ...]:
    form = facts.language
    told = [
        (say(form, "Saksnummer", "Saksnummer"), facts.case_number or say(form, "fylles ut", "blir fylt ut")),
        (say(form, "Dato", "Dato"), day_text(facts.day, form)),
    ]
    if facts.meeting_on is not None:
        told.append(
            (say(form, "Kommunestyrets møte", "Møte i kommunestyret"), day_text(facts.meeting_on, form))
        )
    told.append((say(form, "Svarfrist til IMDi", "Svarfrist til IMDi"), day_text(facts.deadline, form)))
    return tuple(told)


def _matter(facts: CasePaperFacts) -> list[Block]:
    form, asked = facts.language, persons_text(facts.asked, facts.language)
    blocks: list[Block] = [
        Heading(say(form, "Saken gjelder", "Saka gjeld")),
        Text(
            say(
                form,
                f"IMDi anmoder {facts.name} kommune om å bosette {asked} i {facts.year}. Kommunestyret avgjør hvor "
                "mange kommunen bosetter.",
                f"IMDi oppmodar {facts.name} kommune om å busetje {asked} i {facts.year}. Kommunestyret avgjer kor "
                "mange kommunen buset.",
            )
        ),
    ]
    for count, age in ((facts.em_under15, "under 15"), (facts.em_15_17, "15\u201317")):
        if count is not None:
            blocks.append(
                Text(
                    say(
                        form,
                        f"Av disse er {count} enslige mindreårige {age} år.",
                        f"Av desse er {count} einslege mindreårige {age} år.",
                    )
                )
            )
    return blocks


def _why(facts: CasePaperFacts) -> list[Block]:
    if not facts.reasons:
        return []
    title = say(
        facts.language, "Hvorfor kommunen er spurt om dette tallet", "Kvifor kommunen er spurd om dette talet"
    )
    return [Heading(title), Points(facts.reasons)]


def _history(facts: CasePaperFacts) -> list[Block]:
    form = facts.language
    title = Heading(say(form, "Tidligere år", "Tidlegare år"))
    if not facts.history:
        told = say(form, "Tall for tidligere år er ikke lagret.", "Tal for tidlegare år er ikkje lagra.")
        return [title, Text(told)]
    rows = tuple(
        (str(one.year), *(_known(value, facts) for value in (one.asked, one.voted, one.settled)))
        for one in facts.history
    )
    header = (
        say(form, "År", "År"),
        say(form, "Anmodet", "Oppmoda"),
        say(form, "Vedtatt", "Vedteke"),
        say(form, "Bosatt", "Busett"),
    )
    caption = say(form, "Anmodet, vedtatt og bosatt, personer", "Oppmoda, vedteke og busett, personar")
    return [title, Grid(caption, header, rows, frozenset({1, 2, 3}))]


def _known(value: int | None, facts: CasePaperFacts) -> str:
    return NOT_KNOWN.in_language(facts.language) if value is None else number_text(value, facts.language)


def _alternatives(facts: CasePaperFacts) -> list[Block]:
    form = facts.language
    header = (
        say(form, "Alternativ", "Alternativ"),
        say(form, "Personer", "Personar"),
        say(form, "Mangler", "Manglar"),
        say(form, "Tilskudd fem år, kr", "Tilskot fem år, kr"),
    )
    rows = tuple(
        (str(place), number_text(one.persons, form), _lacks(one.lacks, facts), money_text(one, form))
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


def _lacks(lacks: tuple[Lack, ...], facts: CasePaperFacts) -> str:
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


def _resolution(facts: CasePaperFacts) -> list[Block]:
    form = facts.language
    drafts = tuple(
        say(
            form,
            f"Alternativ {place}: {facts.name} kommune bosetter {persons_text(one.persons, form)} i {facts.year}."
            if one.persons
            else f"Alternativ {place}: {facts.name} kommune bosetter ingen flyktninger i {facts.year}.",
            f"Alternativ {place}: {facts.name} kommune buset {persons_text(one.persons, form)} i {facts.year}."
            if one.persons
            else f"Alternativ {place}: {facts.name} kommune buset ingen flyktningar i {facts.year}.",
        )
        for place, one in enumerate(facts.alternatives, start=1)
    )
    return [
        Heading(say(form, "Forslag til vedtak", "Framlegg til vedtak")),
        Text(
            say(
                form,
                "Velg ett. Vedtaket sier hvor mange og ikke hvem. Familiegjenforente kommer utenom tallet, og det "
                "eneste valget utenom tallet er om kommunen tar imot enslige mindreårige.",
                "Vel eitt. Vedtaket seier kor mange og ikkje kven. Familiesameinte kjem utanom talet, og det einaste "
                "valet utanom talet er om kommunen tek imot einslege mindreårige.",
            )
        ),
        Points(drafts),
    ]


def _sources(facts: CasePaperFacts) -> list[Block]:
    if not facts.sources:
        return []
    told = tuple(
        ". ".join(part for part in (one.title, one.section, one.href) if part) for one in facts.sources
    )
    return [Heading(say(facts.language, "Kilder", "Kjelder")), Points(told)]
