"""The mapping of expenditure: rounds, who is asked, what they answer, the frozen estimates, the parties' scenarios."""

from django.db import models
from django.db.models import Q

KINDS = ["ordinary", "unaccompanied_minors", "host", "norwegian"]


class ExpenditureRound(models.Model):
    """One round of the survey: planned, opened (then its sample stands), closed (then its estimates stand).

    `seed` gives every municipality its number; the same seed next year gives the panel its overlap.
    """

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, default="ordinary")
    state = models.CharField(max_length=8, default="planned")
    seed = models.PositiveIntegerField()
    asked = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField()
    overlap_percent = models.PositiveSmallIntegerField()
    answer_due_on = models.DateField()
    frame_source = models.CharField(max_length=300)
    synthetic = models.BooleanField(default=False)
    planned_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    opened_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "kind"], name="one_expenditure_round_a_year"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="expenditure_kind_known"),
            models.CheckConstraint(
                condition=Q(state="planned", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="expenditure_state_has_its_time",
            ),
        ]


class ExpenditureFrameRow(models.Model):
    """A municipality of the frame, its stratum, and whether it was drawn.  Stands still once the round is open.

    `weight_of` / `weight_drawn` is how many municipalities it stands for.  `persons_by_year` holds residence
    years 1-5 where they are known.
    """

    round = models.ForeignKey(ExpenditureRound, models.CASCADE, related_name="frame")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    stratum = models.CharField(max_length=24)
    eligible_persons = models.DecimalField(max_digits=12, decimal_places=3)
    persons_by_year = models.JSONField(default=dict)
    sampled = models.BooleanField(default=False)
    certainty = models.BooleanField(default=False)
    panel = models.BooleanField(default=False)
    weight_of = models.PositiveSmallIntegerField(default=1)
    weight_drawn = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "municipality"], name="once_in_an_expenditure_frame"),
            models.CheckConstraint(
                condition=Q(certainty=False) | Q(sampled=True), name="certain_ones_are_sampled"
            ),
        ]


class ExpenditureResponse(models.Model):
    """Where one asked municipality stands: open, sent, approved; reopened with a reason."""

    round = models.ForeignKey(ExpenditureRound, models.PROTECT, related_name="responses")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    state = models.CharField(max_length=8, default="open")
    sent_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.CharField(max_length=400, blank=True)
    reopened_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "municipality"], name="one_expenditure_response"),
            models.CheckConstraint(
                condition=Q(state="open")
                | Q(state="sent", sent_at__isnull=False)
                | Q(state="approved", sent_at__isnull=False, approved_at__isnull=False),
                name="expenditure_response_has_its_time",
            ),
        ]


class ExpenditureAnswer(models.Model):
    """What a municipality has written about one area: as typed, and what it reads as (empty: nothing that counts)."""

    response = models.ForeignKey(ExpenditureResponse, models.PROTECT, related_name="answers")
    area = models.CharField(max_length=40)
    amount_typed = models.CharField(max_length=60, blank=True)
    share_typed = models.CharField(max_length=60, blank=True)
    whole_typed = models.CharField(max_length=60, blank=True)
    explanation = models.CharField(max_length=1000, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    via = models.CharField(max_length=8, default="page")
    saved_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "area"], name="one_expenditure_answer"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="expenditure_is_not_negative"
            ),
        ]


class ExpenditureRevision(models.Model):
    """Each thing that an answer has said, and each step of its response; written by triggers, never changed."""

    response = models.ForeignKey(ExpenditureResponse, models.PROTECT, related_name="revisions")
    area = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=8)
    told = models.JSONField(default=dict)
    by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["response", "at"], name="expenditure_revisions")]


class ExpenditureKnown(models.Model):
    """What others than the municipality have counted: a register's item by residence year, or a KOSTRA total.

    No municipality: the whole country.
    """

    round = models.ForeignKey(ExpenditureRound, models.PROTECT, related_name="known")
    kind = models.CharField(max_length=8)
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    item = models.CharField(max_length=40)
    residence_year = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_nok = models.BigIntegerField()
    persons = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "municipality", "item", "residence_year"],
                nulls_distinct=False,
                name="expenditure_known_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="kostra", residence_year__isnull=True, municipality__isnull=False)
                | Q(kind="register", residence_year__range=(1, 5), persons__isnull=False),
                name="expenditure_known_is_whole",
            ),
        ]


class ExpenditureBaseline(models.Model):
    """The estimates of a closed round, with what they rest on: the common ground, never changed afterwards."""

    round = models.OneToOneField(ExpenditureRound, models.PROTECT, related_name="baseline")
    estimator = models.CharField(max_length=8)
    result = models.JSONField()
    input_sha256 = models.CharField(max_length=64)
    library_version = models.CharField(max_length=20)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()


class ExpenditureScenario(models.Model):
    """A party's target coverage on a frozen baseline: its own until it shares it, and unchanged after that."""

    baseline = models.ForeignKey(ExpenditureBaseline, models.PROTECT, related_name="scenarios")
    party = models.CharField(max_length=9)
    name = models.CharField(max_length=80)
    target_percent = models.DecimalField(max_digits=5, decimal_places=1)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party__in=["state", "municipal"]), name="expenditure_party_known"
            ),
            models.CheckConstraint(
                condition=Q(target_percent__gt=0, target_percent__lte=200), name="expenditure_target_sane"
            ),
            models.UniqueConstraint(
                fields=["baseline", "party", "name"], name="one_expenditure_scenario_by_name"
            ),
        ]
