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
