"""A grant line in the sentences that a municipal accountant can check, in bokmål, nynorsk and English."""

from __future__ import annotations

from bosett.grants import legal, rate_notes
from bosett.grants.assumptions import LABELS
from bosett.grants.names import CERTAINTIES, REASONS, SCHEME_NAMES
from bosett.grants.rate_table import WITHOUT_VALUE
from bosett.grants.result import GrantLine, Status
from bosett.rules.parameters import Parameters
from bosett.terms.label import Label

SENTENCES = {
    "what": Label("{scheme} for {year}.", "{scheme} for {year}.", "{scheme} for {year}."),
    "grant_year": Label(
        "{year} is grant year {number}.", "{year} er tilskuddsår {number}.", "{year} er tilskotsår {number}."
    ),
    "rate": Label(
        "{rule}: {rate} kroner ({certainty}).",
        "{rule}: {rate} kroner ({certainty}).",
        "{rule}: {rate} kroner ({certainty}).",
    ),
    "units": Label(
        "{units} times {rate} kroner.", "{units} ganger {rate} kroner.", "{units} gonger {rate} kroner."
    ),
    "cap": Label(
        "The documented cost is paid up to this.",
        "Den dokumenterte kostnaden betales opp til dette.",
        "Den dokumenterte kostnaden blir betalt opp til dette.",
    ),
    "whole": Label(
        "All of it goes to the municipality: {amount} kroner.",
        "Alt går til kommunen: {amount} kroner.",
        "Alt går til kommunen: {amount} kroner.",
    ),
    "part": Label(
        "The municipality's part is {above}/{below}: {amount} kroner.",
        "Kommunens del er {above}/{below}: {amount} kroner.",
        "Kommunen sin del er {above}/{below}: {amount} kroner.",
    ),
    "missing": Label(
        "{rule}: no value is known for {year}, so the amount cannot be said.",
        "{rule}: ingen verdi er kjent for {year}, så beløpet kan ikke sies.",
        "{rule}: ingen verdi er kjend for {year}, så beløpet kan ikkje seiast.",
    ),
    "legal": Label("Rule: {legal}.", "Regel: {legal}.", "Regel: {legal}."),
    "source": Label("Source: {source}.", "Kilde: {source}.", "Kjelde: {source}."),
    "assumed": Label("Assumed: {text}.", "Antatt: {text}.", "Gått ut frå: {text}."),
}


def told(line: GrantLine, language: str, parameters: Parameters | None = None) -> tuple[str, ...]:
    """The line's sentences: what, rate, part, rule, source and each assumption, in the order of reading.

    Parameters
    ----------
    language
        `en`, `nb` or `nn`.
    parameters
        Where the rates are from; the shipped ones if not given.
    """
    params = parameters or Parameters.shipped()
    said = [_say("what", language, scheme=scheme_name(line.scheme, language), year=line.year)]
    if line.grant_year > 0:
        said.append(_say("grant_year", language, year=line.year, number=line.grant_year))
    said += _amount(line, language, params)
    if line.legal:
        said.append(_say("legal", language, legal=legal.in_language(line.legal, language)))
    if line.source is not None:
        named = [rate_notes.in_language(one, language) for one in (line.source.title, line.source.section)]
        where = ", ".join(part for part in (*named, line.source.href) if part)
        day = f" ({line.source.published})" if line.source.published else ""
        said.append(_say("source", language, source=where + day))
    return (*said, *(_say("assumed", language, text=assumption(one, language)) for one in line.assumptions))


def scheme_name(code: str, language: str) -> str:
    """What a scheme is called."""
    return SCHEME_NAMES[code].in_language(language)


def reason(code: str, language: str) -> str:
    """Why there is no grant."""
    return REASONS[code].in_language(language)


def assumption(text: str, language: str) -> str:
    """An assumption of a line in a language."""
    return LABELS[text].in_language(language)


def rule_name(path: str, language: str, parameters: Parameters) -> str:
    """What a rule or rate is called; the path itself when nothing is stored under it."""
    if path in parameters.paths():
        return parameters.get(path).label.in_language(language)
    return WITHOUT_VALUE[path].in_language(language) if path in WITHOUT_VALUE else path


def kroner(amount: int, language: str) -> str:
    """Whole kroner with the language's mark for thousands."""
    return f"{amount:,}".replace(",", "," if language == "en" else "\u00a0")


def _amount(line: GrantLine, language: str, parameters: Parameters) -> list[str]:
    rule = rule_name(line.rule, language, parameters)
    if line.status is Status.RATE_MISSING or line.rate_nok is None or line.amount_nok is None:
        return [_say("missing", language, rule=rule, year=line.year)]
    rate, amount = kroner(line.rate_nok, language), kroner(line.amount_nok, language)
    said = [_say("rate", language, rule=rule, rate=rate, certainty=_certainty(line, language, parameters))]
    if line.units != 1:
        said.append(_say("units", language, units=line.units, rate=rate))
    if line.scheme == "special_2":
        return [*said, _say("cap", language), _say("whole", language, amount=amount)]
    if line.share is None or line.share == 1:
        return [*said, _say("whole", language, amount=amount)]
    above, below = line.share.numerator, line.share.denominator
    return [*said, _say("part", language, above=above, below=below, amount=amount)]


def _certainty(line: GrantLine, language: str, parameters: Parameters) -> str:
    """How sure the rate is: as stored with the line's amount and source."""
    stored = parameters.get(line.rule).entries if line.rule in parameters.paths() else ()
    sure = [one.certainty for one in stored if (one.value, one.source) == (line.rate_nok, line.source)]
    return CERTAINTIES[sure[-1]].in_language(language) if sure else "?"


def _say(key: str, language: str, **values: object) -> str:
    return SENTENCES[key].in_language(language).format(**values)
