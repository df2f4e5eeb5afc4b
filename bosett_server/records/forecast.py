"""The ledger of forecasts, and the outcomes they are scored against; each row is kept as it was stored."""

from django.db import models


class LedgerForecast(models.Model):
    """A forecast somebody made: for what, when, from which figures.  `internal` ones stay with the State."""

    made = models.CharField(max_length=10)
    target = models.CharField(max_length=7)
    series = models.CharField(max_length=40)
    maker = models.CharField(max_length=80)
    purpose = models.CharField(max_length=20)
    low = models.FloatField(null=True, blank=True)
    point = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    quantiles = models.JSONField(default=list)
    vintage = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    internal = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["made", "target", "series", "maker", "purpose"], name="forecast_stored_once"
            )
        ]


class LedgerOutcome(models.Model):
    """What became of a series in a year or month, as known from a vintage; a revision is a new row."""

    series = models.CharField(max_length=40)
    target = models.CharField(max_length=7)
    value = models.FloatField()
    vintage = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["series", "target", "-recorded_at"], name="outcome_newest")]


class MonthlyFigure(models.Model):
    """A month's figure as published on a day; a later publication is a new row beside it."""

    series = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    published = models.DateField()
    value = models.IntegerField()
    source = models.CharField(max_length=300)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "published", "month"], name="month_published_once"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="month_of_nobody_or_more"),
        ]
