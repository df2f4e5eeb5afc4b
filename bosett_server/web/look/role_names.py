"""What each role is called by those who have it."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from bosett_server.access.roles import Role

ROLE_NAMES = {
    Role.IMDI_CASEWORKER: pgettext_lazy("role", "Caseworker, IMDi"),
    Role.IMDI_LEAD: pgettext_lazy("role", "Lead, IMDi"),
    Role.UDI_RECEPTION: pgettext_lazy("role", "Reception, UDI"),
    Role.BUFETAT: pgettext_lazy("role", "Bufetat"),
    Role.CENTRE: pgettext_lazy("role", "Reception centre"),
    Role.MUNICIPALITY_COORDINATOR: pgettext_lazy("role", "Settlement coordinator in the municipality"),
    Role.MUNICIPALITY_DECIDER: pgettext_lazy("role", "Records the municipality's vedtak"),
    Role.COUNTY: pgettext_lazy("role", "County authority"),
    Role.KS: pgettext_lazy("role", "KS"),
    Role.MINISTRY: pgettext_lazy("role", "Ministry"),
    Role.NAV: pgettext_lazy("role", "Nav"),
    Role.HUSBANKEN: pgettext_lazy("role", "Husbanken"),
    Role.STATSFORVALTER: pgettext_lazy("role", "County governor"),
    Role.HOUSEHOLD: pgettext_lazy("role", "Household"),
    Role.REPRESENTATIVE: pgettext_lazy("role", "Representative of a minor"),
    Role.PUBLIC: pgettext_lazy("role", "No role yet"),
    Role.AUDITOR: pgettext_lazy("role", "Auditor"),
    Role.ADMIN: pgettext_lazy("role", "Administrator"),
    Role.SYSTEM: pgettext_lazy("role", "The system"),
}
