"""The page of IMDi's payments against our rates: made from the table and the rates, never written by hand."""

from __future__ import annotations

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
    Label("Hidden cells", "Skjulte celler", "Skjulte celler"),
)


def paid_page(language: str, persons: Persons) -> str:
    """The page in `en`, `nb` or `nn`, as Markdown; `persons` are the published settled persons."""
    payments = Payments.shipped()
    found = reconcile_payments(payments, Parameters.shipped(), persons)
    heads = " | ".join(one.in_language(language) for one in HEADS)
    rows = [
        f"| {row.year} | {PAID_SCHEMES[row.scheme].in_language(language)} | {VERDICTS[verdict].in_language(language)} "
        f"| {amount.municipalities} | {kroner(round(amount.paid_nok), language)} | {row.hidden} |"
        for row in found.rows
        for verdict, amount in row.by_verdict
    ]
    sums = SUMS.in_language(language).format(hold=found.sums_hold, checked=found.sums_checked)
    told = [f"# {TITLE.in_language(language)}\n", f"{sums} {HIDDEN.in_language(language)}\n"]
    told.append("\n".join([f"| {heads} |", "|--:|---|---|--:|--:|--:|", *rows]) + "\n")
    source = payments.source
    told.append(f"[{source.title}]({source.href}); {source.publisher}, {source.retrieved}.\n")
    return "\n".join(told)
