"""The demo's score table: learned and measured on a made-up world whose truth is known, and said to be so."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bosett.placement.outcomes.card import learn
from bosett.placement.outcomes.cases import Adult, PastCase
from bosett.placement.outcomes.report import drift
from bosett.placement.outcomes.scoring import score_table
from bosett.placement.outcomes.summary import summary_of
from bosett.placement.outcomes.synthetic import world
from bosett_server.access.actor import Actor
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement_scores import load_scores
from bosett_server.queries.placement_scores import REFERENCE

NAME = "Syntetisk prøvetabell"
HOUSEHOLDS = 900
EFFECT = 1.0
"""How much places differ in the made-up world, in log odds; nothing about Norway follows from it."""
LAST_YEAR = 2021
"""The made-up world's last year is not learned from: it shows whether people have changed since."""
GROUPS = {"with children": "med barn", "without children": "uten barn"}
CARD = {
    "purpose": "Syntetisk: å vise hvordan en poengtabell ser ut. Den skal ikke brukes til å bosette noen.",
    "outcome": "Syntetisk: om en oppdiktet voksen nådde et oppdiktet mål.",
    "data": "Syntetisk: oppdiktede voksne i en oppdiktet verden der sannheten er kjent. Den sier ingenting om Norge.",
    "method": "Utdanning, erfaring og familiens størrelse, med forskjeller mellom kommuner krympet mot gjennomsnittet.",
    "calibration": "Målt på oppdiktede voksne den ikke har lært av. Tallene står på denne siden.",
    "fairness": "Målt for oppdiktede voksne med og uten barn. Tallene står på denne siden.",
    "null_world": "Målt i tre oppdiktede verdener der stedet ikke betyr noe. Tallene står på denne siden.",
    "limits": "Syntetisk: gjelder ingen virkelige mennesker og ingen virkelig kommune.",
    "responsible": "Ingen: tabellen finnes bare i demoen.",
}


def load_demo_scores(actor: Actor, references: Sequence[str], codes: Sequence[str], seed: int) -> int:
    """A table for these households and municipalities with its measurement; it stands to be looked at, unused."""
    table, report = _measured(references, codes, seed)
    return load_scores(actor, name=NAME, file=table, card=CARD, report=report)


def _measured(references: Sequence[str], codes: Sequence[str], seed: int) -> tuple[Incoming, Incoming]:
    """The two files as `bosett outcomes` would write them."""
    rng = np.random.default_rng(seed)
    cases = _cases(codes, rng)
    before = [one for one in cases if one.year < LAST_YEAR]
    later = [one for one in cases if one.year == LAST_YEAR]
    learned = learn(before, codes, rng)
    scores = score_table(learned.model, _adults(later, references), learned.aggregation)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([REFERENCE, *scores.municipality_ids])
    rows.writerows(
        [name, *row] for name, row in zip(scores.household_ids, scores.values.tolist(), strict=True)
    )
    table = Incoming("syntetisk.csv", text.getvalue().encode())
    told = summary_of(learned, drift(learned.model, before, later), seed) | {"scores_sha256": table.sha256}
    return table, Incoming("summary.json", json.dumps(told, ensure_ascii=False, allow_nan=False).encode())


def _cases(codes: Sequence[str], rng: np.random.Generator) -> list[PastCase]:
    made = world(rng, HOUSEHOLDS, len(codes), effect=EFFECT)
    named = dict(zip(made.municipality_ids, codes, strict=True))
    return [
        replace(one, municipality_id=named[one.municipality_id], group=GROUPS[one.group])
        for one in made.cases
    ]


def _adults(cases: Sequence[PastCase], references: Sequence[str]) -> list[Adult]:
    """Made-up adults under the references of the demo's households: one household's for each."""
    homes = dict(zip(dict.fromkeys(one.adult.household_id for one in cases), references, strict=False))
    return [
        replace(one.adult, household_id=homes[one.adult.household_id])
        for one in cases
        if one.adult.household_id in homes
    ]
