"""The case paper for the council (saksframlegg): figures, alternatives, consequences, sources; ready to edit."""

from __future__ import annotations

from bosett.outputs.case_alternatives import alternative_blocks
from bosett.outputs.case_facts import CasePaperFacts
from bosett.outputs.case_own import money_blocks, own_blocks, own_texts, promised_blocks
from bosett.outputs.case_room import gain_blocks, home_blocks, room_blocks
from bosett.outputs.case_words import NOT_KNOWN, persons_text
from bosett.outputs.paper import Block, Grid, Heading, Paper, Points, Text, say
from bosett.outputs.plain_numbers import day_text, number_text


def case_paper(facts: CasePaperFacts) -> Paper:
    """The case paper in bokmål or nynorsk: nothing in it is invented, and what is not known is named."""
    form = facts.language
    parts = (
        _matter(facts),
        _why(facts),
        _history(facts),
        own_blocks(facts, "background"),
        promised_blocks(facts),
        room_blocks(facts),
        gain_blocks(facts),
        home_blocks(facts),
        alternative_blocks(facts),
        money_blocks(facts),
        own_blocks(facts, "economy"),
        own_blocks(facts, "assessment"),
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
        mark=_mark(facts),
    )


def _mark(facts: CasePaperFacts) -> str:
    form = facts.language
    draft = say(form, "Utkast til saksframlegg", "Utkast til saksframlegg")
    made_up = say(
        form,
        ". Øvelse: tallene er laget for demonstrasjon",
        ". Øving: tala er laga for demonstrasjon",
    )
    return draft + (made_up if facts.exercise else "")


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
    form = facts.language
    title = Heading(
        say(form, "Hvorfor kommunen er spurt om dette tallet", "Kvifor kommunen er spurd om dette talet")
    )
    if not facts.reasons:
        told = say(
            form,
            "Hvilke kriterier IMDi har brukt for anmodningen, er ikke lagret i Bosett.",
            "Kva kriterium IMDi har brukt for oppmodinga, er ikkje lagra i Bosett.",
        )
        return [title, Text(told)]
    lead = say(
        form,
        f"Slik har kriteriene i fordelingen gitt anmodningen om {persons_text(facts.asked, form)}. "
        "Tallet er rundet av til hele personer.",
        f"Slik har kriteria i fordelinga gitt oppmodinga om {persons_text(facts.asked, form)}. "
        "Talet er runda av til heile personar.",
    )
    return [title, Text(lead), Points(facts.reasons)]


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
        *own_texts(facts, "resolution"),
        *(_chosen(facts) if facts.recommended is not None else ()),
        Text(
            say(
                form,
                ("" if facts.recommended is not None else "Velg ett. ")
                + "Vedtaket sier hvor mange og ikke hvem. Familiegjenforente kommer utenom tallet, og det "
                "eneste valget utenom tallet er om kommunen tar imot enslige mindreårige.",
                ("" if facts.recommended is not None else "Vel eitt. ")
                + "Vedtaket seier kor mange og ikkje kven. Familiesameinte kjem utanom talet, og det einaste "
                "valet utanom talet er om kommunen tek imot einslege mindreårige.",
            )
        ),
        *([] if facts.recommended is not None else [Points(drafts)]),
    ]


def _chosen(facts: CasePaperFacts) -> list[Block]:
    """The proposal that the municipality has chosen among the alternatives, or a number of its own."""
    form, persons = facts.language, facts.recommended or 0
    if not persons:
        nobody = say(
            form,
            f"{facts.name} kommune bosetter ingen flyktninger i {facts.year}.",
            f"{facts.name} kommune buset ingen flyktningar i {facts.year}.",
        )
        return [Text(nobody)]
    told = persons_text(persons, form)
    return [
        Text(
            say(
                form,
                f"{facts.name} kommune bosetter {told} i {facts.year}.",
                f"{facts.name} kommune buset {told} i {facts.year}.",
            )
        )
    ]


def _sources(facts: CasePaperFacts) -> list[Block]:
    if not facts.sources:
        return []
    told = tuple(
        ". ".join(part for part in (one.title, one.section, one.href) if part) for one in facts.sources
    )
    return [Heading(say(facts.language, "Kilder", "Kjelder")), Points(told)]
