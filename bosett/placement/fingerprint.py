"""One fingerprint of what an instance says, whatever the order of rows and columns and the kind of file."""

from __future__ import annotations

import hashlib
import json

from bosett.placement.problem import Problem


def fingerprint(problem: Problem) -> str:
    """SHA-256 of households, municipalities, locks and wishes by identifier, then scores and exclusions."""
    told = {
        "municipalities": [
            [one.municipality_id, one.name, sorted(one.capacities.items())] for one in problem.municipalities
        ],
        "households": [
            [one.household_id, one.persons, sorted(one.uses.items()), one.tier, one.group, one.link]
            for one in problem.households
        ],
        "times": [
            [one.ready_since.isoformat() if one.ready_since else None, one.arrival]
            for one in problem.households
        ],
        "locks": sorted({(one.household_id, one.municipality_id or "") for one in problem.locks}),
        "wishes": sorted((one.household_id, one.rank, one.municipality_id) for one in problem.wishes),
    }
    whole = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode())
    whole.update(problem.scores.values.tobytes())
    if problem.allowed is not None and not problem.allowed.all():
        whole.update(problem.allowed.tobytes())
    return whole.hexdigest()
