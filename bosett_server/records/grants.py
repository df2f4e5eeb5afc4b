"""Grant lines as computed: each with rule, source, version and input, so that it can be recomputed."""

from django.db import models
from django.db.models import Q


class GrantLine(models.Model):
    """One person, one scheme, one year, one municipality.  A recomputed line replaces by superseding.

    An empty `share` is one that no known rule gives.  `sealed` marks a person with a protected address:
    such a line is in no list and no sum below the national one; the trigger keeps it.
    `claim` is what a documented grant rests on.  A base that follows from a host municipality's places has
    neither person nor claim.
    """

    person = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="grant_lines")
    claim = models.ForeignKey("records.GrantClaim", models.PROTECT, null=True, related_name="lines")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    year = models.PositiveSmallIntegerField()
    scheme = models.CharField(max_length=24)
    grant_year = models.PositiveSmallIntegerField()
    share = models.CharField(max_length=24, blank=True)
    units = models.PositiveIntegerField(default=1)
    rate_nok = models.PositiveIntegerField(null=True, blank=True)
    amount_nok = models.PositiveIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=120)
    source = models.JSONField(default=dict)
    explanation = models.JSONField(default=dict)
    status = models.CharField(max_length=14)
    library_version = models.CharField(max_length=20)
    input_sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme", "year", "municipality"],
                condition=Q(superseded_at__isnull=True, claim__isnull=True),
                name="one_current_grant_line",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(superseded_at__isnull=True, claim__isnull=False),
                name="one_current_line_of_a_claim",
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "scheme"],
                condition=Q(superseded_at__isnull=True, claim__isnull=True, person__isnull=True),
                name="one_current_base_line",
            ),
            models.CheckConstraint(
                condition=Q(status="calculated", amount_nok__isnull=False, rate_nok__isnull=False)
                | Q(status="rate_missing", amount_nok__isnull=True),
                name="missing_amount_is_named",
            ),
        ]
        indexes = [
            models.Index(
                fields=["year", "municipality", "scheme"],
                include=["amount_nok", "status", "rule", "sealed"],
                condition=Q(superseded_at__isnull=True),
                name="grants_in_force",
            )
        ]


CLAIM_STATES = ["draft", "applied", "granted", "refused", "withdrawn"]
LIVE_CLAIM = Q(state__in=CLAIM_STATES[:3])
PERSON_SCHEMES = ["special_1", "special_2"]
ONCE_A_YEAR = ["host_base", "norwegian_base", "extra_above_request", "unused_places", "competence_mapping"]


class GrantClaim(models.Model):
    """What a municipality applies for, or a number counted for it: the schemes that no settlement releases.

    A draft is the municipality's own; applied, it waits for the agency; granted, refused and withdrawn stay as
    they are.  `due_on` is the deadline by the rule, empty where no rule gives one.  `sealed` marks a person
    with a protected address; the trigger keeps it.
    """

    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    scheme = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="grant_claims")
    grant_year = models.PositiveSmallIntegerField(null=True)
    cost_nok = models.PositiveIntegerField(null=True)
    persons = models.PositiveIntegerField(null=True)
    place_type = models.CharField(max_length=20, blank=True)
    places = models.PositiveIntegerField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    asked = models.PositiveIntegerField(null=True)
    voted = models.PositiveIntegerField(null=True)
    settled = models.PositiveIntegerField(null=True)
    by_agreement = models.BooleanField(null=True)
    arose_before_settlement = models.BooleanField(null=True)
    conditions_met = models.BooleanField(null=True)
    state = models.CharField(max_length=10, default="draft")
    due_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CLAIM_STATES), name="claim_state_known"),
            models.CheckConstraint(
                condition=Q(scheme__in=PERSON_SCHEMES, person__isnull=False, grant_year__isnull=False)
                | (~Q(scheme__in=PERSON_SCHEMES) & Q(person__isnull=True)),
                name="special_claim_has_person_and_year",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", applied_on__isnull=True)
                | Q(state="withdrawn")
                | Q(state__in=["applied", "granted", "refused"], applied_on__isnull=False),
                name="claim_applied_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "refused"], decided_at__isnull=False)
                | Q(state__in=["draft", "applied"], decided_at__isnull=True)
                | Q(state="withdrawn"),
                name="claim_decision_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="claim_refused_has_reason"
            ),
            models.UniqueConstraint(
                fields=["person", "grant_year"],
                condition=LIVE_CLAIM & Q(person__isnull=False),
                name="one_special_claim_a_grant_year",
            ),
            models.UniqueConstraint(
                fields=["municipality", "scheme", "year"],
                condition=LIVE_CLAIM & Q(scheme__in=ONCE_A_YEAR),
                name="one_claim_a_year",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "-id"], name="claim_by_municipality"),
            models.Index(fields=["state", "due_on"], name="claim_by_deadline"),
        ]


class RateTable(models.Model):
    """An official table of rates as somebody loaded it: looked at, then applied whole, perhaps taken back."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    href = models.CharField(max_length=400, blank=True)
    published = models.DateField()
    state = models.CharField(max_length=8, default="checked")
    checked_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField()
    applied_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="checked", applied_at__isnull=True)
                | Q(state="applied", applied_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", applied_at__isnull=False, undone_at__isnull=False),
                name="rate_table_state_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(state="applied"), name="one_rate_table_in_force"
            ),
        ]


class LoadedRate(models.Model):
    """One rate of one calendar year out of a table; it counts while its table is applied."""

    table = models.ForeignKey(RateTable, models.PROTECT, related_name="rates")
    rule = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    amount_nok = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    section = models.CharField(max_length=300, blank=True)
    href = models.CharField(max_length=400, blank=True)
    published = models.DateField(null=True, blank=True)
    certainty = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "rule", "year"], name="one_rate_a_year_in_a_table")
        ]
