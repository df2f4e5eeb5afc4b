"""Matters between sectors, and who has each of them: always somebody.

A desk is a sector in its place, written `nav`, `county:33`, `municipality:3301`.  A matter tells codes only; words
of its own it has only when it is about no household.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

STATES = ["offered", "accepted", "refused", "withdrawn"]


class Matter(models.Model):
    """Something to be done in a sector.  `holder` has it; `offered_to` has been asked to take it.

    `holder`, `offered_to` and `desks` (all who have had it or been asked) are moved by the trigger on hand-overs
    alone, so that a matter stays with the sender until another desk has accepted it.
    """

    sector = models.CharField(max_length=20)
    ask = models.CharField(max_length=30)
    municipality = models.ForeignKey(
        "records.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    household = models.ForeignKey(
        "records.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_desk = models.CharField(max_length=30)
    holder = models.CharField(max_length=30)
    held_since = models.DateTimeField()
    offered_to = models.CharField(max_length=30, blank=True)
    desks = ArrayField(models.CharField(max_length=30), default=list)
    outcome = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(holder=""), name="a_matter_is_somebodys"),
            models.CheckConstraint(
                condition=Q(household__isnull=True) | Q(words=""), name="no_words_about_a_household"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="a_closed_matter_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(offered_to=""), name="no_closed_matter_is_on_its_way"
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "-id"], condition=Q(closed_at__isnull=True), name="matter_by_holder"
            ),
            models.Index(
                fields=["offered_to", "-id"],
                condition=Q(closed_at__isnull=True) & ~Q(offered_to=""),
                name="matter_by_receiver",
            ),
        ]


class HandOver(models.Model):
    """One desk asks another to take a matter; the answer, and the coded reason of a refusal."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="hand_overs")
    from_desk = models.CharField(max_length=30)
    to_desk = models.CharField(max_length=30)
    offered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="offered")
    reason = models.CharField(max_length=30, blank=True)
    answered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="hand_over_state_known"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state="offered"), name="one_hand_over_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(from_desk=models.F("to_desk")), name="handed_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="a_refused_hand_over_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", answered_at__isnull=True)
                | ~Q(state="offered") & Q(answered_at__isnull=False),
                name="an_answered_hand_over_has_a_time",
            ),
        ]
