"""Meetings between the parties: what is raised, what each party says, what is decided, and what came of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

MEETING_KINDS = ("consultation", "committee", "working_group")
MEETING_STATES = ("called", "held", "cancelled")
OF_A_MATTER = ("matter", "position", "proposal")
OF_A_MEETING = ("minutes", "protocol")


class ConsultationMeeting(models.Model):
    """A meeting that parties are called to; `verdicts` are those its agenda was built from."""

    kind = models.CharField(max_length=14)
    title = models.CharField(max_length=160)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    parties = ArrayField(models.CharField(max_length=8))
    agreement = models.CharField(max_length=7)
    state = models.CharField(max_length=9, default="called")
    agenda_version = models.PositiveSmallIntegerField(default=0)
    verdicts = models.JSONField(default=dict)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="meeting_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(kind__in=MEETING_KINDS), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(state__in=MEETING_STATES), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(parties__len__gte=1), name="meeting_calls_somebody"),
        ]


class ConsultationMatter(models.Model):
    """Something to take up: raised by a body, or by an indicator that crossed a limit.

    `into` is always a matter that stands by itself, so that merged matters lie one step deep.
    """

    title = models.CharField(max_length=160)
    raised_on = models.DateField()
    agreement = models.CharField(max_length=7)
    commitment = models.CharField(max_length=40, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    closed_on = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(into=F("id")), name="matter_not_into_itself"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("raised_on")),
                name="matter_closed_after_raised",
            ),
            models.UniqueConstraint(
                fields=["commitment", "indicator"],
                condition=~Q(indicator="") & Q(closed_on__isnull=True),
                name="one_open_matter_an_indicator",
            ),
        ]


class ConsultationVoice(models.Model):
    """A body behind a matter.  Without `named` nobody else sees who it is: that is why it has a table of its own."""

    matter = models.ForeignKey(ConsultationMatter, models.PROTECT, related_name="voices")
    voice = models.CharField(max_length=8)
    raises = models.BooleanField(default=False)
    named = models.BooleanField(default=True)
    by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "voice"], name="one_voice_a_body"),
            models.UniqueConstraint(fields=["matter"], condition=Q(raises=True), name="raised_once"),
        ]


class ConsultationText(models.Model):
    """One version of a text; it is never changed, the next version stands beside it.

    A position or a proposal is its party's alone until the party shares that version; minutes and the protocol that
    is to be published are the called parties'.
    """

    kind = models.CharField(max_length=8)
    matter = models.ForeignKey(
        ConsultationMatter, models.PROTECT, null=True, blank=True, related_name="texts"
    )
    meeting = models.ForeignKey(
        ConsultationMeeting, models.PROTECT, null=True, blank=True, related_name="texts"
    )
    party = models.CharField(max_length=8, blank=True)
    version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=8000)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "matter", "meeting", "party", "version"],
                nulls_distinct=False,
                name="one_text_a_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="matter", matter__isnull=False, meeting__isnull=True, party="")
                | Q(kind__in=("position", "proposal"), matter__isnull=False, meeting__isnull=True)
                & ~Q(party="")
                | Q(kind__in=OF_A_MEETING, matter__isnull=True, meeting__isnull=False, party=""),
                name="text_belongs_somewhere",
            ),
        ]


class ConsultationItem(models.Model):
    """One line of one version of a meeting's agenda."""

    meeting = models.ForeignKey(ConsultationMeeting, models.PROTECT, related_name="items")
    agenda_version = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9)
    why = models.CharField(max_length=14, blank=True)
    behind = models.PositiveIntegerField(default=0)
    matter = models.ForeignKey(ConsultationMatter, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey("ConsultationAction", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agenda_version", "number"], name="one_item_a_number"),
            models.CheckConstraint(
                condition=Q(kind="action", action__isnull=False, matter__isnull=True)
                | Q(kind__in=("indicator", "matter"), action__isnull=True, matter__isnull=False),
                name="item_is_about_something",
            ),
        ]


class ConsultationPack(models.Model):
    """The papers of a meeting as they were when they were made; `content` is written as PDF or docx when asked for."""

    meeting = models.ForeignKey(ConsultationMeeting, models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_pack_a_number")]


class ConsultationDecision(models.Model):
    """What a meeting decided in a matter; `open` ones are published with the protocol."""

    meeting = models.ForeignKey(ConsultationMeeting, models.PROTECT, related_name="decisions")
    matter = models.ForeignKey(
        ConsultationMatter, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    text = models.TextField(max_length=2000)
    open = models.BooleanField(default=True)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class ConsultationAction(models.Model):
    """Something that one body shall have done by a day."""

    meeting = models.ForeignKey(ConsultationMeeting, models.PROTECT, related_name="actions")
    matter = models.ForeignKey(
        ConsultationMatter, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    text = models.TextField(max_length=2000)
    owner = models.CharField(max_length=8)
    decided_on = models.DateField()
    due = models.DateField()
    open = models.BooleanField(default=True)
    done_on = models.DateField(null=True, blank=True)
    report = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(owner="") & ~Q(text=""), name="action_has_an_owner"),
            models.CheckConstraint(condition=Q(due__gte=F("decided_on")), name="action_due_after_decided"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("decided_on")),
                name="action_done_after_decided",
            ),
        ]


class ConsultationApproval(models.Model):
    """That a called party agrees to one version of the text that is to be published."""

    text = models.ForeignKey(ConsultationText, models.PROTECT, related_name="approvals")
    party = models.CharField(max_length=8)
    by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "party"], name="one_approval_a_party")]


class ConsultationProtocol(models.Model):
    """What everybody may read of a meeting, as it was published; a later version stands beside it."""

    meeting = models.ForeignKey(ConsultationMeeting, models.PROTECT, related_name="protocols")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    published_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="one_protocol_a_version")]
