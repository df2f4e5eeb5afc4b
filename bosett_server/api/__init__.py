"""The HTTP API, `/api/v1`: the same actions and queries as the pages."""

from bosett_server.api.assembly import api

__all__ = ["api"]
