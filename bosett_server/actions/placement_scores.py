"""Scores from outside: loaded with a model card, looked at, approved for use; never used unless a run asks."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.import_files import Incoming, refuse_size
from bosett_server.actions.step import Done, action
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
def load_scores(actor: Actor, *, name: str, file: Incoming, card: Mapping[str, str]) -> Done[int]:
    """The table is read and stands to be looked at; nothing uses it.

    Raises Refused: `score_card_lacks`, `score_file_faulty` naming row and column, `scores_loaded_already`,
    `file_too_large`.
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
        loaded_by_id=actor.person, loaded_at=clock.now(),
    )  # fmt: skip
    return Done(made.pk, about=("scores", made.pk), facts=made.counts)


@action(Permission.SCORES_LOAD)
def approve_scores(actor: Actor, *, scores: int) -> Done[int]:
    """A run may ask for the table from now on.  Raises Refused `scores_moved_on`."""
    return _move(actor, scores, "checked", "active")


@action(Permission.SCORES_LOAD)
def retire_scores(actor: Actor, *, scores: int) -> Done[int]:
    """No new run can ask for the table; runs that used it keep what they were given.  Raises `scores_moved_on`."""
    return _move(actor, scores, "active", "retired")


def _move(actor: Actor, scores: int, before: str, after: str) -> Done[int]:
    row = PlacementScores.objects.select_for_update().filter(pk=scores).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state != before:
        raise Refused("scores_moved_on")
    row.state, row.decided_by_id, row.decided_at = after, actor.person, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return Done(scores, about=("scores", scores), facts={"state": after})


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
