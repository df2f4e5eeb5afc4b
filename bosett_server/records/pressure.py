"""The municipalities' monthly answers about pressure on housing and services."""

from django.db import models


class Pulse(models.Model):
    """One municipality's answer for one month: sector -> step 1-5 and coded reasons; a sector left out is not answered.

    `modelled` marks answers that the demo made up.
    """

    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    month = models.DateField()
    answers = models.JSONField(default=dict)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    modelled = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "month"], name="one_pulse_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="pulse_month_by_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.month}"


class PressureAlert(models.Model):
    """That a sector crossed the threshold in a municipality or county; it stands until it has come down again.

    `value` is the pressure in the month it crossed, `known` of how many municipalities something was known.
    """

    county = models.ForeignKey("records.County", models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        "records.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sector = models.CharField(max_length=20)
    month = models.DateField()
    value = models.FloatField()
    known = models.PositiveSmallIntegerField(default=1)
    raised_at = models.DateTimeField()
    ended_month = models.DateField(null=True, blank=True)
    modelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "municipality", "sector"],
                condition=models.Q(ended_month__isnull=True),
                nulls_distinct=False,
                name="one_standing_alert",
            )
        ]
