"""Who may log in, as what, from when until when."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q


class User(AbstractUser):
    """A person who works with Bosett.  Rights come from role grants, never from Django's groups."""

    language = models.CharField(max_length=5, default="nb")
    density = models.CharField(max_length=12, default="comfortable")
    keyboard_shortcuts = models.BooleanField(default=True)
    email_digest = models.BooleanField(default=True)
    oidc_subject = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["oidc_subject"], condition=~Q(oidc_subject=""), name="one_user_per_oidc_subject"
            )
        ]


class RoleGrant(models.Model):
    """One role in one place for a span of days: also a delegation, or a stand-in for somebody.

    `party` says which ministry; of every other role the role itself says whom it speaks for (`access.roles`).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=30)
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    district = models.CharField(max_length=6, blank=True)
    county = models.ForeignKey("records.County", models.PROTECT, null=True, blank=True)
    centre = models.ForeignKey("records.Centre", models.PROTECT, null=True, blank=True)
    household = models.ForeignKey("records.Household", models.PROTECT, null=True, blank=True)
    party = models.CharField(max_length=8, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_not_before_start",
            ),
            models.CheckConstraint(condition=~Q(user=F("granted_by")), name="nobody_grants_themselves"),
            models.CheckConstraint(
                condition=Q(role="ministry") & ~Q(party="") | ~Q(role="ministry") & Q(party=""),
                name="ministry_grant_says_which",
            ),
        ]


class NamedAccess(models.Model):
    """A named user's access to one household with a protected address (kode 6/7)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="named_access")
    household = models.ForeignKey("records.Household", models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "household"], condition=Q(ends_on__isnull=True), name="one_open_named_access"
            ),
            models.CheckConstraint(condition=~Q(user=F("granted_by")), name="nobody_names_themselves"),
        ]


class OneTimeCode(models.Model):
    """A household's printed way in: only a keyed hash is kept, used once, expiring, rate-limited."""

    household = models.ForeignKey("records.Household", models.PROTECT)
    code_hash = models.CharField(max_length=64, unique=True)
    for_role = models.CharField(max_length=20, default="household")
    printed_by = models.ForeignKey(User, models.PROTECT)
    printed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)


class Attempt(models.Model):
    """How often somebody tried a door in a quarter of an hour: the key is a keyed hash, never a name or address."""

    door = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "key", "window"], name="one_count_a_window")]


class Organisation(models.Model):
    """An organisation whose machines may call the API, and in which role (Maskinporten consumer)."""

    organisation_number = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30)
    municipality = models.ForeignKey("records.Municipality", models.PROTECT, null=True, blank=True)
    county = models.ForeignKey("records.County", models.PROTECT, null=True, blank=True)
    centre = models.ForeignKey("records.Centre", models.PROTECT, null=True, blank=True)
    party = models.CharField(max_length=8, blank=True)
    service_user = models.OneToOneField(User, models.PROTECT)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="ministry") & ~Q(party="") | ~Q(role="ministry") & Q(party=""),
                name="ministry_machine_says_which",
            )
        ]
