"""What goes in and out of the calls about runs, choices, one household and score tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from bosett_server.api.frame import Input


class RunIn(Input):
    """The aim of a run: placed-first, score or wishes; floors are shares, 0 to 1."""

    year: int
    objective: str = "placed-first"
    fairness_floor: float | None = None
    score_floor: float | None = None
    scores: int | None = None
    pressure_percent: int | None = None
    homes: bool = False
    priorities: bool = False


class RunOut(Schema):
    """One kept run; `summary` holds levels with value and bound, `curve` the price of each floor."""

    id: int
    year: int
    state: str
    phase: str
    objective: str
    fairness_floor: float | None
    score_floor: float | None
    gap: float
    effort: int | None
    seed: int
    scores: int | None
    pressure_percent: int | None
    homes: bool
    priorities: bool
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    version: str
    instance_sha256: str
    answer_sha256: str
    summary: dict[str, Any]
    curve: list[dict[str, Any]]
    fault: dict[str, str]


class RunFilesOut(Schema):
    """File name -> text; written to two folders, `bosett verify instance out` checks them."""

    instance: dict[str, str]
    out: dict[str, str]


class CheckIn(Input):
    """Whether to compute the run anew as well."""

    again: bool = False


class CheckOut(Schema):
    """What the check found; `same_bytes` is null when the run was not computed anew."""

    ok: bool
    breaches: list[str]
    same_bytes: bool | None
    same_version: bool
    answer_sha256: str


class PriceOut(Schema):
    """What one more place would do: more_persons, better_fit or nothing; the numbers for IMDi alone, else null."""

    municipality: str
    name: str
    dimension: str
    does: str
    persons: float | None
    points: float | None


class MovedOut(Schema):
    """A household and where it would be before and after; empty = no place."""

    household: UUID
    reference: str
    persons: int
    before: str
    after: str
    before_reason: str
    after_reason: str


class ComparisonOut(Schema):
    """Two runs; `levels` has the value of each, null where a run lacks the level.

    `persons` has the persons proposed to each municipality, before and after; `other_county` how many of `moved`
    are proposed to another county.
    """

    first: int
    second: int
    same: int
    moved: list[MovedOut]
    came: list[MovedOut]
    left: list[MovedOut]
    levels: dict[str, list[float | None]]
    persons: dict[str, list[int]]
    other_county: int


class ChangeIn(Input):
    """Places by municipality (0 = it withdraws, unknown to the run = a new site); locks by household ("" = waits)."""

    places: dict[str, int] = {}
    locks: dict[UUID, str] = {}


class OutcomeOut(Schema):
    """What the change gains; a loss is negative."""

    persons: int
    points: float
    moved: list[MovedOut]
    hidden: int
    exact: bool
    seconds: float


class ChoiceIn(Input):
    """Kinds: place, not_there, wait."""

    household: UUID
    year: int
    kind: str
    reason_code: str
    municipality: str = ""
    reason: str = ""


class ChoiceOut(Schema):
    """One choice that stands, with what it cost when it was made."""

    id: int
    household: UUID
    reference: str
    kind: str
    municipality: str
    name: str
    reason_code: str
    reason: str
    price: dict[str, Any]
    made_by: str
    made_at: datetime


class SuggestionOut(Schema):
    """One municipality for one household."""

    municipality: str
    name: str
    points: float
    price: float
    left: int
    parts: dict[str, float]
    against_condition: bool


class RecommendationOut(Schema):
    """The best places for one household now; `closed` names the municipalities that each rule closes."""

    household: UUID
    persons: int
    possible: int
    missing: list[str]
    suggestions: list[SuggestionOut]
    closed: dict[str, list[str]]
    run: int | None
    seconds: float


class ScoresIn(Input):
    """A table as CSV text, its whole model card, and the text of the summary.json that was written with it."""

    name: str
    file_name: str
    csv: str
    card: dict[str, str]
    report: str = ""


class ScoreReportIn(Input):
    """A newer measurement of a table: the text of its summary.json."""

    report: str


class ScoresOut(Schema):
    """One loaded table, its model card and what was measured of it; `may_be_used` None = nobody has measured."""

    id: int
    name: str
    file_name: str
    sha256: str
    card: dict[str, str]
    may_be_used: bool | None
    null_world_worst: float | None
    drift: str
    counts: dict[str, int]
    state: str
    loaded_by: str
    loaded_at: datetime
    decided_at: datetime | None
