"""What is kept of a run so that it can be computed again, contested and overridden."""

from django.db import models
from django.db.models import Q

CHOICE_KINDS = ["place", "wait", "not_there"]


class PlacementFile(models.Model):
    """The very bytes of a run: the instance it was given, what explains it, and the answer it gave.

    `instance` and `answer` are the files of the command line, packed; `known` holds codes of ties and wishes.
    """

    run = models.OneToOneField("records.PlacementRun", models.CASCADE, related_name="files")
    instance = models.BinaryField()
    known = models.BinaryField()
    answer = models.BinaryField(null=True, blank=True)


class PlacementPrice(models.Model):
    """What one more place in a municipality would have been worth in a run: in persons, or in points."""

    run = models.ForeignKey("records.PlacementRun", models.CASCADE, related_name="prices")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=20)
    persons = models.FloatField()
    points = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "municipality", "dimension"], name="one_price_a_place"),
        ]


class PlacementChoice(models.Model):
    """A named person's choice that every later run keeps until somebody lifts it.

    Kinds: `place` (to this municipality), `wait` (to none yet), `not_there` (never to this one: another need
    for every one of them, and no words, so that none of them tells what it is).  `price` is what it cost the
    others when it was made, level by level.
    """

    household = models.ForeignKey("records.Household", models.PROTECT, related_name="choices")
    kind = models.CharField(max_length=10)
    municipality = models.ForeignKey(
        "records.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason_code = models.CharField(max_length=40)
    reason = models.CharField(max_length=400, blank=True)
    price = models.JSONField(default=dict)
    made_by = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(kind__in=["place", "wait"], lifted_at__isnull=True),
                name="one_choice_a_household",
            ),
            models.UniqueConstraint(
                fields=["household", "municipality"],
                condition=Q(kind="not_there", lifted_at__isnull=True),
                name="one_exclusion_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["place", "not_there"], municipality__isnull=False)
                | Q(kind="wait", municipality__isnull=True),
                name="choice_names_its_place",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_there") | Q(reason_code="other_need", reason=""),
                name="exclusion_tells_no_reason",
            ),
        ]
        indexes = [models.Index(fields=["household", "-id"], name="placement_choices")]


class PlacementScores(models.Model):
    """A loaded table of scores from outside, with its model card; used only by a run that asks for it.

    `report` is what was measured of it, as `bosett outcomes` writes it; empty until it is there.
    """

    name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    card = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="checked")
    loaded_by = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    decided_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["checked", "active", "retired"]), name="placement_scores_state_known"
            ),
        ]
