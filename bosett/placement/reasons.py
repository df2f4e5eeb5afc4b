"""An explanation in plain words: for the caseworker everything, for the household only what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bosett.placement.explain import TOO_SMALL, Explanation
from bosett.placement.rules import OTHER_NEED


class Language(StrEnum):
    """Bokmål, nynorsk, English."""

    NB = "nb"
    NN = "nn"
    EN = "en"


Words = Mapping[str, Mapping[Language, str]]

WORDS: Words = {
    code: dict(zip(Language, said, strict=True))
    for code, said in {
        "here": (
            "{place} er foreslått. Det er nummer {rank} av {of} kommuner som kan ta imot.",
            "{place} er foreslått. Det er nummer {rank} av {of} kommunar som kan ta imot.",
            "{place} is proposed. It ranks {rank} of the {of} municipalities that can receive.",
        ),
        "part": ("{reason}: {points} poeng.", "{reason}: {points} poeng.", "{reason}: {points} points."),
        "instead": (
            "{place}: {less} poeng lavere, {after} etter plassprisen; {room}.",
            "{place}: {less} poeng lågare, {after} etter plassprisen; {room}.",
            "{place}: {less} points lower, {after} after the price of its places; {room}.",
        ),
        "room": ("det er ledige plasser", "det er ledige plassar", "there is room"),
        "full": ("plassene er brukt av andre", "plassane er brukte av andre", "its places are used by others"),
        "blocked": (
            "{places} er utelukket: {rule}.",
            "{places} er utelukka: {rule}.",
            "{places} is excluded: {rule}.",
        ),
        "unplaced": (
            "Ingen kommune er foreslått: {reason}.",
            "Ingen kommune er foreslått: {reason}.",
            "No municipality is proposed: {reason}.",
        ),
        "no_allowed_municipality": (
            "alle kommuner er utelukket av en regel",
            "alle kommunar er utelukka av ein regel",
            "a rule excludes every municipality",
        ),
        "no_capacity": (
            "ingen kommune har nok ledige plasser",
            "ingen kommune har nok ledige plassar",
            "no municipality has enough free places",
        ),
        "locked_out": ("saksbehandler har satt dette på vent", "saksbehandlar har sett dette på vent",
                       "a caseworker has put this on hold"),
        "not_worth_it": ("ingen plassering gir en bedre løsning", "inga plassering gir ei betre løysing",
                         "no placement makes the whole better"),
        "own_here": (
            "Dere er foreslått til {place}.",
            "De er foreslåtte til {place}.",
            "You are proposed for {place}.",
        ),
        "own_wait": (
            "Dere har ikke fått en kommune ennå. Vi ser på saken på nytt i neste omgang.",
            "De har ikkje fått ein kommune enno. Vi ser på saka på nytt i neste omgang.",
            "You do not have a municipality yet. We look at your case again in the next round.",
        ),
        "own_because": (
            "Dette talte med: {reasons}.",
            "Dette talde med: {reasons}.",
            "This counted: {reasons}.",
        ),
        "own_next": (
            "Nå svarer kommunen. En saksbehandler bestemmer, og dere kan be om en ny vurdering.",
            "No svarar kommunen. Ein saksbehandlar avgjer, og de kan be om ei ny vurdering.",
            "The municipality answers next. A caseworker decides, and you can ask for a new assessment.",
        ),
        "too_small": (
            "husstanden er større enn det er plass til",
            "husstanden er større enn det er plass til",
            "the household is larger than there is room for",
        ),
        "declined_before": (
            "kommunen har svart nei før",
            "kommunen har svart nei før",
            "the municipality has answered no before",
        ),
        "takes_no_unaccompanied_minors": (
            "kommunen tar ikke imot enslige mindreårige",
            "kommunen tek ikkje imot einslege mindreårige",
            "the municipality does not receive unaccompanied minors",
        ),
        "linked_elsewhere": (
            "en som husstanden hører sammen med, er et annet sted",
            "nokon som husstanden høyrer saman med, er ein annan stad",
            "someone the household belongs with is elsewhere",
        ),
        OTHER_NEED: ("et annet behov", "eit anna behov", "another need"),
        "lacks": ("et tilbud som trengs, finnes ikke der", "eit tilbod som trengst, finst ikkje der",
                  "a service that is needed is not there"),
        "tie_family_in_direct_line": ("nær familie", "nær familie", "close family"),
        "tie_network": ("nettverk", "nettverk", "network"),
        "tie_work_or_school": ("arbeid eller skole", "arbeid eller skule", "work or school"),
        "wish": ("ønsket deres", "ønsket dykkar", "your wish"),
        "needs_covered": ("tilbudene dere trenger", "tilboda de treng", "the services you need"),
        "centrality": ("avstanden til tjenester", "avstanden til tenester", "distance to services"),
    }.items()
}  # fmt: skip


def for_caseworker(told: Explanation, names: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Why here, what the next best would give or cost, and which rule excludes which municipality.

    Parameters
    ----------
    names
        Municipality -> its name.
    """
    lines = []
    if told.municipality_id is None:
        lines.append(_say("unplaced", language, reason=_word(str(told.reason), language)))
    else:
        place = names[told.municipality_id]
        lines.append(_say("here", language, place=place, rank=told.rank, of=told.allowed_count))
    lines += [
        _say("part", language, reason=_word(part.code, language).capitalize(), points=f"{part.points:g}")
        for part in told.parts
    ]
    own = told.score or 0.0
    for one in told.alternatives:
        room = _word("room" if one.room else "full", language)
        less, after = f"{own - one.score:.3g}", f"{one.score_after_price:.3g}"
        lines.append(
            _say("instead", language, place=names[one.municipality_id], less=less, after=after, room=room)
        )
    by_rule: dict[str, list[str]] = {}
    for blocked in told.blocked:
        for rule in blocked.rules:
            by_rule.setdefault(rule, []).append(names[blocked.municipality_id])
    for rule, places in sorted(by_rule.items()):
        lines.append(_say("blocked", language, places=", ".join(sorted(places)), rule=_word(rule, language)))
    return tuple(lines)


def for_household(told: Explanation, names: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Its own place, needs, ties and next step: never prices, other municipalities or other households."""
    if told.municipality_id is None:
        return (_say("own_wait", language),)
    lines = [_say("own_here", language, place=names[told.municipality_id])]
    own = [_word(part.code, language) for part in told.parts if part.points > 0]
    if own:
        lines.append(_say("own_because", language, reasons=", ".join(own)))
    return (*lines, _say("own_next", language))


def _word(code: str, language: Language) -> str:
    """The words of a code; a rule without words of its own is named as another need."""
    if code.startswith("lacks_"):
        code = "lacks"
    return WORDS.get(code if code != TOO_SMALL else "too_small", WORDS[OTHER_NEED])[language]


def _say(code: str, language: Language, **facts: str | int) -> str:
    return WORDS[code][language].format(**facts)
