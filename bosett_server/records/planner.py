"""The municipality's own planner: its homes, its resources by month, its case paper, its weeks."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bosett.capacity.week_plan import LARGEST_SIZE
from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.decisions.planner import Resource

RESOURCES = [one.value for one in Resource]


class Home(models.Model):
    """A home that a municipality can let, in its span of days; taken out, it is kept but no longer offered.

    `sealed_for` holds the protected households that have it, kept by the trigger on holds and households: only
    those named for all of them see the home at all.
    """

    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="homes")
    address = models.CharField(max_length=120)
    bedrooms = models.PositiveSmallIntegerField()
    step_free = models.BooleanField(default=False)
    rent_nok = models.PositiveIntegerField(null=True, blank=True)
    school = models.CharField(max_length=80, blank=True)
    school_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    free_from = models.DateField()
    free_until = models.DateField(null=True, blank=True)
    sealed_for = ArrayField(models.UUIDField(), default=list, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(free_until__isnull=True) | Q(free_until__gt=F("free_from")),
                name="home_ends_after_start",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "address"],
                condition=Q(withdrawn_at__isnull=True),
                name="home_by_place",
            )
        ]

    def __str__(self) -> str:
        return f"home {self.pk}"


class HomeHold(models.Model):
    """A household has a home in a span of days; without a household, somebody outside the register has it.

    No two of one home overlap: the database excludes it.  `moved_out_at` is when somebody said that it
    is over; until then the home of a protected household stays sealed, whatever the days say.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="holds")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    household = models.ForeignKey("records.Household", models.PROTECT, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    moved_out_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="hold_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["municipality", "household"],
                condition=Q(ends_on__isnull=True, withdrawn_at__isnull=True),
                name="one_open_home_a_household",
            ),
        ]


class Plan(models.Model):
    """One municipality's plan for a year: the row that is locked, and what its case paper says in own words.

    `version` grows with every save, so that two who write at once do not undo one another.
    """

    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    own_number = models.PositiveIntegerField(null=True, blank=True)
    recommended = models.PositiveIntegerField(null=True, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    persons_a_bedroom = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, blank=True)
    texts = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="one_plan_a_year"),
            models.CheckConstraint(condition=Q(language__in=["", "nb", "nn"]), name="plan_language_known"),
            models.CheckConstraint(
                condition=Q(persons_a_bedroom__isnull=True)
                | Q(persons_a_bedroom__gte=1, persons_a_bedroom__lte=4),
                name="persons_a_bedroom_known",
            ),
        ]


class PlanResource(models.Model):
    """One resource of a plan: what one person uses, and what is free each month; empty is not known."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="resources")
    resource = models.CharField(max_length=12)
    per_person = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    units = ArrayField(models.DecimalField(max_digits=11, decimal_places=2, null=True), size=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "resource"], name="one_row_a_resource"),
            models.CheckConstraint(condition=Q(resource__in=RESOURCES), name="resource_known"),
            models.CheckConstraint(
                condition=Q(per_person__isnull=True) | Q(per_person__gt=0), name="uses_more_than_nothing"
            ),
        ]


class PlanCommitment(models.Model):
    """Persons the municipality expects besides those in the register, from a month on."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=16)
    persons = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    told_by = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in CommitmentKind]), name="commitment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(told_by__in=[one.value for one in ToldBy]), name="commitment_told_by_known"
            ),
            models.CheckConstraint(
                condition=Q(persons__gt=0, month__gte=1, month__lte=12), name="commitment_in_the_year"
            ),
        ]


class WeekCapacity(models.Model):
    """How many households of a size a municipality can take in a week; a week without rows is not planned."""

    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    monday = models.DateField()
    size = models.PositiveSmallIntegerField()
    households = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "monday", "size"], name="one_number_a_week_and_size"
            ),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=LARGEST_SIZE), name="week_size_known"),
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="week_starts_on_monday"),
        ]


class WeekConfirmation(models.Model):
    """When a municipality last said that its weeks are right; `version` grows with every save."""

    municipality = models.OneToOneField("records.Municipality", models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False)
