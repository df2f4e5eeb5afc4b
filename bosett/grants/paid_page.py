"""The page of IMDi's payments against our rates: made from the table and the rates, never written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bosett.grants.paid import PAID_SCHEMES, Payments
from bosett.grants.reconcile import VERDICTS, Persons, reconcile_payments
from bosett.grants.wording import kroner
from bosett.rules.parameters import Parameters
from bosett.terms.label import Label

TITLE = Label(
    "IMDi's payments 2022 and 2023 against our rates",
    "IMDis utbetalinger i 2022 og 2023 mot våre satser",
    "IMDi sine utbetalingar i 2022 og 2023 mot satsane våre",
)
SUMS = Label(
    "{hold} of {checked} municipality-years without a hidden cell add up to their published total.",
    "{hold} av {checked} kommuneår uten skjult celle summerer til det publiserte totaltallet.",
    "{hold} av {checked} kommuneår utan skjult celle summerer til det publiserte totaltalet.",
)
HIDDEN = Label(
    "Hidden cells stay hidden and are in no sum here.",
    "Skjulte celler forblir skjult og er ikke med i noen sum her.",
    "Skjulte celler blir verande skjulte og er ikkje med i nokon sum her.",
)
HEADS = (
    Label("Year", "År", "År"),
    Label("Scheme", "Ordning", "Ordning"),
    Label("What our rates say", "Hva våre satser sier", "Kva satsane våre seier"),
    Label("Municipalities", "Kommuner", "Kommunar"),
    Label("Kroner", "Kroner", "Kroner"),
)
SUMMED = (
    Label("Year", "År", "År"),
    Label("Scheme", "Ordning", "Ordning"),
    Label("Paid, kroner", "Betalt, kroner", "Betalt, kroner"),
    Label("Explained", "Forklart", "Forklart"),
    Label("Not explained", "Ikke forklart", "Ikkje forklart"),
    Label("Hidden cells", "Skjulte celler", "Skjulte celler"),
)


def paid_page(language: str, persons: Persons) -> str:
    """The page in `en`, `nb` or `nn`, as Markdown; `persons` are the published settled persons."""
    payments = Payments.shipped()
    found = reconcile_payments(payments, Parameters.shipped(), persons)
    heads = _heads(HEADS, language)
    rows = [
        f"| {row.year} | {PAID_SCHEMES[row.scheme].in_language(language)} "
        f"| {VERDICTS[one.verdict].in_language(language)} | {one.municipalities} | {_kroner(one.paid_nok, language)} |"
        for row in found.rows
        for one in row.reasons
    ]
    sums_of = [
        f"| {row.year} | {PAID_SCHEMES[row.scheme].in_language(language)} | {_kroner(row.paid.paid_nok, language)} "
        f"| {_kroner(row.explained.paid_nok, language)} | {_kroner(row.not_explained.paid_nok, language)} "
        f"| {row.hidden} |"
        for row in found.rows
    ]
    sums = SUMS.in_language(language).format(hold=found.sums_hold, checked=found.sums_checked)
    told = [f"# {TITLE.in_language(language)}\n", f"{sums} {HIDDEN.in_language(language)}\n"]
    told.append("\n".join([f"| {_heads(SUMMED, language)} |", "|--:|---|--:|--:|--:|--:|", *sums_of]) + "\n")
    told.append("\n".join([f"| {heads} |", "|--:|---|---|--:|--:|", *rows]) + "\n")
    source = payments.source
    told.append(f"[{source.title}]({source.href}); {source.publisher}, {source.retrieved}.\n")
    return "\n".join(told)


def _heads(labels: Sequence[Label], language: str) -> str:
    return " | ".join(one.in_language(language) for one in labels)


def _kroner(amount: Decimal | None, language: str) -> str:
    return ":" if amount is None else kroner(round(amount), language)
