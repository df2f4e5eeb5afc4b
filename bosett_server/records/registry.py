"""Municipalities and counties, so that other tables can point at them.  The facts come from `bosett.registry`."""

from django.db import models


class County(models.Model):
    """A county of 2024."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality of 2024."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    name_norwegian = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=160, db_index=True)
    county = models.ForeignKey(County, models.PROTECT, related_name="municipalities")
    language_decision = models.CharField(max_length=10)
    centrality = models.PositiveSmallIntegerField()
    kostra_group = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language_decision__in=["bokmål", "nynorsk", "neutral"]),
                name="municipality_language_known",
            )
        ]

    def __str__(self) -> str:
        return self.name
