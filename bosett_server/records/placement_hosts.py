"""What municipalities tell of themselves for the placement: homes they offer, and whom they can best receive."""

from django.db import models
from django.db.models import Q

from bosett.placement.host_priorities import CRITERIA, MOST

OFFER_ENDS = ["taken_back", "let", "changed"]


class HomeOffer(models.Model):
    """A home offered for placement: what it is like and when it is free, never where it is.

    It ends by itself when the home is let, changed or taken out: the triggers on homes and holds see to that.
    """

    home = models.ForeignKey("records.Home", models.PROTECT, related_name="offers")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    bedrooms = models.PositiveSmallIntegerField()
    step_free = models.BooleanField(default=False)
    free_from = models.DateField()
    free_until = models.DateField(null=True, blank=True)
    offered_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home"], condition=Q(ended_at__isnull=True), name="one_offer_a_home"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=OFFER_ENDS),
                name="ended_offer_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality"], condition=Q(ended_at__isnull=True), name="home_offers_standing"
            )
        ]


class HostPriority(models.Model):
    """Whom a municipality can best receive, by coded and lawful criteria in its own order; 1 is the first."""

    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=24)
    stated_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(criterion__in=list(CRITERIA)), name="host_criterion_known"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=MOST), name="host_priorities_few"),
            models.UniqueConstraint(
                fields=["municipality", "rank"],
                condition=Q(ended_at__isnull=True),
                name="one_priority_a_rank",
            ),
            models.UniqueConstraint(
                fields=["municipality", "criterion"],
                condition=Q(ended_at__isnull=True),
                name="one_rank_a_criterion",
            ),
        ]
