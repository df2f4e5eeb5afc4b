"""Why a municipality is asked for its number, in words: bokmål, nynorsk and English."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bosett.distribution.column_names import COLUMN_NAMES
from bosett.distribution.explain import explain_share
from bosett.distribution.result import Distribution
from bosett.outputs.plain_numbers import number_text
from bosett.terms.label import Label
from bosett.terms.sentence import Sentence

SENTENCES: Mapping[str, Label] = {
    "distribution.asked": Label(
        en="{municipality} is asked to settle {asked} of {need} persons.",
        nb="{municipality} anmodes om å bosette {asked} av {need} personer.",
        nn="{municipality} blir oppmoda om å busetje {asked} av {need} personar.",
    ),
    "distribution.gives": Label(
        en="{column} gives {persons} persons.",
        nb="{column} gir {persons} personer.",
        nn="{column} gir {persons} personar.",
    ),
    "distribution.takes": Label(
        en="{column} takes {persons} persons off.",
        nb="{column} trekker fra {persons} personer.",
        nn="{column} trekkjer frå {persons} personar.",
    ),
    "distribution.exact_share": Label(
        en="Together the criteria give {persons} persons.",
        nb="Til sammen gir kriteriene {persons} personer.",
        nn="Til saman gir kriteria {persons} personar.",
    ),
    "distribution.deduction": Label(
        en="Taken off for {cause}: {persons} persons.",
        nb="Fradrag for {cause}: {persons} personer.",
        nn="Frådrag for {cause}: {persons} personar.",
    ),
    "distribution.after_deduction": Label(
        en="With deductions, and what they move between municipalities, it is {persons} persons.",
        nb="Med fradrag, og det fradragene flytter mellom kommunene, blir det {persons} personer.",
        nn="Med frådrag, og det frådraga flyttar mellom kommunane, blir det {persons} personar.",
    ),
    "distribution.after_bounds": Label(
        en="With the lowest and highest numbers, and what they move, it is {persons} persons.",
        nb="Med laveste og høyeste tall, og det de flytter mellom kommunene, blir det {persons} personer.",
        nn="Med lågaste og høgaste tal, og det dei flyttar mellom kommunane, blir det {persons} personar.",
    ),
    "distribution.bound.floor": Label(
        en="The number was raised to the lowest one allowed.",
        nb="Tallet er hevet til det laveste som er tillatt.",
        nn="Talet er heva til det lågaste som er tillate.",
    ),
    "distribution.bound.cap": Label(
        en="The number was held at the highest one allowed.",
        nb="Tallet er holdt nede på det høyeste som er tillatt.",
        nn="Talet er halde nede på det høgaste som er tillate.",
    ),
    "distribution.bound.excluded": Label(
        en="The municipality takes no part in this division.",
        nb="Kommunen er holdt utenfor denne fordelingen.",
        nn="Kommunen er halden utanfor denne fordelinga.",
    ),
    "distribution.bound.too_small": Label(
        en="The municipality has fewer inhabitants than the method asks for.",
        nb="Kommunen har færre innbyggere enn metoden krever.",
        nn="Kommunen har færre innbyggjarar enn metoden krev.",
    ),
    "distribution.bound.no_share": Label(
        en="The criteria give the municipality no share.",
        nb="Kriteriene gir ikke kommunen noen andel.",
        nn="Kriteria gir ikkje kommunen nokon del.",
    ),
    "distribution.bound.by_hand": Label(
        en="The number was set by hand: {reason}",
        nb="Tallet er satt for hånd: {reason}",
        nn="Talet er sett for hand: {reason}",
    ),
    "distribution.group": Label(
        en="Of these, {persons}: {group}.",
        nb="Av disse {persons}: {group}.",
        nn="Av desse {persons}: {group}.",
    ),
    "distribution.assumption": Label(
        en="An assumption of ours, where the published method is silent: {assumption}.",
        nb="En antakelse fra vår side, der den publiserte metoden tier: {assumption}.",
        nn="Noko vi har gått ut frå, der den publiserte metoden teier: {assumption}.",
    ),
}

KNOWN_GROUPS: Mapping[str, Label] = {
    "em_under15": Label(
        en="unaccompanied minors under 15",
        nb="enslige mindreårige under 15 år",
        nn="einslege mindreårige under 15 år",
    ),
    "em_15_17": Label(
        en="unaccompanied minors of 15 to 17",
        nb="enslige mindreårige 15\u201317 år",
        nn="einslege mindreårige 15\u201317 år",
    ),
}

KNOWN_CAUSES: Mapping[str, Label] = {
    "deduct": Label(
        en="what the municipality carries already",
        nb="det kommunen bærer fra før",
        nn="det kommunen ber frå før",
    ),
    "centre": Label(
        en="hosting a reception centre", nb="vertskap for asylmottak", nn="vertskap for asylmottak"
    ),
    "earlier": Label(en="earlier settlement", nb="tidligere bosetting", nn="tidlegare busetjing"),
    "pressure": Label(
        en="pressure on housing and services",
        nb="press på boliger og tjenester",
        nn="press på bustader og tenester",
    ),
    "moves": Label(
        en="persons who have moved in", nb="tilflytting av flyktninger", nn="tilflytting av flyktningar"
    ),
}

KNOWN_ASSUMPTIONS: Mapping[str, Label] = {
    "norway-2018.rates_times_population": Label(
        en="the two rates are multiplied by population",
        nb="de to ratene er ganget med folketallet",
        nn="dei to ratane er gonga med folketalet",
    ),
    "norway-2018.indicators_as_given": Label(
        en="the indicators are used as they were given",
        nb="indikatorene er brukt slik de ble gitt",
        nn="indikatorane er brukte slik dei vart gitt",
    ),
    "norway-2018.no_size_limit": Label(
        en="no municipality is left out for its size",
        nb="ingen kommune er utelatt fordi den er liten",
        nn="ingen kommune er utelaten fordi han er liten",
    ),
    "switzerland.compensation_in_persons_off_the_share": Label(
        en="the compensation is taken off the share in persons",
        nb="kompensasjonen er trukket fra andelen i personer",
        nn="kompensasjonen er trekt frå delen i personar",
    ),
}


def explain_in_words(
    division: Distribution, identifier: str, language: str, columns: Mapping[str, Label] | None = None
) -> tuple[str, ...]:
    """The sentences of `explain_share` in `nb`, `nn` or `en`.

    Parameters
    ----------
    columns
        Names of the criteria; a column without one is told by its own name in quotes.

    Raises
    ------
    KeyError
        If the municipality is not in the division, or a sentence has no words.
    """
    share = division.of(identifier)
    names = {**COLUMN_NAMES, **(columns or {})}
    told = []
    for sentence in explain_share(division, identifier):
        facts = _facts(sentence, language, names)
        facts.update({"municipality": share.name or identifier} if "municipality" in facts else {})
        facts["reason"] = share.reason
        told.append(SENTENCES[_key(sentence)].in_language(language).format(**facts))
    return tuple(told)


def criterion_sentences(
    parts: Mapping[str, float], bound: str, reason: str, language: str, names: Mapping[str, str]
) -> tuple[str, ...]:
    """Why a stored number is as it is: what each criterion gave or took, what held it, and a hand's reason.

    Parameters
    ----------
    parts
        Criterion -> persons, as kept with the number; to a hundredth.
    bound
        A value of `Bound`; anything else says nothing.
    names
        Names of criteria that have one name in every language.
    """
    told = []
    for column, persons in parts.items():
        key = "distribution.takes" if persons < 0 else "distribution.gives"
        label = COLUMN_NAMES.get(column)
        name = names.get(column) or (label.in_language(language) if label else f"\u00ab{column}\u00bb")
        amount = number_text(abs(Fraction(str(persons))), language)
        told.append(SENTENCES[key].in_language(language).format(column=name, persons=amount))
    held = SENTENCES.get(f"distribution.bound.{bound}")
    if held is not None and not reason:
        told.append(held.in_language(language))
    if reason:
        by_hand = SENTENCES["distribution.bound.by_hand"]
        told.append(by_hand.in_language(language).format(reason=reason))
    return tuple(told)


def _key(sentence: Sentence) -> str:
    if sentence.key != "distribution.from_criterion":
        return sentence.key
    persons = sentence.fact("persons")
    return "distribution.takes" if isinstance(persons, Fraction) and persons < 0 else "distribution.gives"


def _facts(sentence: Sentence, language: str, names: Mapping[str, Label]) -> dict[str, str]:
    facts = {}
    for name, value in sentence.facts:
        known = {
            "column": names,
            "group": KNOWN_GROUPS,
            "cause": KNOWN_CAUSES,
            "assumption": KNOWN_ASSUMPTIONS,
        }.get(name)
        if known is not None:
            label = known.get(str(value))
            facts[name] = label.in_language(language) if label else f"\u00ab{value}\u00bb"
        elif isinstance(value, int | Fraction):
            facts[name] = number_text(abs(Fraction(value)), language)
        else:
            facts[name] = str(value)
    return facts
