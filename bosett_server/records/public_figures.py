"""Published figures and other facts from outside: what stood when, from which file, with which defects.

Nothing here is overwritten: a row stands until another import's step supersedes it, so that every figure
can be asked as of any day.  An undo is a step of its own, which puts back what stood before.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

BATCH_STATES = [
    "waiting", "reading", "refused", "checked", "applying", "applied", "undoing", "undone", "dropped",
]  # fmt: skip
OBSERVATION_STATES = ["number", "not_asked", "awaiting", "suppressed", "unknown", "not_stored"]
OPERATIONS = ["added", "changed", "removed"]
SUBJECTS = ["figures", "facts", "households", "assignments"]
"""What a file is about; the two last name persons and are seen only by those who may store them."""


class ImportBatch(models.Model):
    """One file on its way in, or in: who, when, from where, what was found, what it did.

    `tables` are the `data set/source` it holds; `whole` says that it is all of them, so that what it leaves
    out is removed.
    `sources` is source id -> title, publisher, href, licence, retrieved.  `undoes` is the import that this
    step took back.  `phase` tells how far the work in the background has come, `fault` why a file could
    not be read or a step not be taken.  `preview` lists what a file of facts or persons would do, as long as
    it has not done it; the lines of a file of figures stand in `ImportLine`.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=12, default="figures")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    tables = ArrayField(models.CharField(max_length=121), default=list)
    sources = models.JSONField(default=dict)
    whole = models.BooleanField(default=False)
    shipped = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="checked")
    phase = models.CharField(max_length=12, blank=True)
    fault = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    preview = models.JSONField(default=list)
    made_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    base_step = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    step = models.PositiveIntegerField(null=True, blank=True, unique=True)
    undone_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_in")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BATCH_STATES), name="import_state_known"),
            models.CheckConstraint(condition=Q(subject__in=SUBJECTS), name="import_subject_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "undoing", "undone"])
                | Q(applied_at__isnull=False, step__isnull=False),
                name="applied_import_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False), name="undone_import_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="import_by_file"),
            models.Index(fields=["-id"], condition=Q(state="applied"), name="import_applied"),
        ]


class ImportFile(models.Model):
    """The file itself, kept only until it is applied or dropped."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, related_name="file")
    content = models.BinaryField()


class ImportDefect(models.Model):
    """One thing wrong in an imported file, by row and column, as `bosett.sources.imported.Defect` tells it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="defects")
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=8)
    file = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=120, blank=True)
    found = models.TextField()
    allowed = models.TextField()
    place = models.CharField(max_length=4, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["error", "warning", "note"]), name="defect_severity_known"
            )
        ]


class FigureColumns(models.Model):
    """What tells one published figure from another, and what it is; see `bosett.terms.observation`.

    `key` is the digest of everything but state, value and unit.  `municipality` is today's, where the
    published code has exactly one successor; empty for counties, the country and split municipalities.
    """

    key = models.UUIDField()
    dataset = models.CharField(max_length=60)
    source = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    place = models.CharField(max_length=4)
    municipality = models.ForeignKey(
        "records.Municipality", models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(default=0)
    month = models.PositiveSmallIntegerField(default=0)
    breakdown = models.JSONField(default=dict)
    published = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=20)

    class Meta:
        abstract = True


class Observation(FigureColumns):
    """A published figure as it stood from its batch's step until another step superseded it.

    `origin` is the import it was read in: another than `batch` when an undo put it back.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="observations")
    origin = models.ForeignKey(ImportBatch, models.PROTECT, db_index=False, related_name="+")
    superseded_by = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, blank=True, db_index=False, related_name="superseded"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OBSERVATION_STATES), name="observation_state_known"),
            models.CheckConstraint(
                condition=Q(state="number", value__isnull=False)
                | (~Q(state="number") & Q(value__isnull=True)),
                name="observation_value_goes_with_state",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(superseded_by__isnull=True), name="one_current_observation"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "measure", "year"], name="observation_series"),
            models.Index(fields=["measure", "year", "place"], name="observation_table"),
            models.Index(
                fields=["superseded_by"],
                condition=Q(superseded_by__isnull=False),
                name="observation_superseded",
            ),
        ]


class ImportLine(FigureColumns):
    """One difference that a checked file would make; gone once it is applied or dropped.

    `old` is the figure that would be superseded: empty for an added one.  A removed line repeats the old.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, db_index=False, related_name="lines")
    operation = models.CharField(max_length=8)
    old = models.ForeignKey(Observation, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(operation__in=OPERATIONS), name="operation_known"),
        ]
        indexes = [models.Index(fields=["batch", "operation", "id"], name="line_by_operation")]


class ImportedFact(models.Model):
    """A fact that is no figure: a code, a code change, a language decision, boundaries.  Versioned alike."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    value = models.JSONField()
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="facts")
    origin = models.ForeignKey(ImportBatch, models.PROTECT, db_index=False, related_name="+")
    superseded_by = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, blank=True, related_name="superseded_facts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(superseded_by__isnull=True), name="one_current_fact"
            )
        ]
