"""The commitments in the year's report: each with its state, what it is measured by, and what cannot be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bosett.agreement import Finding, Held, Verdict
from bosett.agreement.names import missing_in_words, name, source_name
from bosett.outputs.paper import Grid, Language, Points, say
from bosett.outputs.year_report_sections import Section
from bosett.outputs.year_report_words import told_number
from bosett.rules.value import Certainty


def commitments_section(kept: Sequence[Held], language: Language) -> Section:
    """A table of every commitment, and that some limits are ours."""
    header = (
        say(language, "Det partene har lovet", "Det partane har lova"), say(language, "Status", "Status"),
        say(language, "Hva det måles med", "Kva det blir målt med"),
    )  # fmt: skip
    rows = tuple(
        (
            name("commitment", one.commitment.code).in_language(language),
            name("verdict", one.verdict).in_language(language),
            "\n".join(_finding(each, language) for each in one.findings if each.figures)
            or say(
                language, "Ingen tall. Se det som ikke kan sies.", "Ingen tal. Sjå det som ikkje kan seiast."
            ),
        )
        for one in kept
    )
    words = [_counted(kept, language)]
    if _assumed(kept):
        words.append(
            say(
                language,
                "Noen grenser er det ingen av partene som har avtalt. De er foreslått av Bosett, og står i tabellene "
                "over parametere.",
                "Nokre grenser er det ingen av partane som har avtalt. Dei er foreslåtte av Bosett, og står i "
                "tabellane over parametrar.",
            )
        )
    caption = say(language, "Forpliktelsene i avtalen", "Pliktene i avtalen")
    title = say(language, "Er det holdt?", "Er det halde?")
    return Section("commitments", title, tuple(words), (Grid(caption, header, rows),))


def _counted(kept: Sequence[Held], language: Language) -> str:
    """How many stand as what; what cannot be said is counted too."""
    many = Counter(one.verdict for one in kept)
    parts = ", ".join(
        f"{many[verdict]} {name('verdict', verdict).in_language(language).lower()}"
        for verdict in Verdict
        if many[verdict]
    )
    return say(
        language,
        f"Av {len(kept)} forpliktelser: {parts}.",
        f"Av {len(kept)} plikter: {parts}.",
    )


def _assumed(kept: Sequence[Held]) -> bool:
    return any(
        value.certainty is Certainty.ASSUMED
        for one in kept
        for each in one.findings
        for _, value in each.limits
    )


def _finding(told: Finding, language: Language) -> str:
    figures = "; ".join(
        f"{name('figure', code).in_language(language)}: {told_number(value, code)}"
        for code, value in told.figures
    )
    return f"{name('indicator', told.indicator).in_language(language)} {figures}."


def unsaid_section(kept: Sequence[Held], language: Language) -> Section:
    """What cannot be said, each with the figures or limits that are missing."""
    lacking = [
        (
            name("indicator", each.indicator).in_language(language).rstrip("."),
            "\n".join(_begun(missing_in_words(code, language)) for code in each.missing),
        )
        for one in kept
        for each in one.findings
        if each.verdict is Verdict.CANNOT_BE_SAID
    ]
    title = say(language, "Det som ikke kan sies", "Det som ikkje kan seiast")
    if not lacking:
        words = say(language, "Alt som måles, kan sies.", "Alt som blir målt, kan seiast.")
        return Section("unsaid", title, (words,))
    words = say(
        language,
        "Noe kan ikke sies, fordi et tall eller en grense mangler. Det er ikke det samme som at det er brutt.",
        "Noko kan ikkje seiast, fordi eit tal eller ei grense manglar. Det er ikkje det same som at det er brote.",
    )
    caption = say(language, "Det som mangler for å kunne si det", "Det som manglar for å kunne seie det")
    header = (say(language, "Det som skulle vært målt", "Det som skulle vore målt"),
              say(language, "Det som mangler", "Det som manglar"))  # fmt: skip
    return Section("unsaid", title, (words,), (Grid(caption, header, tuple(dict.fromkeys(lacking))),))


def _begun(words: str) -> str:
    """The words with a capital, as they stand alone in a cell."""
    return words[:1].upper() + words[1:]


def sources_section(kept: Sequence[Held], language: Language) -> Section:
    """Where the facts are from."""
    told = {
        source_name(fact.source.title).in_language(language)
        + (f", {fact.source.href}" if fact.source.href else "")
        for one in kept
        for each in one.findings
        for fact in each.evidence
    }
    title = say(language, "Kilder", "Kjelder")
    if not told:
        none = say(language, "Ingen kilder: ingen tall er kjent.", "Ingen kjelder: ingen tal er kjende.")
        return Section("sources", title, (none,))
    return Section("sources", title, (), (Points(tuple(sorted(told))),))
