"""The papers of a meeting: what came of the last one, then one page a matter with facts, positions and proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bosett.agreement.consultation_titles import indicator_title
from bosett.agreement.names import fact_name, limit_name, missing_in_words, name, source_name
from bosett.outputs.paper import Block, Grid, Heading, Language, Paper, Points, Text, say
from bosett.outputs.plain_numbers import day_text, number_text

SENDER = "Bosett"
Values = Mapping[str, Any]


def meeting_pack(content: Values, language: Language) -> Paper:
    """The papers in one form of Norwegian; the same content gives the same paper.

    Parameters
    ----------
    content
        Meeting, `since` (actions with owner and what came of them), and `pages`: one a matter, with its text, who
        stands behind it, findings with figures and sources, and what parties have shared.
    """
    day = date.fromisoformat(content["as_of"])
    blocks: list[Block] = [*_agenda(content, language), *_since(content, language)]
    for page in content["pages"]:
        blocks += _page(page, content["names"], language)
    return Paper(
        title=say(language, f"Møtepapirer: {content['title']}", f"Møtepapir: {content['title']}"),
        language=language, sender=SENDER, day=day, particulars=_particulars(content, day, language),
        blocks=tuple(blocks),
        mark=say(
            language, "Øvelse med oppdiktet innhold. Partene har ikke sagt dette.",
            "Øving med oppdikta innhald. Partane har ikkje sagt dette.",
        ) if content["synthetic"] else "",
    )  # fmt: skip


def hours(starts: str, ends: str, language: Language) -> str:
    """When a meeting is, in words."""
    first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    if first.date() == last.date():
        return f"{day_text(first.date(), language)} kl. {first:%H.%M}–{last:%H.%M}"
    return f"{day_text(first.date(), language)} kl. {first:%H.%M} – {day_text(last.date(), language)} kl. {last:%H.%M}"


def _particulars(content: Values, day: date, language: Language) -> tuple[tuple[str, str], ...]:
    names = content["names"]
    told = [
        (say(language, "Tid", "Tid"), hours(content["starts"], content["ends"], language)),
        (
            say(language, "Innkalt", "Kalla inn"),
            ", ".join(names[one][language] for one in content["parties"]),
        ),
        (say(language, "Tall per", "Tal per"), day_text(day, language)),
    ]
    if content["place"]:
        told.insert(1, (say(language, "Sted", "Stad"), content["place"]))
    return tuple(told)


def _agenda(content: Values, language: Language) -> list[Block]:
    first = (
        [say(language, "Hva som er gjort siden sist", "Kva som er gjort sidan sist")]
        if content["since"]
        else []
    )
    points = [*first, *(_title(one, language) for one in content["pages"])]
    return [Heading(say(language, "Saksliste", "Sakliste")), Points(tuple(points))]


def _since(content: Values, language: Language) -> list[Block]:
    rows = content["since"]
    if not rows:
        return []
    standing = {
        "late": say(language, "Over fristen", "Over fristen"), "open": say(language, "I arbeid", "I arbeid"),
        "done": say(language, "Gjort", "Gjort"),
    }  # fmt: skip
    grid = Grid(
        say(language, "Tiltak og hva som er gjort", "Tiltak og kva som er gjort"),
        (
            say(language, "Tiltak", "Tiltak"), say(language, "Ansvar", "Ansvar"), say(language, "Frist", "Frist"),
            say(language, "Hvor det står", "Kor det står"),
        ),
        tuple(
            (
                one["text"], content["names"][one["owner"]][language], _short(one["due"]),
                " ".join(part for part in (standing[one["why"]], _short(one["done"]), one["report"]) if part),
            )
            for one in rows
        ),
    )  # fmt: skip
    return [Heading(say(language, "Siden sist", "Sidan sist")), grid]


def _page(page: Values, names: Values, language: Language) -> list[Block]:
    blocks: list[Block] = [Heading(_title(page, language), new_page=True)]
    if page["text"]:
        blocks.append(Text(page["text"]))
    blocks += [Text(one) for one in page["merged"] if one]
    blocks.append(Text(_behind(page, names, language)))
    blocks += _facts(page["findings"], language)
    for kind, words in (
        ("position", say(language, "Standpunkter som er delt", "Standpunkt som er delte")),
        ("proposal", say(language, "Forslag som er delt", "Forslag som er delte")),
    ):
        said = [one for one in page["said"] if one["kind"] == kind]
        points = tuple(f"{names[one['party']][language]}: {one['text']}" for one in said)
        blocks.append(Heading(words, level=3))
        blocks.append(Points(points) if points else Text(say(language, "Ingen ennå.", "Ingen enno.")))
    return blocks


def _title(page: Values, language: Language) -> str:
    sign = indicator_title(page["commitment"], page["indicator"]) if page["indicator"] else None
    return f"Sak {page['number']}: {sign.in_language(language) if sign else page['title']}"


def _behind(page: Values, names: Values, language: Language) -> str:
    """Who raised it and who stands behind it, by name where they have given it."""
    named = [names[code][language] for code in page["named"]]
    nameless = page["behind"] - len(named)
    told = []
    if page["kind"] == "indicator" or page["indicator"]:
        told.append(
            say(
                language,
                "Saken er her fordi et mål har passert grensen.",
                "Saka er her fordi eit mål har passert grensa.",
            )
        )
    if named:
        told.append(say(language, f"Bak saken står {_and(named)}.", f"Bak saka står {_and(named)}."))
    if nameless:
        told.append(say(
            language, f"{nameless} står bak uten å ville nevnes ved navn.",
            f"{nameless} står bak utan å ville nemnast ved namn.",
        ))  # fmt: skip
    return " ".join(told) or say(language, "Ingen står bak saken lenger.", "Ingen står bak saka lenger.")


def _facts(findings: Sequence[Values], language: Language) -> list[Block]:
    blocks: list[Block] = [Heading(say(language, "Fakta", "Fakta"), level=3)]
    if not findings:
        blocks.append(Text(say(
            language, "Saken er ikke knyttet til et mål i avtalen, så det er ingen tall å vise.",
            "Saka er ikkje knytt til eit mål i avtalen, så det er ingen tal å vise.",
        )))  # fmt: skip
    rows = [
        (_of("figure", code, language), _number(value, code, language))
        for one in findings
        for code, value in one["figures"]
    ]
    blocks += [Text(_verdict(one, language)) for one in findings]
    if rows:
        header = (say(language, "Tall", "Tal"), say(language, "Verdi", "Verdi"))
        blocks.append(
            Grid(say(language, "Tallene bak", "Tala bak"), header, tuple(dict.fromkeys(rows)), frozenset({1}))
        )
    sources = list(dict.fromkeys(_source(one, language) for told in findings for one in told["evidence"]))
    sources += [_limit(one, language) for told in findings for one in told["limits"]]
    if sources:
        blocks += [
            Text(say(language, "Kilder og grenser:", "Kjelder og grenser:")),
            Points(tuple(dict.fromkeys(sources))),
        ]
    return blocks


def _verdict(one: Values, language: Language) -> str:
    measure = _of("indicator", one["indicator"], language).rstrip(".")
    told = f"{measure}: {_of('verdict', one['verdict'], language).lower()}."
    if not one["missing"]:
        return told
    missing = "; ".join(missing_in_words(code, language) for code in one["missing"])
    return told + " " + say(language, f"Det mangler: {missing}.", f"Det manglar: {missing}.")


def _source(one: Values, language: Language) -> str:
    what, source = (
        told.in_language(language) for told in (fact_name(one["what"]), source_name(one["source"]))
    )
    return f"{what} {one['year']}: {_number(one['value'], '', language)} ({one['on']}, {source})"


def _limit(told: Sequence[str], language: Language) -> str:
    path, value, certainty = told
    ours = say(language, ", vår antakelse", ", vår føresetnad") if certainty == "assumed" else ""
    words = say(language, "Grense", "Grense")
    return f"{words}: {limit_name(path).in_language(language)}, {_number(value, '', language)}{ours}"


def _number(value: str, code: str, language: Language) -> str:
    """Grouped, with the decimals it is stored with; a year is no amount."""
    exact = Decimal(value)
    if code == "last_mapped_year":
        return value
    return number_text(exact, language, max(0, -int(exact.as_tuple().exponent)))


def _of(kind: str, code: str, language: Language) -> str:
    return name(kind, code).in_language(language)


def _short(day: str) -> str:
    return f"{date.fromisoformat(day):%d.%m.%Y}" if day else ""


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
