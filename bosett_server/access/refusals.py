"""What access control raises.  `NotInSight` tells nobody whether the thing exists."""

from __future__ import annotations

from bosett.terms.errors import Refused


class NotPermitted(Refused):
    """The actor's role does not hold the permission: 403."""


class NotInSight(Refused):
    """The thing does not exist, or not for this actor: 404, with an audit row."""
