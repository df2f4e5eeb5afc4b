"""The number that changes: need, anmodning, vedtak, agreed and settled as versioned facts."""

from django.db import models
from django.db.models import F, Q

WHAT = ["need", "asked", "voted", "agreed", "settled"]
GROUPS = ["all", "em_under15", "em_15_17"]
STATES = ["number", "not_asked", "awaiting", "suppressed", "unknown", "not_stored"]


class VersionedFigure(models.Model):
    """One version of one number: never overwritten, superseded by the next.

    `municipality` is empty for the nation.  A number has a value; every other state has none.
    The one version without `superseded_at` is what we hold now; `recorded_at` answers what we
    held on an earlier day, `valid_from` which day the number speaks from.  `parts` is what a need was
    worked out from, with the interval of each part; empty where only the number was stated.
    """

    what = models.CharField(max_length=10)
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12, default="all")
    state = models.CharField(max_length=12, default="number")
    value = models.PositiveIntegerField(null=True, blank=True)
    reservations = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    can_take_more = models.PositiveIntegerField(null=True, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    source = models.TextField()
    modelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    superseded_at = models.DateTimeField(null=True, blank=True)
    round = models.ForeignKey("records.Round", models.PROTECT, null=True, blank=True, related_name="figures")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=WHAT), name="figure_what_known"),
            models.CheckConstraint(condition=Q(group__in=GROUPS), name="figure_group_known"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="figure_state_known"),
            models.CheckConstraint(
                condition=Q(state="number", value__isnull=False)
                | (~Q(state="number") & Q(value__isnull=True)),
                name="figure_value_goes_with_state",
            ),
            models.CheckConstraint(
                condition=~Q(what="voted", state="awaiting") | Q(meeting_on__isnull=False),
                name="awaiting_vedtak_has_meeting_date",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(approved_by__isnull=False),
                name="approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["what", "municipality", "year", "group"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="one_current_figure",
            ),
        ]
        indexes = [models.Index(fields=["year", "what", "group"], name="figure_by_year")]


class Round(models.Model):
    """One round of requests (anmodninger) for a year: drafted, adjusted, sent."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, default="draft")
    need = models.ForeignKey(VersionedFigure, models.PROTECT, related_name="+")
    criteria = models.JSONField(default=dict)
    answer_due_on = models.DateField()
    drafted_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    sent_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_round_per_number"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="draft"), name="one_draft_round_a_year"
            ),
            models.CheckConstraint(condition=Q(state__in=["draft", "sent"]), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True) | Q(state="sent", sent_at__isnull=False),
                name="sent_round_has_time",
            ),
        ]


class RoundLine(models.Model):
    """What the draft asks one municipality, before it is sent; the exact share and every hand adjustment."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="lines")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    computed = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    em_under15 = models.PositiveIntegerField(default=0)
    em_15_17 = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict)
    adjusted_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "municipality"], name="one_line_per_municipality"),
            models.CheckConstraint(
                condition=Q(asked__gte=F("em_under15") + F("em_15_17")), name="minors_inside_the_total"
            ),
            models.CheckConstraint(
                condition=Q(asked=F("computed")) | ~Q(adjusted_reason=""), name="adjustment_has_reason"
            ),
        ]


class Quota(models.Model):
    """What a municipality allows and what is assigned of it, kept by triggers; the row that is locked.

    `vedtak` is the approved vedtak in force (empty: none), `opened` the places the municipality itself
    opened for anybody.  `assigned_general` leaves out persons on places opened for their own household.
    Sealed places are not here: nothing about them may be read from a remainder.
    """

    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12)
    vedtak = models.PositiveIntegerField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    assigned = models.PositiveIntegerField(default=0)
    assigned_general = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "group"], name="one_quota"),
            models.CheckConstraint(condition=Q(group__in=GROUPS), name="quota_group_known"),
        ]
