"""The backend: asks for the address at the first connection, and for PostgreSQL 15 or newer."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base, features

from bosett_server.database import connection, roles


class DatabaseFeatures(features.DatabaseFeatures):
    """What Django may count on."""

    minimum_database_version = (roles.OLDEST_MAJOR,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose address is found when it is first opened."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        if not self.settings_dict["HOST"]:
            found = connection.address(self.alias).django()
            found["OPTIONS"] = {**self.settings_dict["OPTIONS"], **found["OPTIONS"]}
            self.settings_dict.update(found)
        return super().get_connection_params()
