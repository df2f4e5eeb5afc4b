"""The assignment of a household to a municipality as a paper for the archive: no name, no birth date, no free guess.

The choice of municipality is today not an individual decision that can be appealed; the paper says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.outputs.anmodning_letter import SENDER
from bosett.outputs.paper import Block, Heading, Language, Paper, Points, Text, say
from bosett.outputs.plain_numbers import day_text


@dataclass(frozen=True)
class AssignmentDecision:
    """What one paper says; words are in its language already.

    Parameters
    ----------
    number
        The assignment's own number; its title and file names carry nothing else of the household.
    household
        The reference that the service knows it by, never a name.
    reasons
        Why this municipality; empty when none are stored.
    other_reason
        Why another municipality than the one proposed; empty when the proposal was taken, or there was none.
    proposed
        Whether the engine had proposed a municipality.
    answer
        The municipality's answer in words, with the reason for a refusal.
    answered_on
        None while it waits for an answer.
    """

    number: str
    language: Language
    case_number: str
    restriction: str
    municipality: str
    household: str
    persons: int
    year: int
    decided_on: date
    decided_by: str
    reasons: tuple[str, ...]
    other_reason: tuple[str, ...]
    proposed: bool
    self_settled: bool
    answer: str
    answered_on: date | None
    exercise: bool = False

    def __post_init__(self) -> None:
        if not self.restriction.strip():
            raise ValueError("a decision about a person has a paragraph that keeps it from the public")
        if self.persons < 1:
            raise ValueError(f"{self.persons} persons in a household")


def decision_title(number: str, form: Language) -> str:
    """The title, which names nobody."""
    return say(form, f"Tildeling av bosettingskommune {number}", f"Tildeling av busetjingskommune {number}")


def assignment_paper(facts: AssignmentDecision) -> Paper:
    """The decision in bokmål or nynorsk."""
    form = facts.language
    return Paper(
        title=decision_title(facts.number, form),
        language=form,
        sender=SENDER,
        day=facts.decided_on,
        particulars=(
            (say(form, "Til", "Til"), f"{facts.municipality} kommune"),
            (say(form, "Dato", "Dato"), day_text(facts.decided_on, form)),
            (say(form, "Saksnummer", "Saksnummer"), facts.case_number),
            (say(form, "Unntatt offentlighet", "Unnateke offentlegheit"), facts.restriction),
        ),
        blocks=tuple(_blocks(facts)),
        mark=say(
            form,
            "Øvelse: husstanden finnes ikke, og ingen er tildelt noen kommune.",
            "Øving: hushaldet finst ikkje, og ingen er tildelt nokon kommune.",
        )
        if facts.exercise
        else "",
    )


def _blocks(facts: AssignmentDecision) -> list[Block]:
    form = facts.language
    persons = say(
        form,
        f"{facts.persons} {'person' if facts.persons == 1 else 'personer'}",
        f"{facts.persons} {'person' if facts.persons == 1 else 'personar'}",
    )
    return [
        Text(
            say(
                form,
                f"Husstand {facts.household} med {persons} er tildelt {facts.municipality} kommune i {facts.year}.",
                f"Hushald {facts.household} med {persons} er tildelt {facts.municipality} kommune i {facts.year}.",
            )
        ),
        Heading(say(form, "Hvorfor denne kommunen", "Kvifor denne kommunen")),
        *_why(facts),
        Heading(say(form, "Hvem som avgjorde", "Kven som avgjorde")),
        Text(_who(facts)),
        Heading(say(form, "Kommunens svar", "Svaret frå kommunen")),
        Text(_answer(facts)),
        Heading(say(form, "Om husstanden er uenig", "Om hushaldet er usamd")),
        Text(
            say(
                form,
                "Valget av kommune er i dag ikke et enkeltvedtak som kan påklages. Husstanden kan rette opplysninger, "
                "be om en ny vurdering, og klage til Sivilombudet.",
                "Valet av kommune er i dag ikkje eit enkeltvedtak som kan påklagast. Hushaldet kan rette opplysningar, "
                "be om ei ny vurdering, og klage til Sivilombodet.",
            )
        ),
    ]


def _why(facts: AssignmentDecision) -> list[Block]:
    form, found = facts.language, list[Block]()
    if facts.self_settled:
        found.append(
            Text(
                say(
                    form,
                    "Husstanden fant selv bolig, og kommunen har sagt ja (avtalt selvbosetting).",
                    "Hushaldet fann sjølv bustad, og kommunen har sagt ja (avtalt sjølvbusetjing).",
                )
            )
        )
    if facts.other_reason:
        found.append(
            Text(
                say(
                    form,
                    "En annen kommune enn den foreslåtte ble valgt:",
                    "Ein annan kommune enn den føreslegne vart vald:",
                )
                if facts.proposed
                else say(form, "Kommunen ble valgt uten forslag:", "Kommunen vart vald utan forslag:")
            )
        )
        found.append(Points(facts.other_reason))
    if facts.reasons:
        found.append(Points(facts.reasons))
    none = say(form, "Ingen grunner er lagret.", "Ingen grunnar er lagra.")
    return found or [Text(none)]


def _who(facts: AssignmentDecision) -> str:
    form, day = facts.language, day_text(facts.decided_on, facts.language)
    if not facts.decided_by:
        return say(
            form,
            f"Avgjort {day}. Navnet på den som avgjorde, er ikke lagret.",
            f"Avgjort {day}. Namnet på den som avgjorde, er ikkje lagra.",
        )
    machine = (
        say(
            form, " Et program foreslo, et menneske avgjorde.", " Eit program føreslo, eit menneske avgjorde."
        )
        if facts.proposed
        else ""
    )
    return (
        say(form, f"Avgjort av {facts.decided_by} {day}.", f"Avgjort av {facts.decided_by} {day}.") + machine
    )


def _answer(facts: AssignmentDecision) -> str:
    if facts.answered_on is None:
        return f"{facts.answer}."
    return f"{facts.answer} ({day_text(facts.answered_on, facts.language)})."
