"""Grant lines as computed: each with rule, source, version and input, so that it can be recomputed."""

from django.db import models
from django.db.models import Q


class GrantLine(models.Model):
    """One person, one scheme, one year, one municipality.  A recomputed line replaces by superseding.

    An empty `share` is one that no known rule gives.  `sealed` marks a person with a protected address:
    such a line is in no list and no sum below the national one; the trigger keeps it.
    """

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="grant_lines")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    year = models.PositiveSmallIntegerField()
    scheme = models.CharField(max_length=24)
    grant_year = models.PositiveSmallIntegerField()
    share = models.CharField(max_length=24, blank=True)
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
                condition=Q(superseded_at__isnull=True),
                name="one_current_grant_line",
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
