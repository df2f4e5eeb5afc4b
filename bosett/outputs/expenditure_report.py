"""The committee's report on a closed round, as a paper in bokmål or nynorsk: what was found, and how.

Everything in it comes from the round (`bosett.expenditure.findings`) and the published figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bosett.expenditure.published import PublishedFigure, published
from bosett.expenditure.questionnaire import kind_name, who_counts
from bosett.outputs.expenditure_parts import (
    areas_chart,
    areas_grid,
    coverage_text,
    groups_grid,
    interval,
    nok,
    quotients_grid,
    register_grid,
    years_chart,
    years_grid,
)
from bosett.outputs.paper import Block, Grid, Heading, Language, Paper, Points, Text, say
from bosett.outputs.plain_numbers import number_text

CHECKS = {
    "thousands": ("ser ut som tusen kroner", "ser ut som tusen kroner"),
    "thousandfold": ("ser ut tusen ganger for stort", "ser ut tusen gonger for stort"),
    "outlier": ("langt fra de andre", "langt frå dei andre"),
    "amount_without_persons": ("beløp uten personer", "beløp utan personar"),
    "no_answer": ("spurt uten svar", "spurd utan svar"),
    "one_respondent": ("ett svar i et stratum", "eitt svar i eit stratum"),
    "weights_do_not_sum": ("vekter som ikke summerer", "vekter som ikkje summerer"),
    "register_year_missing": ("et register uten et bosettingsår", "eit register utan eit busetjingsår"),
}


@dataclass(frozen=True)
class ReportInput:
    """A closed round: its year and kind, its findings, how it was drawn."""

    year: int
    kind: str
    day: date
    result: Mapping[str, Any]
    strata: Sequence[tuple[str, int, int]]
    seed: int
    frame_source: str
    sha256: str
    version: str
    synthetic: bool


def expenditure_report(told: ReportInput, language: Language) -> Paper:
    """The report in one language form."""
    name = kind_name(told.kind).in_language(language)
    title = say(
        language,
        f"Kommunenes utgifter i {told.year}: {name.lower()}",
        f"Utgiftene til kommunane i {told.year}: {name.lower()}",
    )
    mark = say(
        language,
        "ØVELSE: svarene er syntetiske, laget for demonstrasjon. Ingen kommune har gitt dem.",
        "ØVING: svara er syntetiske, laga for demonstrasjon. Ingen kommune har gjeve dei.",
    )
    blocks = (*_summary(told, language), *_findings(told, language), *_method(told, language))
    sender = say(language, "Beregningsutvalget", "Berekningsutvalet")
    particulars = (
        (say(language, "Regnskapsår", "Rekneskapsår"), str(told.year)),
        (say(language, "Svar", "Svar"), f"{told.result['respondents']} / {told.result['asked']}"),
    )
    return Paper(title, language, sender, told.day, particulars, blocks, mark if told.synthetic else "")


def _summary(told: ReportInput, language: Language) -> list[Block]:
    result = told.result
    whole, five = result["whole"], bool(result["years"])
    who = who_counts(told.kind).in_language(language)
    over = say(language, "over fem år" if five else "i året", "over fem år" if five else "i året")
    points = [
        say(
            language,
            f"Utgiften {over} var {nok(whole['nok'], language)} per person, {interval(whole, language)}.",
            f"Utgifta {over} var {nok(whole['nok'], language)} per person, {interval(whole, language)}.",
        ),
        coverage_text(result["coverage"], language),
        say(
            language,
            f"{result['respondents']} av {result['asked']} spurte kommuner har svart på alt."
            f" De står for {result['frame']} kommuner.",
            f"{result['respondents']} av {result['asked']} spurde kommunar har svart på alt."
            f" Dei står for {result['frame']} kommunar.",
        ),
    ]
    blocks: list[Block] = [
        Heading(say(language, "Sammendrag", "Samandrag")),
        Text(
            say(
                language,
                f"Rapporten viser hva kommunene brukte på {who}, og hvor mye av det tilskuddene dekker.",
                f"Rapporten viser kva kommunane brukte på {who}, og kor mykje av det tilskota dekkjer.",
            )
        ),
        Points(tuple(points)),
    ]
    if result["few_respondents"]:
        blocks.append(Text(_few(result["respondents"], language)))
    if result["certain_silent"]["many"]:
        blocks.append(Text(_silent(result["certain_silent"], language)))
    return blocks


def _few(many: int, language: Language) -> str:
    return say(
        language,
        f"Bare {many} kommuner har svart på alt. Med færre enn 150 svar bommer 95 %-intervallene oftere enn 5 av"
        " 100 ganger. De må leses som for smale.",
        f"Berre {many} kommunar har svart på alt. Med færre enn 150 svar bommar 95 %-intervalla oftare enn 5 av"
        " 100 gonger. Dei må lesast som for smale.",
    )


def _silent(silent: Mapping[str, Any], language: Language) -> str:
    many, share = silent["many"], f"{number_text(100 * silent['share'], language)} %"
    return say(
        language,
        f"{many} av de største kommunene, med {share} av personene, har ikke svart på alt. Ingen andre ligner dem."
        " Derfor bommer 95 %-intervallene oftere enn 5 av 100 ganger.",
        f"{many} av dei største kommunane, med {share} av personane, har ikkje svart på alt. Ingen andre liknar dei."
        " Difor bommar 95 %-intervalla oftare enn 5 av 100 gonger.",
    )


def _findings(told: ReportInput, language: Language) -> list[Block]:
    result = told.result
    blocks: list[Block] = [
        Heading(say(language, "Utgifter etter område", "Utgifter etter område")),
        areas_chart(result["areas"], language),
        areas_grid(result["areas"], result["survey_year"], language),
    ]
    if result["years"]:
        blocks += [
            Heading(say(language, "Utgifter etter bosettingsår", "Utgifter etter busetjingsår")),
            years_chart(result["years"], language),
            years_grid(result["years"], result["whole"], language),
        ]
    if result["register"]:
        blocks.append(register_grid(result["register"], language))
    if result["quotients"]:
        blocks.append(quotients_grid(result["quotients"], language))
    blocks.append(Heading(say(language, "Grupper av kommuner", "Grupper av kommunar")))
    blocks += [groups_grid(name, rows, language) for name, rows in result["groups"].items()]
    if told.kind == "ordinary":
        blocks += _published(language)
    return blocks


def _published(language: Language) -> list[Block]:
    """The coverage that was published, beside."""
    found = [one for one in published() if one.measure == "coverage"]
    rows = tuple(
        (
            str(one.data_year),
            _scheme(one, language),
            f"{number_text(one.value, language)} %",
            one.source.title,
        )
        for one in found
    )
    header = (
        say(language, "År", "År"), say(language, "Ordning", "Ordning"), say(language, "Dekning", "Dekning"),
        say(language, "Kilde", "Kjelde"),
    )  # fmt: skip
    caption = say(
        language, "Dekningsgrader publisert for 2014–2023", "Dekningsgradar publiserte for 2014–2023"
    )
    return [
        Heading(
            say(language, "Ved siden av det som er publisert før", "Ved sida av det som er publisert før")
        ),
        Grid(caption, header, rows, frozenset({2})),
    ]


def _scheme(one: PublishedFigure, language: Language) -> str:
    names = {
        "integration": ("integreringstilskudd", "integreringstilskot"),
        "unaccompanied_minor": ("enslige mindreårige", "einslege mindreårige"),
        "norwegian": ("norskopplæring", "norskopplæring"),
        "host": ("vertskommuner", "vertskommunar"),
    }
    return say(language, *names[one.scheme])


def _method(told: ReportInput, language: Language) -> list[Block]:
    estimator = {
        "ratio": ("kombinert rateestimator", "kombinert rateestimator"),
        "greg": ("kalibrert estimator (GREG)", "kalibrert estimator (GREG)"),
    }[told.result["estimator"]]
    rows = tuple((_stratum(name, language), str(size), str(asked)) for name, size, asked in told.strata)
    header = (
        say(language, "Stratum", "Stratum"),
        say(language, "Kommuner", "Kommunar"),
        say(language, "Spurt", "Spurde"),
    )
    checks = sorted({say(language, *CHECKS[one["rule"]]) for one in told.result["checks"]})
    return [
        Heading(say(language, "Vedlegg: metode", "Vedlegg: metode")),
        Text(
            say(
                language,
                f"Utvalget er stratifisert etter størrelse og fordelt etter Neyman. Trekningen kan gjentas med frø"
                f" {told.seed}. Personer er talt slik: {told.frame_source}.",
                f"Utvalet er stratifisert etter storleik og fordelt etter Neyman. Trekkinga kan takast opp att med frø"
                f" {told.seed}. Personar er talde slik: {told.frame_source}.",
            )
        ),
        Grid(say(language, "Utvalget", "Utvalet"), header, rows, frozenset({1, 2})),
        Points(
            (
                say(language, f"Estimator: {estimator[0]}, Taylor-linearisert varians med endelighetskorreksjon.",
                    f"Estimator: {estimator[1]}, Taylor-linearisert varians med korreksjon for endeleg populasjon."),
                say(language,
                    "Frafall: de som har svart i et stratum, står for dem som ikke har det. Det er en antakelse.",
                    "Fråfall: dei som har svart i eit stratum, står for dei som ikkje har det. Det er ein føresetnad."),
                say(language, "Svar som ligger langt fra andre, er merket og beholdt som de er.",
                    "Svar som ligg langt frå andre, er merkte og haldne som dei er."),
                say(language, "Små grupper: Fay–Herriot-modell, med modellens feil i intervallet.",
                    "Små grupper: Fay–Herriot-modell, med feilen til modellen i intervallet."),
                say(language, "Et stratum med ett svar deler feil med det stratumet som ligner mest.",
                    "Eit stratum med eitt svar deler feil med det stratumet som liknar mest."),
                say(language, f"Bibliotek {told.version}; fingeravtrykk av grunnlaget: {told.sha256[:16]}.",
                    f"Bibliotek {told.version}; fingeravtrykk av grunnlaget: {told.sha256[:16]}."),
                say(language, f"Kontroller som slo ut: {', '.join(checks) or 'ingen'}.",
                    f"Kontrollar som slo ut: {', '.join(checks) or 'ingen'}."),
            )
        ),
    ]  # fmt: skip


def _stratum(name: str, language: Language) -> str:
    if name == "certain":
        return say(language, "De største, spurt uansett", "Dei største, spurde uansett")
    if name == "s0":
        return say(language, "Ingen personer", "Ingen personar")
    return say(language, f"Størrelse {name[1:]}", f"Storleik {name[1:]}")
