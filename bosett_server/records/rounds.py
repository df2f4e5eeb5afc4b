"""Beside a round: the criteria that were tried, who was heard, the letters, and what came with each answer."""

from django.db import models
from django.db.models import Q

HEARD = ["county", "ks"]
LETTER_STATES = ["waiting", "writing", "delivering", "done", "failed"]


class CriteriaSet(models.Model):
    """A way of dividing the need that somebody keeps: the author's own until it is shared within IMDi."""

    owner = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    settings = models.JSONField()
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "year", "name"], name="one_criteria_set_of_a_name"),
        ]


class Indicator(models.Model):
    """Figures by municipality that somebody brought for a criterion, with where they are from.

    `values` holds number texts by municipality code, so that no decimal is lost; a municipality that is
    not there is missing, never 0.
    """

    owner = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    values = models.JSONField()
    recorded_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_indicator_of_a_name"),
        ]


class Hearing(models.Model):
    """One body heard on a draft: what was put before it, and its word.

    `proposal` is what the draft asked for on the day the body was asked (persons by municipality for a
    county, by county for KS); `recommended` is what it recommends instead.
    """

    round = models.ForeignKey("records.Round", models.CASCADE, related_name="hearings")
    year = models.PositiveSmallIntegerField()
    heard = models.CharField(max_length=8)
    body = models.CharField(max_length=4)
    proposal = models.JSONField(default=dict)
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    recommended = models.JSONField(default=dict)
    comment = models.CharField(max_length=4000, blank=True)
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="one_hearing_of_a_body"),
            models.CheckConstraint(condition=Q(heard__in=HEARD), name="hearing_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("asked_on")),
                name="heard_after_it_was_asked",
            ),
        ]


class LetterJob(models.Model):
    """The letters of one round as a piece of work: how far it has come."""

    round = models.OneToOneField("records.Round", models.PROTECT, related_name="letter_job")
    state = models.CharField(max_length=12, default="waiting")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LETTER_STATES), name="letter_job_state_known"),
        ]


class RoundLetter(models.Model):
    """One municipality's letter of a round: the paper itself, and what became of it."""

    round = models.ForeignKey("records.Round", models.PROTECT, related_name="letters")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=120)
    case_number = models.CharField(max_length=40)
    dated = models.DateField()
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    carrier = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "municipality"], name="one_letter_a_municipality"),
        ]


class AnswerDetail(models.Model):
    """What came with one version of an answer: reasons by code, what more would take, and the council's case."""

    figure = models.OneToOneField("records.VersionedFigure", models.PROTECT, related_name="detail")
    reasons = models.JSONField(default=list)
    it_takes = models.JSONField(default=list)
    agenda_on = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=60, blank=True)
    minutes = models.CharField(max_length=300, blank=True)
