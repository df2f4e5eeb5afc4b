"""The one Django app that holds every table."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables of all rooms under one label, so that the database reads `records_<thing>` throughout."""

    name = "bosett_server.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
