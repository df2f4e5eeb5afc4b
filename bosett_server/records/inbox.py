"""What waits for whom, what a user keeps, and which requests have been served."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """Something that a role in a place should know or do.  Holds a code and ids, never personal data."""

    code = models.CharField(max_length=40)
    to_role = models.CharField(max_length=30)
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    centre = models.ForeignKey("records.Centre", models.PROTECT, null=True, blank=True)
    county = models.ForeignKey("records.County", models.PROTECT, null=True, blank=True)
    household = models.ForeignKey("records.Household", models.PROTECT, null=True, blank=True)
    to_user = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_role", "municipality", "-created_at"], name="notice_by_place"),
            models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="notice_due"),
        ]


class NoticeRead(models.Model):
    """That one user has read one notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey("records.User", models.CASCADE)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="read_once")]


class SavedView(models.Model):
    """A saved filter: the URL is the filter.  Shared with the role in the same place, or one's own."""

    name = models.CharField(max_length=80)
    page = models.CharField(max_length=40)
    query = models.CharField(max_length=600)
    owner = models.ForeignKey("records.User", models.CASCADE, related_name="saved_views")
    shared_role = models.CharField(max_length=30, blank=True)
    shared_municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="one_view_per_name")]


class RequestKey(models.Model):
    """A request already served: the same key from the same user gives the same answer, done once."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    served_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key", "verb"], name="served_once")]
