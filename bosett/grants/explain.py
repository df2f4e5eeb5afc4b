"""A grant line in facts that a page can put into a sentence in any language."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.grants.result import GrantLine, Status


@dataclass(frozen=True)
class Fact:
    """A sentence key and its values."""

    key: str
    values: tuple[tuple[str, str | int], ...] = ()


def explain(line: GrantLine) -> tuple[Fact, ...]:
    """Rate, share, amount, rule, source and each assumption, in the order of reading."""
    facts = [Fact("scheme", (("scheme", line.scheme), ("year", line.year), ("grant_year", line.grant_year)))]
    if line.status is Status.RATE_MISSING:
        facts.append(Fact("rate_missing", (("rule", line.rule), ("year", line.year))))
    else:
        facts.append(Fact("rate", (("rate_nok", line.rate_nok or 0), ("rule", line.rule))))
        if line.units != 1:
            facts.append(Fact("units", (("units", line.units),)))
        facts.append(Fact("amount", (("amount_nok", line.amount_nok or 0),)))
    if line.share is not None and line.share != 1:
        share = (("numerator", line.share.numerator), ("denominator", line.share.denominator))
        facts.append(Fact("share", share))
    if line.legal:
        facts.append(Fact("legal", (("reference", line.legal),)))
    if line.source is not None:
        facts.append(Fact("source", (("title", line.source.title), ("href", line.source.href))))
    return (*facts, *(Fact("assumption", (("assumption", one),)) for one in line.assumptions))
