"""Runs, what if, choices, one household, prices and score tables over the API."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement import cancel_run
from bosett_server.actions.placement_choices import choose_placement, lift_choice
from bosett_server.actions.placement_scores import (
    approve_scores,
    load_scores,
    report_scores,
    retire_scores,
)
from bosett_server.actions.placement_work import draw_curve, run_placement
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Limit, Page, Year, endpoint
from bosett_server.api.placement_run_shapes import (
    ChangeIn,
    CheckIn,
    CheckOut,
    ChoiceIn,
    ChoiceOut,
    ComparisonOut,
    MovedOut,
    OutcomeOut,
    PriceOut,
    RecommendationOut,
    RunFilesOut,
    RunIn,
    RunOut,
    ScoreReportIn,
    ScoresIn,
    ScoresOut,
    SuggestionOut,
)
from bosett_server.api.placement_shapes import Stored
from bosett_server.queries import placement_runs as runs
from bosett_server.queries.placement_choices import all_standing
from bosett_server.queries.placement_compare import compared
from bosett_server.queries.placement_files import unpack
from bosett_server.queries.placement_scores import ScoresRow, score_table, score_tables
from bosett_server.queries.placement_single import recommendation
from bosett_server.queries.placement_what_if import Change, outcome

router = Router()


@router.post("/runs", response={200: RunOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_RUN)
def post_run_with_aim(request: Request, body: RunIn) -> RunOut:
    """A run with an aim of one's own; a large week is solved in the background."""
    number = run_placement(
        request.actor, year=body.year, objective=body.objective, fairness_floor=body.fairness_floor,
        score_floor=body.score_floor, scores=body.scores, pressure_percent=body.pressure_percent,
        homes=body.homes, priorities=body.priorities,
    )  # fmt: skip
    return _run(runs.run_kept(request.actor, number))


@router.get("/runs", response={200: Page[RunOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_runs(request: Request, cursor: str = "", limit: Limit = DEFAULT_LIMIT) -> Page[RunOut]:
    """Kept runs, the newest first."""
    found = Cursor.read(cursor)
    before = int(found.after) if found and found.after.isdigit() else 0
    rows = runs.runs(request.actor, before_id=before, limit=limit + 1)
    after = Cursor(str(rows[limit - 1].id)).text() if len(rows) > limit else ""
    return Page[RunOut](items=[_run(row) for row in rows[:limit]], next=after)


@router.get("/runs/{number}", response={200: RunOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def get_run(request: Request, number: int) -> RunOut:
    """One run: its state, its limits, what it reached, its bounds and its price of fairness."""
    return _run(runs.run_kept(request.actor, number))


@router.post("/runs/{number}/stop", response={200: Stored, **PROBLEMS})
@endpoint(Permission.PROPOSAL_RUN)
def post_run_stop(request: Request, number: int) -> Stored:
    """Stop a run that has not ended."""
    return Stored(id=cancel_run(request.actor, run=number))


@router.post("/runs/{number}/fairness", response={200: RunOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_RUN)
def post_run_fairness(request: Request, number: int) -> RunOut:
    """Draw the price of ten floors now."""
    runs.run_kept(request.actor, number)
    draw_curve(number)
    return _run(runs.run_kept(request.actor, number))


@router.post("/runs/{number}/check", response={200: CheckOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def post_run_check(request: Request, number: int, body: CheckIn) -> CheckOut:
    """The check that knows no solver; `again` also computes the run anew and compares the bytes."""
    told = runs.verified(request.actor, number, again=body.again)
    return CheckOut(
        ok=not told.breaches, breaches=[str(one) for one in told.breaches], same_bytes=told.same_bytes,
        same_version=told.same_version, answer_sha256=told.run.answer_sha256,
    )  # fmt: skip


@router.get("/runs/{number}/files", response={200: RunFilesOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def get_run_files(request: Request, number: int) -> RunFilesOut:
    """The instance and the answer as `bosett place` and `bosett verify` read them, by file name."""
    _kept, instance, answer = runs.files(request.actor, number)
    told = ({name: text.decode("utf-8") for name, text in unpack(one).items()} for one in (instance, answer))
    return RunFilesOut(instance=next(told), out=next(told))


@router.get("/runs/{number}/prices", response={200: Page[PriceOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_run_prices(request: Request, number: int) -> Page[PriceOut]:
    """What one more place would have been worth, where it was worth anything."""
    runs.run_kept(request.actor, number)
    return Page[PriceOut](items=[_price(request, one) for one in runs.run_prices(request.actor, number)])


@router.get("/runs/{first}/compared/{second}", response={200: ComparisonOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def get_comparison(request: Request, first: int, second: int) -> ComparisonOut:
    """Who moves and what changes from one run to another."""
    told = compared(request.actor, first, second)
    return ComparisonOut(
        first=first, second=second, same=told.same,
        moved=[MovedOut(**vars(one)) for one in told.moved],
        came=[MovedOut(**vars(one)) for one in told.came],
        left=[MovedOut(**vars(one)) for one in told.left],
        levels={name: [before, after] for name, before, after in told.levels},
        persons={one.municipality: [one.before, one.after] for one in told.persons},
        other_county=told.other_county,
    )  # fmt: skip


@router.post("/runs/{number}/what-if", response={200: OutcomeOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def post_what_if(request: Request, number: int, body: ChangeIn) -> OutcomeOut:
    """A changed week solved anew against a kept run; nothing is stored."""
    locks = {str(home): place for home, place in body.locks.items()}
    told = outcome(request.actor, number, Change(body.places, locks))
    return OutcomeOut(
        persons=told.persons, points=told.points, exact=told.exact, seconds=told.seconds, hidden=told.hidden,
        moved=[MovedOut(**{**vars(one), "before_reason": "", "after_reason": ""}) for one in told.moved],
    )  # fmt: skip


@router.get("/choices", response={200: Page[ChoiceOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_choices(request: Request) -> Page[ChoiceOut]:
    """Choices that stand, the newest first."""
    names = [name for name in ChoiceOut.model_fields if name != "price"]
    rows = all_standing(request.actor)
    return Page[ChoiceOut](
        items=[
            ChoiceOut(**{name: getattr(row, name) for name in names}, price=dict(row.price)) for row in rows
        ]
    )


@router.post("/choices", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_DECIDE)
def post_choice(request: Request, body: ChoiceIn) -> Stored:
    """Lock a household to a municipality, keep it away from one, or let it wait; every later run keeps it."""
    made = choose_placement(
        request.actor, household=str(body.household), year=body.year, kind=body.kind, municipality=body.municipality,
        reason_code=body.reason_code, reason=body.reason,
    )  # fmt: skip
    return Stored(id=made)


@router.post("/choices/{number}/lift", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_DECIDE)
def post_choice_lift(request: Request, number: int) -> Stored:
    """Lift a choice."""
    return Stored(id=lift_choice(request.actor, choice=number))


@router.get("/recommendation/{year}/{household}", response={200: RecommendationOut, **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def get_recommendation(request: Request, year: Year, household: UUID) -> RecommendationOut:
    """Where one household could go today, at once."""
    told = recommendation(request.actor, year, household)
    suggestions = [
        SuggestionOut(
            **{name: getattr(one, name) for name in SuggestionOut.model_fields if name != "parts"},
            parts={part.code: part.points for part in one.parts},
        )
        for one in told.suggestions
    ]
    return RecommendationOut(
        household=told.household, persons=told.persons, possible=told.possible, missing=list(told.missing),
        closed={rule: list(places) for rule, places in told.closed.items()}, run=told.run, seconds=told.seconds,
        suggestions=suggestions,
    )  # fmt: skip


@router.get("/prices/{year}/{municipality}", response={200: Page[PriceOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_own_prices(request: Request, year: Year, municipality: str) -> Page[PriceOut]:
    """What more places would do in a municipality, for IMDi and for itself; empty for everybody else."""
    rows = runs.own_prices(request.actor, municipality, year)
    return Page[PriceOut](items=[_price(request, one) for one in rows])


@router.get("/score-tables", response={200: Page[ScoresOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_score_tables(request: Request) -> Page[ScoresOut]:
    """Loaded tables of scores with their model cards; none is used unless a run asks for it."""
    return Page[ScoresOut](items=[_scores(one) for one in score_tables(request.actor)])


@router.post("/score-tables", response={200: ScoresOut, **PROBLEMS})
@endpoint(Permission.SCORES_LOAD)
def post_score_table(request: Request, body: ScoresIn) -> ScoresOut:
    """Load a table with its model card, to be looked at."""
    file = Incoming(body.file_name, body.csv.encode("utf-8"))
    report = _summary(body.report) if body.report else None
    made = load_scores(request.actor, name=body.name, file=file, card=body.card, report=report)
    return _scores(score_table(request.actor, made))


@router.post("/score-tables/{number}/report", response={200: ScoresOut, **PROBLEMS})
@endpoint(Permission.SCORES_LOAD)
def post_score_table_report(request: Request, number: int, body: ScoreReportIn) -> ScoresOut:
    """A newer measurement of the table; one in use that fails it is out of use at once."""
    report_scores(request.actor, scores=number, report=_summary(body.report))
    return _scores(score_table(request.actor, number))


@router.post("/score-tables/{number}/approve", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SCORES_LOAD)
def post_score_table_approve(request: Request, number: int) -> Stored:
    """Let runs use the table when they ask for it."""
    return Stored(id=approve_scores(request.actor, scores=number))


@router.post("/score-tables/{number}/retire", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SCORES_LOAD)
def post_score_table_retire(request: Request, number: int) -> Stored:
    """No new run can use the table."""
    return Stored(id=retire_scores(request.actor, scores=number))


def _run(row: runs.RunKept) -> RunOut:
    lists = {"curve", "summary", "fault"}
    plain = {name: getattr(row, name) for name in RunOut.model_fields if name not in lists}
    return RunOut(
        **plain, curve=[dict(one) for one in row.curve], summary=dict(row.summary), fault=dict(row.fault)
    )


def _price(request: Request, row: runs.PriceRow) -> PriceOut:
    numbers = request.actor.may(Permission.PROPOSAL_VIEW)
    persons, points = (row.persons, row.points) if numbers else (None, None)
    return PriceOut(
        municipality=row.municipality, name=row.name, dimension=row.dimension, does=row.does, persons=persons,
        points=points,
    )  # fmt: skip


def _summary(text: str) -> Incoming:
    return Incoming("summary.json", text.encode("utf-8"))


def _scores(row: ScoresRow) -> ScoresOut:
    told, made = row.report, {"card", "counts", "may_be_used", "null_world_worst", "drift"}
    plain = {name: getattr(row, name) for name in ScoresOut.model_fields if name not in made}
    return ScoresOut(
        **plain, card=dict(row.card), counts=dict(row.counts), may_be_used=told.may_be_used if told else None,
        null_world_worst=told.null_worst if told else None, drift=told.drift.verdict if told and told.drift else "",
    )  # fmt: skip
