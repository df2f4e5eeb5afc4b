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
