"""Reception centres and their places, and the places a municipality opens itself."""

from django.db import models
from django.db.models import F, Q

from bosett.capacity import PlaceKind

CENTRE_KINDS = [kind.value for kind in PlaceKind]


class Centre(models.Model):
    """A reception centre.  Until `announced_on` it is UDI's alone.

    A closing day stands with the day of the dialogue with the municipality and where it is documented.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    operator_kind = models.CharField(max_length=12)
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="centres")
    informed_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    dialogue_on = models.DateField(null=True, blank=True)
    dialogue_reference = models.CharField(max_length=200, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CENTRE_KINDS), name="centre_kind_known"),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gt=F("opens_on")),
                name="centre_closes_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CentrePlaces(models.Model):
    """How many places of one kind a centre has in a span of days; spans of one kind do not overlap."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=16)
    count = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="places_end_after_start",
            )
        ]


class Contract(models.Model):
    """Price and notice of a centre's places: UDI's alone.

    `price_per_place_day_nok` is that of a fixed place with a resident.  A price or a number of days that is
    null is not known, which is not 0.  `options` is a list of {days, say_before_days}: the State's to use.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="contracts")
    fixed_places = models.PositiveIntegerField(null=True, blank=True)
    call_places = models.PositiveIntegerField(default=0)
    price_per_place_day_nok = models.PositiveIntegerField()
    price_empty_nok = models.PositiveIntegerField(null=True, blank=True)
    price_call_nok = models.PositiveIntegerField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField()
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    locked_until = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    options = models.JSONField(default=list)
    document = models.CharField(max_length=120, blank=True)
    synthetic = models.BooleanField(default=False)


class CentreProcess(models.Model):
    """The opening or closing of a centre, from the plan until it is done or given up.

    What the municipality may see of the centre stands here, since the centre's own row is UDI's until it is
    announced.  UDI's alone until `informed_on`, then also the host municipality's, and everybody's who works
    with reception from `announced_on`.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="processes")
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, related_name="centre_processes")
    direction = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    places = models.PositiveIntegerField(null=True, blank=True)
    planned_on = models.DateField()
    answer_days = models.PositiveSmallIntegerField()
    informed_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    given_up = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre"], condition=Q(ended_on__isnull=True), name="one_process_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["opening", "closing"]), name="process_direction_known"
            ),
        ]


class CentreStep(models.Model):
    """One step of a process: the day, who was told, the document.  Never changed."""

    process = models.ForeignKey(CentreProcess, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16)
    on = models.DateField()
    told = models.CharField(max_length=200)
    document = models.CharField(max_length=200)
    statement = models.CharField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.User", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "step"], name="step_taken_once")]


class OpenedPlace(models.Model):
    """Places a municipality itself opens above or before its vedtak: for anybody, or for one household.

    Sealed places are for households with a protected address and are seen by named users only.
    """

    municipality = models.ForeignKey("records.Municipality", models.PROTECT)
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12, default="all")
    places = models.PositiveIntegerField()
    household = models.ForeignKey("records.Household", models.PROTECT, null=True, blank=True)
    sealed = models.BooleanField(default=False)
    opened_on = models.DateField()
    opened_by = models.ForeignKey("records.User", models.PROTECT)
    reason = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="opened_some_places"),
            models.CheckConstraint(
                condition=Q(sealed=False) | Q(household__isnull=False), name="sealed_is_for_a_household"
            ),
        ]


class Stay(models.Model):
    """A household's stay in a centre; one at a time."""

    household = models.ForeignKey("records.Household", models.PROTECT, related_name="stays")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="stays")
    arrived_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(left_on__isnull=True), name="in_one_centre_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("arrived_on")),
                name="stay_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["centre", "left_on"], name="stay_by_centre")]


class ReceptionAlert(models.Model):
    """That a kind of centre left its norm, or that a household nears or passes its target; raised and told once.

    It stands until `ended_on`.  `places` and `residents` are those of the day a kind's alert was raised, `day` is the
    target's last day of a household's.
    """

    what = models.CharField(max_length=24)
    kind = models.CharField(max_length=16, blank=True)
    household = models.ForeignKey(
        "records.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )
    places = models.PositiveIntegerField(null=True, blank=True)
    residents = models.PositiveIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    raised_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["what", "kind", "household"], condition=Q(ended_on__isnull=True), nulls_distinct=False,
                name="one_standing_reception_alert",
            ),
            models.CheckConstraint(
                condition=Q(kind="", household__isnull=False) | (~Q(kind="") & Q(household__isnull=True)),
                name="alert_of_a_kind_or_a_household",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["ended_on", "what"], name="reception_alert_standing")]
