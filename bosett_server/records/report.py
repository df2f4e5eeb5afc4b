"""The year's report of the agreement: what was generated, what people wrote, who approved, what was published."""

from django.db import models
from django.db.models import Q

STEPS = ["begun", "regenerated", "written", "approved", "published", "reopened"]


class YearReport(models.Model):
    """One year's report.  `revision` rises with each change of its facts or words; approvals are of one revision."""

    year = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=9, default="draft")
    revision = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "published"]), name="report_state_known")
        ]


class ReportGeneration(models.Model):
    """The sections as they came out of the stored facts on a day, in both forms of Norwegian.  Never changed."""

    report = models.ForeignKey(YearReport, models.PROTECT, related_name="generations")
    number = models.PositiveIntegerField()
    known_on = models.DateField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    library_version = models.CharField(max_length=20)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_generation_a_number")]


class ReportText(models.Model):
    """A section's words as a person wrote them, in both forms; the newest number is the one that stands.

    Empty in both forms: the person took the generated words back.  `generation` is the one they had before them.
    """

    report = models.ForeignKey(YearReport, models.PROTECT, related_name="texts")
    section = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    generation = models.ForeignKey(ReportGeneration, models.PROTECT, related_name="+")
    nb = models.TextField(blank=True)
    nn = models.TextField(blank=True)
    party = models.CharField(max_length=8)
    written_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "section", "number"], name="one_report_text_a_number"),
            models.CheckConstraint(
                condition=Q(nb="", nn="") | (~Q(nb="") & ~Q(nn="")), name="report_text_in_both_forms"
            ),
        ]


class ReportStep(models.Model):
    """What was done with the report, when and by which party; an approval is of the revision it names."""

    report = models.ForeignKey(YearReport, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    section = models.CharField(max_length=20, blank=True)
    party = models.CharField(max_length=8)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=STEPS), name="report_step_known"),
            models.CheckConstraint(
                condition=~Q(step="reopened") | ~Q(reason=""), name="reopened_with_a_reason"
            ),
            models.UniqueConstraint(
                fields=["report", "revision", "party"],
                condition=Q(step="approved"),
                name="approved_once_a_revision",
            ),
        ]


class ReportPublication(models.Model):
    """The report as the parties approved it and everybody reads it; a later one stands beside it.  Never changed."""

    report = models.ForeignKey(YearReport, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    approved = models.JSONField(default=list)
    known_on = models.DateField()
    reason = models.CharField(max_length=400, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_publication_a_number")]
