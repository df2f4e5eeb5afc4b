"""How good the expected answers are: rolling origins 2015-2025 beside five plain rules.

`./run bench votes` prints the table, `./run bench votes --write` puts it into docs/benchmarks.md.
Each year is predicted from the years before it only.  Ends with 4 when a plain rule is better in the mean.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction

from benchmarks._report import keep
from benchmarks._votes_trials import trials_table
from bosett import __version__
from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.decisions.round_history import versions_of
from bosett.decisions.vote_scores import BASELINES, NationalScore, RuleScore, score_years
from bosett.sources.vote_figures import shipped_panel

YEARS = tuple(range(2015, 2026))
CUT_YEAR = 2025
TRIED = (
    "Tried and not kept: both ends of each interval moved by what earlier origins had missed (split conformal; origins "
    "from 2003 up to the year before, each year counting alike, or half as much for every so many years of age). "
    "None is better in both loss and coverage:"
)
OURS = "bosett"


def means(scores: Sequence[RuleScore]) -> dict[str, tuple[float, float, float]]:
    """Rule -> mean over the years of loss, coverage and absolute national error."""
    found = {}
    for rule in (*BASELINES, OURS):
        own = [one for one in scores if one.rule == rule]
        count = len(own)
        found[rule] = (
            sum(one.loss_persons for one in own) / count,
            sum(one.coverage90 for one in own) / count,
            sum(abs(one.national_error) for one in own) / count,
        )
    return found


def table(scores: Sequence[RuleScore], national: Sequence[NationalScore]) -> str:
    """The tables as Markdown."""
    years = sorted({one.year for one in scores})
    head = f"version {__version__}; {years[0]}-{years[-1]}, each year from the years before it."
    rows = ["| rule | " + " | ".join(map(str, years)) + " | mean |", "|---|" + "--:|" * (len(years) + 1)]
    for rule, (loss, _, _) in means(scores).items():
        own = {one.year: one.loss_persons for one in scores if one.rule == rule}
        rows.append(f"| {rule} | " + " | ".join(f"{own[year]:.2f}" for year in years) + f" | {loss:.2f} |")
    sums = ["| rule | inside p05-p95 (promised 90 %) | mean error of the national sum |", "|---|--:|--:|"]
    for rule, (_, coverage, error) in means(scores).items():
        inside = "" if coverage < 0.005 else f"{coverage:.0%}"
        sums.append(f"| {rule} | {inside or '0%'} | {error:.0%} |")
    country = ["| year | asked | voted | p05 | p50 | p95 | inside |", "|---|--:|--:|--:|--:|--:|---|"]
    country += [
        f"| {one.year} | {one.asked} | {one.voted} | {one.p05:.0f} | {one.p50:.0f} | {one.p95:.0f} "
        f"| {'yes' if one.inside else 'no'} |"
        for one in national
    ]
    parts = (
        head,
        "Mean pinball loss in persons (lower is better):",
        "\n".join(rows),
        "Coverage and national sum:",
        "\n".join(sums),
        "The sum of the votes against its own distribution:",
        "\n".join(country),
        *lifted_table(*lifted_scores()),
        TRIED,
        trials_table(),
    )
    return "\n\n".join(parts)


def lifted_scores() -> tuple[Sequence[RuleScore], Sequence[NationalScore]]:
    """2025 against the request that councils had answered, if all were cut alike."""
    first, last = (one.persons for one in versions_of(CUT_YEAR))
    return score_years(shipped_panel(), (CUT_YEAR,), {CUT_YEAR: Fraction(first, last)})


def lifted_table(scores: Sequence[RuleScore], national: Sequence[NationalScore]) -> tuple[str, str]:
    """What it is, and the rows."""
    (sums,) = national
    inside = "inside" if sums.inside else "outside"
    text = (
        f"{CUT_YEAR} once more, against the request that councils had answered: every municipality's is raised as the "
        "whole was, from 12,640 to 18,900. That all were cut alike is our assumption; no municipality's own first "
        f"number is stored. The votes, {sums.voted} in all, lie {inside} {sums.p05:.0f}-{sums.p95:.0f}."
    )
    rows = ["| rule | pinball loss | inside p05-p95 | error of the national sum |", "|---|--:|--:|--:|"]
    rows += [
        f"| {one.rule} | {one.loss_persons:.2f} | {one.coverage90:.0%} | {one.national_error:+.0%} |"
        for one in scores
    ]
    return text, "\n".join(rows)


def main() -> int:
    """Score, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    arguments = parser.parse_args()
    scores, national = score_years(shipped_panel(), YEARS)
    text = table(scores, national)
    sys.stdout.write(text + "\n")
    if arguments.write:
        keep("votes", text)
    losses = {rule: loss for rule, (loss, _, _) in means(scores).items()}
    return DONE if losses[OURS] < min(losses[rule] for rule in BASELINES) else CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
