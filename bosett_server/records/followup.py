"""Settled, and moved on."""

from django.db import models
from django.db.models import F, Q


class Settlement(models.Model):
    """The day a person arrived in the municipality that took them.  A fact: once per person."""

    person = models.OneToOneField("records.Person", models.PROTECT, related_name="settlement")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    assignment = models.ForeignKey("records.Assignment", models.PROTECT, related_name="settlements")
    settled_on = models.DateField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "settled_on"], name="settlement_by_municipality"),
            models.Index(fields=["assignment", "recorded_at"], name="settlement_by_assignment"),
        ]


class Move(models.Model):
    """A secondary move: from one municipality to another after settlement (registered address decides)."""

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="moves")
    from_municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    to_municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    moved_on = models.DateField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "moved_on"], name="one_move_a_day"),
            models.CheckConstraint(
                condition=~Q(from_municipality=F("to_municipality")), name="a_move_goes_somewhere_else"
            ),
        ]
