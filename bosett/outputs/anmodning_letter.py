"""The letter to a municipality that is asked, and the notice to one that is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.outputs.changed_request import StandingVote, no_new_answer, what_follows, withdrawn
from bosett.outputs.paper import Block, Heading, Language, Paper, Points, Text, say
from bosett.outputs.plain_numbers import day_text, number_text
from bosett.terms.municipality import MunicipalityCode

SENDER = "Integrerings- og mangfoldsdirektoratet (IMDi)"


@dataclass(frozen=True)
class LetterFacts:
    """What one letter says.

    Parameters
    ----------
    language
        The form that the municipality has chosen; for a neutral one the State's own choice.
    asked
        None = not asked: the notice.
    em_under15, em_15_17
        None = not asked for minors of that age.
    reasons
        Why this number, in the letter's language, as `explain_in_words` gives them.
    former_asked
        The number that this one replaces or takes back, when the round was changed.
    standing
        The vedtak on the former number, and what follows for it; None where the council has decided nothing.
    need, sent_in_all
        The national need and the sum of all requests: the buffer is shown openly.
    unused_places_paid
        Whether a scheme pays for voted places that are not used; None = none is known.
    exercise
        True in demo and training: the letter says that it is an exercise.
    """

    municipality: MunicipalityCode
    name: str
    language: Language
    year: int
    asked: int | None
    sent_on: date
    deadline: date
    case_number: str
    em_under15: int | None = None
    em_15_17: int | None = None
    reasons: tuple[str, ...] = ()
    former_asked: int | None = None
    standing: StandingVote | None = None
    need: int | None = None
    sent_in_all: int | None = None
    unused_places_paid: bool | None = None
    exercise: bool = False

    def __post_init__(self) -> None:
        minors = (self.em_under15 or 0) + (self.em_15_17 or 0)
        if minors > (self.asked or 0):
            raise ValueError(f"{self.municipality}: {minors} minors in a request of {self.asked}")


def anmodning_letter(facts: LetterFacts) -> Paper:
    """The letter in bokmål or nynorsk."""
    form = facts.language
    blocks = _asked(facts) if facts.asked is not None else _not_asked(facts)
    return Paper(
        title=_title(facts),
        language=form,
        sender=SENDER,
        day=facts.sent_on,
        particulars=(
            (say(form, "Til", "Til"), say(form, f"{facts.name} kommune", f"{facts.name} kommune")),
            (say(form, "Dato", "Dato"), day_text(facts.sent_on, form)),
            (say(form, "Saksnummer", "Saksnummer"), facts.case_number),
            (say(form, "Kopi", "Kopi"), "KS"),
        ),
        blocks=tuple(blocks),
        mark=say(
            form,
            "Øvelse: dette er ikke et brev fra IMDi, og ingen er anmodet om noe.",
            "Øving: dette er ikkje eit brev frå IMDi, og ingen er oppmoda om noko.",
        )
        if facts.exercise
        else "",
    )


def _title(facts: LetterFacts) -> str:
    form, year = facts.language, facts.year
    if facts.asked is None:
        return say(
            form,
            f"Ingen anmodning om bosetting av flyktninger i {year}",
            f"Inga oppmoding om busetjing av flyktningar i {year}",
        )
    if facts.former_asked is not None:
        return say(
            form,
            f"Endret anmodning om bosetting av flyktninger i {year}",
            f"Endra oppmoding om busetjing av flyktningar i {year}",
        )
    return say(
        form,
        f"Anmodning om bosetting av flyktninger i {year}",
        f"Oppmoding om busetjing av flyktningar i {year}",
    )


def _not_asked(facts: LetterFacts) -> list[Block]:
    form, name, year = facts.language, facts.name, facts.year
    return [
        *withdrawn(facts.former_asked, facts.standing, form),
        Text(
            say(
                form,
                f"{name} kommune blir ikke anmodet om å bosette flyktninger i {year}. Kommunen trenger ikke å "
                "gjøre noe vedtak, og ingen plasser kreves av den.",
                f"{name} kommune blir ikkje oppmoda om å busetje flyktningar i {year}. Kommunen treng ikkje å "
                "gjere noko vedtak, og ingen plassar blir kravde av han.",
            )
        ),
        Text(
            say(
                form,
                "Endrer behovet seg i løpet av året, kan kommunen bli spurt. Kommunen får i så fall et nytt brev "
                "med egen frist. Vedtak som kommunen har gjort tidligere, blir stående.",
                "Endrar behovet seg i løpet av året, kan kommunen bli spurd. Kommunen får då eit nytt brev med "
                "eigen frist. Vedtak som kommunen har gjort tidlegare, blir ståande.",
            )
        ),
        *_why(facts),
    ]


def _asked(facts: LetterFacts) -> list[Block]:
    anew = facts.standing is None or facts.standing.again
    answer = _answer(facts) if anew else no_new_answer(facts.language)
    return [*_request(facts), *_why(facts), *answer, *_if_changed(facts)]


def _request(facts: LetterFacts) -> list[Block]:
    form, asked = facts.language, number_text(facts.asked or 0, facts.language)
    blocks: list[Block] = [
        Text(
            say(
                form,
                f"{facts.name} kommune anmodes om å bosette {asked} flyktninger i {facts.year}. Kommunen avgjør selv "
                "hvor mange den kan ta imot.",
                f"{facts.name} kommune blir oppmoda om å busetje {asked} flyktningar i {facts.year}. Kommunen "
                "avgjer sjølv kor mange han kan ta imot.",
            )
        )
    ]
    minors = [*_minors(facts.em_under15, "under 15", form), *_minors(facts.em_15_17, "15\u201317", form)]
    if minors:
        blocks.append(Text(say(form, "Av disse er:", "Av desse er:")))
        blocks.append(Points(tuple(minors)))
    else:
        blocks.append(
            Text(
                say(
                    form,
                    "Kommunen anmodes ikke om å bosette enslige mindreårige.",
                    "Kommunen blir ikkje oppmoda om å busetje einslege mindreårige.",
                )
            )
        )
    if facts.former_asked is not None or facts.standing is not None:
        blocks.append(what_follows(facts.former_asked, facts.standing, form))
    return blocks


def _minors(persons: int | None, age: str, form: Language) -> list[str]:
    if persons is None:
        return []
    return [
        say(
            form,
            f"{persons} {'enslig mindreårig' if persons == 1 else 'enslige mindreårige'} {age} år",
            f"{persons} {'einsleg mindreårig' if persons == 1 else 'einslege mindreårige'} {age} år",
        )
    ]


def _why(facts: LetterFacts) -> list[Block]:
    if not facts.reasons:
        return []
    title = say(facts.language, "Hvorfor dette tallet", "Kvifor dette talet")
    return [Heading(title), Points(facts.reasons)]


def _answer(facts: LetterFacts) -> list[Block]:
    form, deadline = facts.language, day_text(facts.deadline, facts.language)
    return [
        Heading(say(form, "Svaret", "Svaret")),
        Text(
            say(
                form,
                f"Fristen er {deadline}. Er kommunestyrets møte senere, ber vi om møtedatoen innen fristen. Svaret "
                "registreres én gang; KS får det samtidig.",
                f"Fristen er {deadline}. Er møtet i kommunestyret seinare, ber vi om møtedatoen innan fristen. "
                "Svaret blir registrert éin gong; KS får det samstundes.",
            )
        ),
        Points(
            (
                say(
                    form,
                    "Vedtaket sier hvor mange personer kommunen bosetter i året, ikke hvem.",
                    "Vedtaket seier kor mange personar kommunen buset i året, ikkje kven.",
                ),
                say(
                    form,
                    "Familiegjenforente kommer utenom tallet.",
                    "Familiesameinte kjem utanom talet.",
                ),
                say(
                    form,
                    "Kommunen velger om den tar imot enslige mindreårige. Andre forbehold skal vedtaket ikke ha.",
                    "Kommunen vel om han tek imot einslege mindreårige. Andre atterhald skal vedtaket ikkje ha.",
                ),
                say(
                    form,
                    "Er tallet lavere enn anmodningen, ber vi om grunnen: bolig, økonomi, ansatte, skole, "
                    "barnehage, helse eller annet.",
                    "Er talet lågare enn oppmodinga, ber vi om grunnen: bustad, økonomi, tilsette, skule, "
                    "barnehage, helse eller anna.",
                ),
                say(
                    form,
                    "Vi spør også hvor mange flere kommunen kan ta imot hvis behovet øker, og hva som skal til.",
                    "Vi spør òg kor mange fleire kommunen kan ta imot om behovet aukar, og kva som skal til.",
                ),
            )
        ),
    ]


def _if_changed(facts: LetterFacts) -> list[Block]:
    form = facts.language
    blocks: list[Block] = [
        Heading(say(form, "Hvis behovet endrer seg", "Om behovet endrar seg")),
        Text(
            say(
                form,
                "Behovet er usikkert og kan bli endret i løpet av året. En ny anmodning endrer ikke et vedtak: "
                "staten kan ikke heve det, og et kutt senker det ikke.",
                "Behovet er uvisst og kan bli endra i løpet av året. Ei ny oppmoding endrar ikkje eit vedtak: "
                "staten kan ikkje heve det, og eit kutt senkar det ikkje.",
            )
        ),
    ]
    if facts.need is not None and facts.sent_in_all is not None:
        blocks.append(Text(_buffer(facts.need, facts.sent_in_all, form)))
    blocks.append(Text(_unused(facts)))
    return blocks


def _buffer(need: int, sent: int, form: Language) -> str:
    """What lies above the need is a buffer; nothing above it, or less than it, is said as it is."""
    over = number_text(abs(sent - need), form)
    head = say(
        form,
        f"Det nasjonale behovet er {number_text(need, form)} personer, og anmodningene er på "
        f"{number_text(sent, form)} i alt",
        f"Det nasjonale behovet er {number_text(need, form)} personar, og oppmodingane er på "
        f"{number_text(sent, form)} i alt",
    )
    if sent == need:
        return head + say(form, ": det er ingen buffer.", ": det er ingen buffer.")
    if sent > need:
        return head + say(form, f": en buffer på {over}.", f": ein buffer på {over}.")
    return head + say(
        form,
        f". Det er {over} færre enn behovet, og ingen buffer.",
        f". Det er {over} færre enn behovet, og ingen buffer.",
    )


def _unused(facts: LetterFacts) -> str:
    if facts.unused_places_paid:
        return say(
            facts.language,
            "Plasser som kommunen har vedtatt og ikke får brukt, kan gi rett til tilskudd etter egne regler.",
            "Plassar som kommunen har vedteke og ikkje får brukt, kan gi rett til tilskot etter eigne reglar.",
        )
    if facts.unused_places_paid is None:
        return say(
            facts.language,
            "Det er ikke fastsatt hvem som betaler for vedtatte plasser som ikke blir brukt.",
            "Det er ikkje fastsett kven som betaler for vedtekne plassar som ikkje blir brukte.",
        )
    return say(
        facts.language,
        "Staten betaler ikke for vedtatte plasser som ikke blir brukt.",
        "Staten betaler ikkje for vedtekne plassar som ikkje blir brukte.",
    )
