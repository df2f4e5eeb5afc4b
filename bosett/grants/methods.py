"""The page that documents the legal content of the calculation: made from the rules, never written by hand."""

from __future__ import annotations

from bosett.grants import legal, rate_notes
from bosett.grants.assumptions import LABELS
from bosett.grants.names import CERTAINTIES, SCHEME_NAMES
from bosett.grants.rulebook import RULES, RuleVersion, rule_text
from bosett.grants.wording import kroner
from bosett.rules.parameters import Parameters
from bosett.rules.series import Entry, Series
from bosett.terms.label import Label

WORDS = {
    "title": Label(
        "Grants: the rules as they are calculated",
        "Tilskudd: reglene slik de er regnet",
        "Tilskot: reglane slik dei er rekna",
    ),
    "schemes": Label("Schemes", "Ordninger", "Ordningar"),
    "where": Label("Where it stands", "Hvor det står", "Kvar det står"),
    "code": Label("In the program", "I programmet", "I programmet"),
    "value": Label("Value", "Verdi", "Verdi"),
    "from": Label("From", "Fra", "Frå"),
    "what": Label("What", "Hva", "Kva"),
    "source": Label("Source", "Kilde", "Kjelde"),
    "sure": Label("How sure", "Hvor sikkert", "Kor sikkert"),
    "repealed": Label("no rule is known", "ingen regel er kjent", "ingen regel er kjend"),
    "chosen": Label(
        "This version is in force on the days that the table gives it.",
        "Denne versjonen gjelder de dagene som tabellen gir den.",
        "Denne versjonen gjeld dei dagane som tabellen gir han.",
    ),
    "open": Label("Open questions", "Åpne spørsmål", "Opne spørsmål"),
    "open_lead": Label(
        "Each is answered by an assumption that the line names when it rests on it.",
        "Hvert av dem er besvart med en antakelse som linjen nevner når den bygger på den.",
        "Kvart av dei er svart på med noko som er gått ut frå, og linja nemner det når ho byggjer på det.",
    ),
    "sums": Label("Other stored figures", "Andre lagrede tall", "Andre lagra tal"),
}


def methods_page(language: str, parameters: Parameters | None = None) -> str:
    """The page in `en`, `nb` or `nn`, as Markdown."""
    params = parameters or Parameters.shipped()
    told = [f"# {_word('title', language)}\n", f"{rule_text('lead').in_language(language)}\n"]
    for scheme, name in SCHEME_NAMES.items():
        rules = [one for one in RULES if scheme in one.schemes]
        told.append(f"## {name.in_language(language)}\n\n`{scheme}`\n")
        told += [_rule(one, language, params) for one in rules if one.schemes[0] == scheme]
        elsewhere = [one for one in rules if one.schemes[0] != scheme]
        told += [f"{one.says.in_language(language)}\n" for one in elsewhere]
    told.append(f"## {_word('sums', language)}\n")
    told.append(_table([path for path in _paths(params) if path not in _used()], language, params))
    told.append(f"## {_word('open', language)}\n\n{_word('open_lead', language)}\n")
    told.append("\n".join(f"- {label.in_language(language)}" for label in LABELS.values()) + "\n")
    return "\n".join(told)


def _rule(rule: RuleVersion, language: str, params: Parameters) -> str:
    function = f"{rule.function.__module__}.{rule.function.__qualname__}"
    lines = [
        f"{rule.says.in_language(language)}\n",
        f"- {_word('where', language)}: {legal.in_language(rule.legal, language)}",
        f"- {_word('code', language)}: `{function}` (`{rule.code}`)",
    ]
    if rule.chosen_by:
        lines.append(f"- {_word('chosen', language)}")
    paths = [*rule.values, *([rule.chosen_by] if rule.chosen_by else [])]
    return "\n".join(lines) + "\n\n" + (_table(paths, language, params) if paths else "")


def _table(paths: list[str], language: str, params: Parameters) -> str:
    heads = [_word(one, language) for one in ("what", "from", "value", "sure", "source")]
    rows = [_row(params.get(path), entry, language) for path in paths for entry in params.get(path).entries]
    return "\n".join([f"| {' | '.join(heads)} |", "|---|---|--:|---|---|", *rows]) + "\n"


def _row(series: Series, entry: Entry, language: str) -> str:
    source = entry.source
    title, section = (rate_notes.in_language(text, language) for text in (source.title, source.section))
    where = ", ".join(
        part for part in (f"[{title}]({source.href})" if source.href else title, section) if part
    )
    name = f"{series.label.in_language(language)} (`{series.path}`)"
    sure = CERTAINTIES[entry.certainty].in_language(language)
    cells = (name, entry.start.isoformat(), _value(series, entry, language), sure, where)
    return f"| {' | '.join(cells)} |"


def _value(series: Series, entry: Entry, language: str) -> str:
    if entry.value is None:
        return _word("repealed", language)
    if isinstance(entry.value, str):
        return f"`{entry.value}`"
    if series.unit.startswith("NOK"):
        return f"{kroner(int(entry.value), language)}"
    return str(entry.value)


def _paths(params: Parameters) -> list[str]:
    return [path for path in params.paths() if path.startswith("grants/")]


def _used() -> set[str]:
    return {path for rule in RULES for path in (*rule.values, rule.chosen_by) if path}


def _word(key: str, language: str) -> str:
    return WORDS[key].in_language(language)
