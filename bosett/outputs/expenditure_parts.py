"""Tables, charts and sentences of the committee's report, each number with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bosett.expenditure.areas import AREA_WORDS
from bosett.outputs.paper import Bar, Bars, Grid, Language, say
from bosett.outputs.plain_numbers import NO_BREAK_SPACE, number_text

Row = Mapping[str, Any]
ITEMS = {
    "social_assistance": ("sosialhjelp", "sosialhjelp"),
    "introduction_benefit": ("introduksjonsstønad", "introduksjonsstønad"),
}
QUOTIENTS = {
    "training/teaching_hours": ("kroner per undervisningstime", "kroner per undervisningstime"),
    "participant_hours/teaching_hours": ("deltakere i en klasse", "deltakarar i ein klasse"),
    "training/participants": ("kroner per deltaker", "kroner per deltakar"),
}
DIVISIONS = {"kostra_group": ("KOSTRA-gruppe", "KOSTRA-gruppe"), "centrality": ("sentralitet", "sentralitet")}


def nok(value: float, language: Language) -> str:
    """Whole kroner."""
    return f"{number_text(round(value), language, 0)}{NO_BREAK_SPACE}kr"


def interval(one: Row, language: Language) -> str:
    """The 95 % interval in words, or that there is none."""
    if one["low95"] is None:
        return say(
            language,
            "uten intervall, fordi ett svar står for andre",
            "utan intervall, fordi eitt svar står for andre",
        )
    low, high = nok(one["low95"], language), nok(one["high95"], language)
    return say(language, f"95 %-intervall {low} til {high}", f"95 %-intervall {low} til {high}")


def coverage_text(found: Row | None, language: Language) -> str:
    """How far the grants cover it, with the interval."""
    if found is None:
        return say(
            language,
            "Dekningsgraden er ikke kjent, for en sats mangler.",
            "Dekningsgraden er ikkje kjend, for ein sats manglar.",
        )
    share, low, high = (_percent(found[name], language) for name in ("share", "low95", "high95"))
    return say(
        language,
        f"Tilskuddet dekker {share} av utgiften (95 %-intervall {low} til {high}).",
        f"Tilskotet dekkjer {share} av utgifta (95 %-intervall {low} til {high}).",
    )


def areas_chart(areas: Sequence[Row], language: Language) -> Bars:
    """A bar an area, the dearest first."""
    order = sorted(areas, key=lambda one: -float(one["nok"]))
    first, last = (AREA_WORDS[order[place]["area"]][0].in_language(language).lower() for place in (0, -1))
    seen = say(
        language,
        f"Mest per person går til {first}, minst til {last}. Tallene står i tabellen under.",
        f"Mest per person går til {first}, minst til {last}. Tala står i tabellen under.",
    )
    caption = say(
        language, "Kroner per person og år, med 95 %-intervall", "Kroner per person og år, med 95 %-intervall"
    )
    return Bars(
        caption,
        seen,
        tuple(_bar(AREA_WORDS[one["area"]][0].in_language(language), one, language) for one in order),
    )


def areas_grid(areas: Sequence[Row], whole: Row, language: Language) -> Grid:
    """The areas and their sum."""
    rows = [_estimate(AREA_WORDS[one["area"]][0].in_language(language), one, language) for one in areas]
    rows.append(_estimate(say(language, "Alle områder", "Alle område"), whole, language))
    caption = say(language, "Utgift per person og år etter område", "Utgift per person og år etter område")
    return Grid(
        caption, _header(say(language, "Område", "Område"), language), tuple(rows), frozenset({1, 2, 3, 4})
    )


def years_chart(years: Sequence[Row], language: Language) -> Bars:
    """A bar a residence year."""
    seen = say(
        language,
        f"Fra {nok(years[0]['nok'], language)} i år 1 til {nok(years[-1]['nok'], language)} i år 5.",
        f"Frå {nok(years[0]['nok'], language)} i år 1 til {nok(years[-1]['nok'], language)} i år 5.",
    )
    caption = say(language, "Kroner per person etter bosettingsår", "Kroner per person etter busetjingsår")
    return Bars(caption, seen, tuple(_bar(_year(one["area"], language), one, language) for one in years))


def years_grid(years: Sequence[Row], whole: Row, language: Language) -> Grid:
    """Residence years and the five together."""
    rows = [_estimate(_year(one["area"], language), one, language) for one in years]
    rows.append(_estimate(say(language, "Fem år samlet", "Fem år samla"), whole, language))
    caption = say(language, "Utgift per person etter bosettingsår", "Utgift per person etter busetjingsår")
    return Grid(
        caption,
        _header(say(language, "Bosettingsår", "Busetjingsår"), language),
        tuple(rows),
        frozenset({1, 2, 3, 4}),
    )


def register_grid(register: Sequence[Row], language: Language) -> Grid:
    """The registers by residence year and item."""
    rows = tuple(
        _estimate(f"{_year(one['residence_year'], language)}: {_item(one['item'], language)}", one, language)
        for one in register
    )
    caption = say(language, "Registrene: kroner per person", "Registra: kroner per person")
    return Grid(caption, _header(say(language, "Post", "Post"), language), rows, frozenset({1, 2, 3, 4}))


def quotients_grid(quotients: Sequence[Row], language: Language) -> Grid:
    """Price per hour, class size, cost per participant."""
    rows = tuple(
        (
            say(language, *QUOTIENTS[one["area"]]), number_text(one["nok"], language),
            *(number_text(one[name], language) if one[name] is not None else "–" for name in ("low95", "high95")),
            str(one["respondents"]),
        )
        for one in quotients
    )  # fmt: skip
    header = (
        say(language, "Hva", "Kva"),
        say(language, "Anslag", "Anslag"),
        "95 %: fra" if language == "nb" else "95 %: frå",
        "til",
        "Svar",
    )
    caption = say(language, "Pris og klassestørrelse", "Pris og klassestorleik")
    return Grid(caption, header, rows, frozenset({1, 2, 3, 4}))


def groups_grid(name: str, groups: Sequence[Row], language: Language) -> Grid:
    """A division: with the model, or too few answers."""
    few = say(language, "for få svar", "for få svar")
    rows = tuple(
        (
            str(one["group"]),
            *(few if one[part] is None else nok(one[part], language) for part in ("nok", "low95", "high95")),
            str(one["respondents"]),
        )
        for one in groups
    )
    division = say(language, *DIVISIONS[name])
    caption = say(
        language, f"Utgift per person og år etter {division}", f"Utgift per person og år etter {division}"
    )
    return Grid(
        caption, (division, *_header("", language)[1:3], "til", "Svar"), rows, frozenset({1, 2, 3, 4})
    )


def _header(first: str, language: Language) -> tuple[str, ...]:
    return (first, say(language, "Kroner", "Kroner"), say(language, "95 %: fra", "95 %: frå"), "til", "Svar")


def _estimate(name: str, one: Row, language: Language) -> tuple[str, ...]:
    ends = ("–" if one[part] is None else nok(one[part], language) for part in ("low95", "high95"))
    return (name, nok(one["nok"], language), *ends, str(one["respondents"]))


def _bar(label: str, one: Row, language: Language) -> Bar:
    return Bar(label, max(0.0, float(one["nok"])), nok(one["nok"], language), one["low95"], one["high95"])


def _year(year: object, language: Language) -> str:
    return say(language, f"År {year}", f"År {year}")


def _item(item: str, language: Language) -> str:
    return say(language, *ITEMS[item]) if item in ITEMS else item


def _percent(value: float | None, language: Language) -> str:
    return "–" if value is None else f"{number_text(value * 100, language)}{NO_BREAK_SPACE}%"
