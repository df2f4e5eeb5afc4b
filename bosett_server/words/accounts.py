"""Sentences of the accounts room: roles by name, rights, log-in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLE_NAMES: dict[str, str | Promise] = {
    "imdi_caseworker": _("Caseworker in IMDi"),
    "imdi_lead": _("Lead in IMDi"),
    "udi_reception": _("Reception in UDI"),
    "bufetat": _("Bufetat"),
    "centre": _("Reception centre"),
    "municipality_coordinator": _("Settlement coordinator in the municipality"),
    "municipality_decider": _("Registers the municipality's vedtak"),
    "county": _("County"),
    "ks": _("KS"),
    "ministry": _("Ministry"),
    "nav": _("NAV"),
    "husbanken": _("Husbanken"),
    "statsforvalter": _("County governor"),
    "household": _("Household"),
    "representative": _("Representative"),
    "public": _("Not logged in"),
    "auditor": _("Auditor"),
    "admin": _("Administrator of users"),
    "system": _("The system itself"),
}

REFUSALS: dict[str, str | Promise] = {
    "user_name_taken": _("A user with this user name exists already. Choose another."),
    "user_inactive": _("This user is closed. Open the user again before you give rights."),
    "nobody_changes_own_rights": _("Nobody changes their own rights. Ask another administrator."),
    "granted_in_own_name_only": _("A right is given in one's own name only."),
    "a_grant_is_ended_not_changed": _("A right that was given is not changed. End it and give a new one."),
    "role_not_grantable": _("This role cannot be given to a user."),
    "role_needs_municipality": _("Choose the municipality that this role is for."),
    "role_needs_county": _("Choose the county that this role is for."),
    "role_needs_centre": _("Choose the reception centre that this role is for."),
    "role_needs_party": _("Choose the ministry that this user speaks for."),
    "party_not_for_role": _("Only the role Ministry has a ministry. Take the ministry away."),
    "party_not_in_agreement": _("%(party)s is not a party to the agreement on %(day)s. Choose one that is."),
    "place_not_for_role": _("This role has no place. Take the municipality, county or centre away."),
    "role_stands_alone": _(
        "An administrator or auditor holds no other role, so that nobody watches over themselves. End the other first."
    ),
    "grant_overlaps": _("The user already holds this role there in this time."),
    "grant_ends_before_start": _("The last day must be after the first."),
    "grant_in_the_past": _("A right cannot begin before today."),
    "grant_already_ended": _("This right has ended already."),
    "stand_in_for_nothing": _(
        "Nobody with that user name holds the same role in the same place on the first day."
    ),
    "stand_in_needs_an_end": _("A stand-in is for a time. Give the day it ends."),
    "not_a_protected_household": _(
        "No household with a protected address has this reference. Check the reference with the one who asked you."
    ),
    "user_cannot_be_named": _(
        "Only caseworkers, leads, centres and coordinators can be named for a household."
    ),
    "already_named": _("This user is named for the household already."),
    "only_the_sealer_seals": _("Only the system seals the log."),
}
NOTICES: dict[str, str | Promise] = {
    "role_granted": _("You have been given a new role from %(from)s."),
    "role_ended": _("One of your roles has ended."),
    "named_for_household": _("You have been named for a household with a protected address."),
}
