"""What happened, append-only: ids and codes, never personal data.  No foreign keys, so the log outlives all."""

from django.db import models


class AuditEvent(models.Model):
    """One read, write or refusal.  Rows come only through the owner's function `bosett_audit`."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=30)
    scope = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=30)
    object_id = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10)
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_by_object"),
            models.Index(fields=["user_id", "id"], name="audit_by_user"),
            models.Index(fields=["verb", "id"], name="audit_by_verb"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]


class AuditSeal(models.Model):
    """A sealed stretch of the log: Merkle root of its rows, chained to the seal before, signed."""

    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField(unique=True)
    rows = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_head = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)
    sealed_at = models.DateTimeField()


class RowHistory(models.Model):
    """Earlier states of rows that change, kept by a trigger; read through `bosett_row_history`."""

    table_name = models.CharField(max_length=60)
    row_id = models.CharField(max_length=40)
    replaced_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    old_row = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id", "id"], name="history_by_row")]
