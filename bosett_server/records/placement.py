"""From engine to answer: runs, proposals, assignments, questions, homes found by the household itself."""

from django.db import models
from django.db.models import Q

ASSIGNMENT_STATES = ["offered", "accepted", "settled", "declined", "expired", "withdrawn"]
RUN_STATES = ["queued", "solving", "done", "cancelled", "failed"]


class PlacementRun(models.Model):
    """One run of the placement engine: what went in, what came out, and with which version.

    `gap` and `effort` are the limits it stops by, never a clock, so that it can be computed again;
    `fault` says why it failed; `curve` what floors under the worst group would cost.  `pressure_percent` is how
    much of its places a municipality under full pressure is spared; empty leaves pressure out.
    """

    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="queued")
    phase = models.CharField(max_length=12, blank=True)
    objective = models.CharField(max_length=20)
    fairness_floor = models.FloatField(null=True, blank=True)
    score_floor = models.FloatField(null=True, blank=True)
    gap = models.FloatField(default=0.0)
    effort = models.PositiveIntegerField(null=True, blank=True)
    homes = models.BooleanField(default=False)
    priorities = models.BooleanField(default=False)
    pressure_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    scores = models.ForeignKey("records.PlacementScores", models.PROTECT, null=True, blank=True)
    started_by = models.ForeignKey("records.User", models.PROTECT)
    started_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    library_version = models.CharField(max_length=20)
    instance_sha256 = models.CharField(max_length=64)
    answer_sha256 = models.CharField(max_length=64, blank=True)
    seed = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    curve = models.JSONField(default=list)
    fault = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RUN_STATES), name="placement_run_state_known"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state__in=["queued", "solving"]), name="one_run_under_way"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(answer_sha256=""), name="done_run_has_answer"
            ),
            models.CheckConstraint(
                condition=Q(pressure_percent__isnull=True) | Q(pressure_percent__lte=100),
                name="spared_at_most_all",
            ),
        ]


class Proposal(models.Model):
    """What the engine proposes for one household; IMDi's alone until a named person decides.

    `easy` says that nothing speaks against taking it as it is; `doubts` are the coded reasons why not.
    """

    run = models.ForeignKey(PlacementRun, models.CASCADE, related_name="proposals")
    household = models.ForeignKey("records.Household", models.PROTECT, related_name="proposals")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    home = models.ForeignKey(
        "records.HomeOffer", models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    score = models.FloatField(null=True, blank=True)
    unplaced_reason = models.CharField(max_length=40, blank=True)
    reasons = models.JSONField(default=list)
    alternatives = models.JSONField(default=list)
    easy = models.BooleanField(default=False)
    doubts = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="open"), name="one_open_proposal_per_household"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "decided", "replaced"]), name="proposal_state_known"
            ),
        ]


class Assignment(models.Model):
    """A named person's decision: this household to this municipality, out of this year's places.

    `offered` takes the places; `declined`, `expired` and `withdrawn` give them back.  `card` is the
    anonymised card of needs, all that the municipality sees before it has accepted.
    """

    household = models.ForeignKey("records.Household", models.PROTECT, related_name="assignments")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="assignments")
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12)
    persons = models.PositiveSmallIntegerField()
    persons_general = models.PositiveSmallIntegerField(default=0)
    sealed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="offered")
    track = models.CharField(max_length=12)
    self_settled = models.BooleanField(default=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True)
    home = models.ForeignKey(
        "records.HomeOffer", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    reasons = models.JSONField(default=list)
    override_code = models.CharField(max_length=40, blank=True)
    override_reason = models.CharField(max_length=400, blank=True)
    override_cost = models.FloatField(null=True, blank=True)
    card = models.JSONField(default=dict)
    decided_by = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    answer_due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=40, blank=True)
    decline_note = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(state__in=["offered", "accepted", "settled"]),
                name="assigned_to_one_municipality_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["home"],
                condition=Q(state__in=["offered", "accepted", "settled"]),
                name="offered_home_to_one_household_at_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=ASSIGNMENT_STATES), name="assignment_state_known"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="decline_has_coded_reason"
            ),
            models.CheckConstraint(condition=Q(persons__gt=0), name="assignment_has_persons"),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "answer_due_on", "id"], name="assignment_inbox"),
            models.Index(fields=["municipality", "year", "group"], name="assignment_by_quota"),
            models.Index(fields=["year", "state"], name="assignment_by_year"),
        ]


class Enquiry(models.Model):
    """A municipality's question about a card and IMDi's answer.  The deadline is not moved by asking."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="enquiries")
    question_code = models.CharField(max_length=40)
    question = models.CharField(max_length=600, blank=True)
    asked_by = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=600, blank=True)
    answered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)


class SelfSettlement(models.Model):
    """Agreed self-settlement: the household found a home, the municipality says yes or no.

    `card` is all that the municipality sees of the household before it is assigned.
    """

    household = models.ForeignKey("records.Household", models.PROTECT, related_name="self_settlements")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    lease_from = models.DateField()
    card = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="asked")
    registered_by = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    answered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    refuse_reason = models.CharField(max_length=40, blank=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="asked"), name="one_open_self_settlement"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "refused", "withdrawn"]),
                name="self_settlement_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refuse_reason=""), name="refusal_has_coded_reason"
            ),
        ]
