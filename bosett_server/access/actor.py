"""Who is asking: one user in one role in one place, fixed for a request."""

from __future__ import annotations

from dataclasses import dataclass

from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotPermitted
from bosett_server.access.roles import PARTY_OF_ROLE, Role, may


@dataclass(frozen=True)
class Actor:
    """The one who reads or acts.

    Parameters
    ----------
    user_id
        None for the public and for a household that came in with its code.
    municipalities
        Codes the actor works for (several by delegation); empty for others.
    named
        Ids of households with a protected address that this user may see.
    ministry
        Which ministry a user of one works in, by the code of the agreement's parties; empty for others.
    """

    role: Role
    user_id: int | None = None
    name: str = ""
    municipalities: frozenset[str] = frozenset()
    county: str = ""
    centre_id: int | None = None
    household_id: str = ""
    named: frozenset[str] = frozenset()
    ministry: str = ""
    language: str = "nb"
    channel: str = "web"

    def may(self, permission: Permission) -> bool:
        """Whether the actor's role holds the permission."""
        return may(self.role, permission)

    @property
    def person(self) -> int:
        """The user's id, for what a named person must do.  Raises NotPermitted for who has none."""
        if self.user_id is None:
            raise NotPermitted("not_permitted")
        return self.user_id

    @property
    def party(self) -> str:
        """The party or directorate the actor speaks for in the agreement; empty for municipalities and others."""
        return PARTY_OF_ROLE.get(self.role, self.ministry)

    @property
    def voices(self) -> frozenset[str]:
        """In whose name the actor may speak: the party, the municipalities or the county, by code."""
        if self.role is Role.COUNTY:
            return frozenset({self.county})
        if self.role in {Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER}:
            return self.municipalities
        return frozenset({self.party} - {""})

    @property
    def scope(self) -> str:
        """The place the actor works for, as the log writes it."""
        parts = [*sorted(self.municipalities), self.county, str(self.centre_id or ""), self.household_id]
        return ",".join(part for part in parts if part)[:80]


PUBLIC = Actor(Role.PUBLIC, name="public")
SYSTEM = Actor(Role.SYSTEM, name="system", channel="job")
