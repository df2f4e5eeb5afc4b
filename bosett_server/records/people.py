"""Households and persons on their way: the most protected rows of the house."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When

STAGES = [
    "in_reception", "interviewed", "ready", "proposed", "assigned", "date_agreed", "settled", "left",
]  # fmt: skip
PROTECTION = ["none", "fortrolig", "strengt_fortrolig"]


def first_known(*columns: str, last: Value) -> Case:
    """The first of the columns that is not empty, else `last`.

    A CASE, since PostgreSQL takes COALESCE for one that might leak: under row-level security an index on it
    would be read from its end.
    """
    known = [When(**{f"{column}__isnull": False}, then=column) for column in columns]
    return Case(*known, default=last, output_field=models.DateField())


WAITS_SINCE = first_known(
    "ready_on", "permit_on", last=Value(date(9999, 12, 31), output_field=models.DateField())
)


class Household(models.Model):
    """People who are settled together.

    `stage` is where it stands in `bosett.followup`.  `offered_municipality` and `assigned_municipality`
    are kept by the trigger on assignments: row-level security reads them.  `wished` holds the municipalities
    of its newest closed interview, kept by the trigger on interviews, so that lists need not read interviews.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    track = models.CharField(max_length=12)
    group = models.CharField(max_length=12, default="all")
    stage = models.CharField(max_length=12, default="in_reception")
    persons_count = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    wished = ArrayField(models.CharField(max_length=4), default=list, editable=False)
    link = models.CharField(max_length=40, blank=True)
    protection = models.CharField(max_length=18, default="none")
    arrived_on = models.DateField(null=True, blank=True)
    permit_on = models.DateField(null=True, blank=True)
    ready_on = models.DateField(null=True, blank=True)
    planned_settlement_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    centre = models.ForeignKey("records.Centre", models.PROTECT, null=True, blank=True)
    offered_municipality = models.ForeignKey(
        "records.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    assigned_municipality = models.ForeignKey(
        "records.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recheck = ArrayField(models.CharField(max_length=40), default=list)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    left_reason = models.CharField(max_length=40, blank=True)
    synthetic = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="household_stage_known"),
            models.CheckConstraint(condition=Q(protection__in=PROTECTION), name="household_protection_known"),
            models.CheckConstraint(
                condition=~Q(stage="ready") | Q(ready_on__isnull=False), name="ready_household_has_date"
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "ready_on", "id"], name="household_queue"),
            models.Index(fields=["assigned_municipality", "stage", "id"], name="household_by_municipality"),
            models.Index(fields=["centre", "stage", "id"], name="household_by_centre"),
            models.Index(fields=["link"], condition=~Q(link=""), name="household_links"),
            # Who may have a bed in a centre: few of all.  Counting residents reads no household, and those who
            # have been there longest stand first.
            models.Index(
                fields=["arrived_on", "id"],
                include=["persons_count", "stage", "planned_settlement_on"],
                condition=Q(protection="none") & ~Q(stage="settled"),
                name="household_may_have_a_bed",
            ),
            # The working list in its usual order, those who have waited longest first, without sorting all of
            # them: the ones under way, and the whole register.
            models.Index(
                WAITS_SINCE,
                "id",
                condition=Q(stage__in=STAGES[:-2], protection="none", merged_into__isnull=True),
                name="household_waiting",
            ),
            models.Index(
                WAITS_SINCE,
                "id",
                condition=Q(protection="none", merged_into__isnull=True),
                name="household_all_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Person(models.Model):
    """One person.  Birth date and sex are fields of their own, never read from an identity number.

    For family immigration the `reference_…` fields tell the ground and first settlement of the person joined;
    `mother_settled_on` is for a child born in Norway.  Empty means that it is not stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="persons")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    name_sort_key = models.CharField(max_length=320, db_index=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=8)
    citizenship = models.CharField(max_length=3)
    duf_number = models.CharField(max_length=12, blank=True)
    national_id = models.CharField(max_length=11, blank=True)
    basis = models.CharField(max_length=14)
    role = models.CharField(max_length=14)
    single_adult = models.BooleanField(default=False)
    unaccompanied_minor = models.BooleanField(default=False)
    permit_lost_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    settlement_exception = models.CharField(max_length=40, blank=True)
    planned_settlement_on = models.DateField(null=True, blank=True)
    reference_basis = models.CharField(max_length=14, blank=True)
    reference_settled_on = models.DateField(null=True, blank=True)
    family_applied_on = models.DateField(null=True, blank=True)
    mother_settled_on = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duf_number"], condition=~Q(duf_number=""), name="one_person_per_duf"
            ),
            models.UniqueConstraint(
                fields=["national_id"], condition=~Q(national_id=""), name="one_person_per_national_id"
            ),
        ]
        indexes = [
            # Few, and asked for on every municipality's page: whose reference person's ground is not stored.
            models.Index(
                fields=["household"],
                condition=Q(basis="family", reference_basis="", mother_settled_on__isnull=True),
                name="person_ground_missing",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Interview(models.Model):
    """The settlement interview held by the centre: the household is heard before anything is decided.

    Each item is there or has a coded reason in `missing` (item -> code).  A later interview replaces
    an earlier one by being newer; none is changed after `closed_at`, but for the household's comment
    and its consent, which it may always withdraw.  Without `closed_at` it is a draft, one a household.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="interviews")
    held_on = models.DateField()
    held_by = models.ForeignKey("records.User", models.PROTECT)
    interpreter = models.CharField(max_length=12)
    interpreter_language = models.CharField(max_length=8, blank=True)
    wishes = models.JSONField(default=list)
    ties = models.JSONField(default=list)
    health_consent = models.BooleanField(null=True)
    health_consent_withdrawn_on = models.DateField(null=True, blank=True)
    child_best_interests = models.TextField(blank=True)
    comment_invited_on = models.DateField(null=True, blank=True)
    comment_due_on = models.DateField(null=True, blank=True)
    comment = models.TextField(blank=True)
    comment_at = models.DateTimeField(null=True, blank=True)
    missing = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(closed_at__isnull=True), name="one_open_interview"
            ),
            models.CheckConstraint(
                condition=Q(health_consent_withdrawn_on__isnull=True) | Q(health_consent=False),
                name="withdrawn_consent_is_none",
            ),
        ]
        indexes = [models.Index(fields=["household", "-held_on"], name="interview_by_household")]


class LifeEvent(models.Model):
    """A birth, death, split, merge, lost permit or birthday on the way, and what it re-opened."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="life_events")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True)
    reopened = ArrayField(models.CharField(max_length=40), default=list)
    resolved_at = models.DateTimeField(null=True, blank=True)
