"""Tables that have passed the protection of small numbers: all that the public role can read."""

from django.db import models


class PublishedTable(models.Model):
    """One protected table as published: its cells, definition, source and the day it speaks of."""

    name = models.CharField(max_length=60)
    as_of = models.DateField()
    published_at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    definition = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    modelled = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["name", "-published_at"], name="published_latest")]
