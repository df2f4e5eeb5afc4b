"""What a household asks for on its own page, and the answer it gets."""

from django.db import models
from django.db.models import Q


class HouseholdRequest(models.Model):
    """A household says that a fact is wrong, or asks for a new assessment of the municipality.

    A correction goes to the centre (or IMDi when there is none), a new assessment to IMDi.
    """

    household = models.ForeignKey("records.Household", models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=20)
    text = models.CharField(max_length=1000)
    asked_as = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    answer_due_on = models.DateField()
    answer_code = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["correction", "reassessment"]), name="household_request_kind_known"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(kind="reassessment", answered_at__isnull=True),
                name="one_open_reassessment",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer_code=""), name="household_answer_is_coded"
            ),
        ]
        indexes = [models.Index(fields=["household", "-id"], name="household_requests")]
