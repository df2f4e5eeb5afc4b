"""`bosett outcomes`: scores learned from a body's own register, barred when they see gains where none can be."""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.cli.report import print_json
from bosett.outputs import fill_table, write_folder_whole
from bosett.placement.outcomes.card import Card, card_text, learn
from bosett.placement.outcomes.cases import PastCase
from bosett.placement.outcomes.report import drift
from bosett.placement.outcomes.scoring import Aggregation, score_table
from bosett.placement.outcomes.summary import summary_of
from bosett.placement.problem import ScoreTable
from bosett.sources.outcome_register import read_adults, read_cases
from bosett.terms.errors import BadInput

NAME = "outcomes"
HELP = "Learn scores from past outcomes, with a model card and a test on a world without effect."
LEAST = 200
"""Adults below which nothing is learned: too few to tell a place from chance; our choice."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("register", type=Path, metavar="REGISTER.csv", help="adults settled, and how it went")
    parser.add_argument("--out", type=Path, required=True, help="folder for the card and the scores")
    parser.add_argument("--adults", type=Path, metavar="FILE", help="adults to be placed: write their scores")
    parser.add_argument("--later", type=Path, metavar="FILE", help="later cases: has the world moved on?")
    parser.add_argument(
        "--aggregation", choices=[one.value for one in Aggregation], default=Aggregation.NUMBER.value
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the card; scores only when the test on a world without effect is passed (exit 4 otherwise)."""
    if arguments.seed < 0:
        raise BadInput(str(arguments.seed), "a seed from 0", "--seed")
    cases = read_cases(arguments.register)
    adults = None if arguments.adults is None else read_adults(arguments.adults)
    later = None if arguments.later is None else read_cases(arguments.later)
    towns = _municipalities(cases, arguments.register)
    sys.stderr.write(f"outcomes: {len(cases)} adults, {len(towns)} municipalities\n")
    rng = np.random.default_rng(arguments.seed)
    card = learn(cases, towns, rng, Aggregation(arguments.aggregation))
    moved = None if later is None else drift(card.model, cases, later)
    allowed = adults is not None and card.may_be_used
    scores = score_table(card.model, adults, card.aggregation) if adults is not None and allowed else None
    summary = {**summary_of(card, moved, arguments.seed), "scores_sha256": None}
    write_folder_whole(arguments.out, lambda folder: _fill(folder, card, scores, summary))
    if arguments.json:
        print_json(summary)
    return DONE if card.may_be_used else CHECK_FAILED


def _municipalities(cases: tuple[PastCase, ...], register: Path) -> tuple[str, ...]:
    towns = tuple(sorted({one.municipality_id for one in cases}))
    both = len({one.outcome for one in cases}) == 2
    if len(cases) < LEAST or len(towns) < 2 or not both:
        told = f"{len(cases)} adults in {len(towns)} municipalities"
        raise BadInput(told, f"at least {LEAST} adults, two municipalities and both outcomes", str(register))
    return towns


def _fill(folder: Path, card: Card, scores: ScoreTable | None, summary: dict[str, Any]) -> None:
    """The files; the summary names the very table it was written with, so that the two are never mixed up."""
    (folder / "card.md").write_text(card_text(card) + "\n", "utf-8")
    if scores is not None:
        rows = [(name, *row) for name, row in zip(scores.household_ids, scores.values.tolist(), strict=True)]
        fill_table(folder / "scores.csv", ["household_id", *scores.municipality_ids], rows)
        summary["scores_sha256"] = sha256((folder / "scores.csv").read_bytes()).hexdigest()
    text = json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "summary.json").write_text(text + "\n", "utf-8")
