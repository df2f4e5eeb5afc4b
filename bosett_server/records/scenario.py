"""Comparisons from the scenario workbench: what was asked and what came out."""

from django.db import models


class SavedScenario(models.Model):
    """One person's comparison; others see it only once it is shared.  It is never changed, only shared or deleted.

    `settings` and `result` are the workbench's own words for sliders and numbers; seed, draws and version make
    it possible to compute it again.
    """

    owner = models.ForeignKey("records.User", models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=120)
    settings = models.JSONField()
    result = models.JSONField()
    seed = models.PositiveIntegerField()
    draws = models.PositiveIntegerField()
    version = models.CharField(max_length=40)
    saved_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="scenario_name_once")]
