"""Scores from outside: loaded with a card and a measurement, approved for use; never used unless a run asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.import_files import Incoming, refuse_size
from bosett_server.actions.step import Done, action
from bosett_server.queries.placement_score_report import ScoreReport, read_report, report_of
from bosett_server.queries.placement_scores import Loaded, read_scores
from bosett_server.records.models import Household, Municipality, PlacementScores

CARD = (
    "purpose",
    "outcome",
    "data",
    "method",
    "calibration",
    "fairness",
    "null_world",
    "limits",
    "responsible",
)
"""What a model card must say, all of it, before anybody may use the scores."""


@action(Permission.SCORES_LOAD)
def load_scores(
    actor: Actor, *, name: str, file: Incoming, card: Mapping[str, str], report: Incoming | None = None
) -> Done[int]:
    """The table is read and stands to be looked at; nothing uses it.

    Raises Refused: `score_card_lacks`, `score_file_faulty` naming row and column, `scores_loaded_already`,
    `file_too_large`, `score_report_faulty`, `score_report_of_another_table`.
    """
    refuse_size(file.size)
    lacking = [part for part in CARD if not card.get(part, "").strip()]
    if not name.strip() or lacking:
        raise Refused("score_card_lacks", {"what": ", ".join(lacking or ["name"])})
    if PlacementScores.objects.filter(sha256=file.sha256).exclude(state="retired").exists():
        raise Refused("scores_loaded_already")
    try:
        loaded = read_scores(file.content, file.name)
    except BadInput as bad:
        raise Refused("score_file_faulty", {"why": str(bad)}) from bad
    made = PlacementScores.objects.create(
        name=name.strip()[:120], file_name=file.name[:200], sha256=file.sha256, content=file.content,
        card={part: card[part].strip()[:2000] for part in CARD}, counts=_counts(loaded),
        report=_measured(report, file.sha256) if report else {},
        loaded_by_id=actor.person, loaded_at=clock.now(),
    )  # fmt: skip
    return Done(made.pk, about=("scores", made.pk), facts=made.counts)


@action(Permission.SCORES_LOAD)
def report_scores(actor: Actor, *, scores: int, report: Incoming) -> Done[int]:
    """A newer measurement stands in the place of the last; a table in use that fails it is out of use at once.

    Raises Refused: `scores_moved_on`, `score_report_faulty`, `score_report_of_another_table`, `file_too_large`.
    """
    row = _row(scores)
    if row.state == "retired":
        raise Refused("scores_moved_on")
    row.report = _measured(report, row.sha256)
    told = report_of(row.report)
    if row.state == "active" and not told.may_be_used:
        row.state, row.decided_by_id, row.decided_at = "retired", actor.person, clock.now()
    row.save(update_fields=["report", "state", "decided_by", "decided_at"])
    facts = {
        "state": row.state,
        "null_world": told.null_worst,
        "drift": told.drift.verdict if told.drift else "",
    }
    return Done(scores, about=("scores", scores), facts=facts)


@action(Permission.SCORES_LOAD)
def approve_scores(actor: Actor, *, scores: int) -> Done[int]:
    """A run may ask for the table from now on.

    Raises Refused: `scores_moved_on`, `scores_lack_report`, `scores_see_effects_that_are_not_there`,
    `scores_have_drifted`.
    """
    row = _row(scores)
    if row.state == "checked":
        _refuse_unfit(report_of(row.report) if row.report else None)
    return _move(actor, row, "checked", "active")


@action(Permission.SCORES_LOAD)
def retire_scores(actor: Actor, *, scores: int) -> Done[int]:
    """No new run can ask for the table; runs that used it keep what they were given.  Raises `scores_moved_on`."""
    return _move(actor, _row(scores), "active", "retired")


def _row(scores: int) -> PlacementScores:
    row = PlacementScores.objects.select_for_update().filter(pk=scores).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _move(actor: Actor, row: PlacementScores, before: str, after: str) -> Done[int]:
    if row.state != before:
        raise Refused("scores_moved_on")
    row.state, row.decided_by_id, row.decided_at = after, actor.person, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return Done(row.pk, about=("scores", row.pk), facts={"state": after})


def _refuse_unfit(report: ScoreReport | None) -> None:
    """Nobody lets a table be used that nobody has measured, or that failed."""
    if report is None:
        raise Refused("scores_lack_report")
    if not report.sees_nothing_where_nothing_is:
        percent = f"{100 * abs(report.null_worst):.1f}"
        raise Refused("scores_see_effects_that_are_not_there", {"percent": percent})
    if report.has_drifted:
        raise Refused("scores_have_drifted")


def _measured(file: Incoming, table_sha256: str) -> dict[str, Any]:
    """The report as it is kept: read whole, and written with this very table."""
    refuse_size(file.size)
    try:
        told = read_report(file.content, file.name)
    except BadInput as bad:
        raise Refused("score_report_faulty", {"why": str(bad)}) from bad
    if report_of(told).scores_sha256 != table_sha256:
        raise Refused("score_report_of_another_table")
    return dict(told)


def _counts(loaded: Loaded) -> dict[str, int]:
    """What of the table meets what is stored: whoever approves sees whether it is whole."""
    ready = Household.objects.filter(stage="ready", protection="none", merged_into__isnull=True)
    known = set(Municipality.objects.filter(code__in=loaded.municipalities).values_list("code", flat=True))
    wanted = set(ready.values_list("reference", flat=True))
    return {
        "rows": len(loaded.references),
        "ready_covered": len(wanted & set(loaded.references)),
        "ready_lacking": len(wanted - set(loaded.references)),
        "municipalities": len(loaded.municipalities),
        "municipalities_unknown": len(set(loaded.municipalities) - known),
    }
