"""Roles and what each may do: the one table that the role matrix, the pages and the API read."""

from __future__ import annotations

from enum import StrEnum

from bosett_server.access.permissions import Permission as P


class Role(StrEnum):
    """Who somebody is at work in Bosett (architecture, section 5)."""

    IMDI_CASEWORKER = "imdi_caseworker"
    IMDI_LEAD = "imdi_lead"
    UDI_RECEPTION = "udi_reception"
    BUFETAT = "bufetat"
    CENTRE = "centre"
    MUNICIPALITY_COORDINATOR = "municipality_coordinator"
    MUNICIPALITY_DECIDER = "municipality_decider"
    COUNTY = "county"
    KS = "ks"
    MINISTRY = "ministry"
    NAV = "nav"
    HUSBANKEN = "husbanken"
    STATSFORVALTER = "statsforvalter"
    HOUSEHOLD = "household"
    REPRESENTATIVE = "representative"
    PUBLIC = "public"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"


OFFICIAL = frozenset({P.SITUATION_VIEW, P.MUNICIPALITY_VIEW, P.AGREEMENT_VIEW, P.INBOX, P.SEARCH})
ANYBODY = frozenset({P.STATISTICS_VIEW})
CASEWORK = OFFICIAL | {
    P.HOUSEHOLD_LIST, P.HOUSEHOLD_VIEW, P.HOUSEHOLD_EVENT, P.PROPOSAL_VIEW, P.PROPOSAL_RUN,
    P.ASSIGNMENT_DECIDE, P.ASSIGNMENT_WITHDRAW, P.ENQUIRY_ANSWER, P.SELF_SETTLEMENT_REGISTER,
    P.SELF_SETTLEMENT_VIEW,
    P.ROUND_VIEW, P.VEDTAK_VIEW, P.MOVE_RECORD, P.GRANT_VIEW, P.CENTRE_VIEW, P.EXPORT, P.SAVED_VIEW,
    P.HOUSEHOLD_READY, P.REASSESS_ANSWER, P.HOUSEHOLD_EDIT, P.HOUSEHOLD_HISTORY, P.NUMBER_VIEW,
}  # fmt: skip
MUNICIPAL = OFFICIAL | {P.ROUND_VIEW, P.VEDTAK_VIEW, P.SAVED_VIEW}
OWN_PAGE = frozenset({P.OWN_PAGE, P.STATISTICS_VIEW, P.OWN_COMMENT})

ROLE_PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.IMDI_CASEWORKER: CASEWORK,
    Role.IMDI_LEAD: CASEWORK
    | {P.NEED_SET, P.ROUND_DRAFT, P.ROUND_SEND, P.VEDTAK_RECORD_FOR_OTHERS, P.GRANT_COMPUTE, P.NAMED_ACCESS},
    Role.UDI_RECEPTION: OFFICIAL
    | {P.CENTRE_VIEW, P.CENTRE_MANAGE, P.CONTRACT_VIEW, P.HOUSEHOLD_LIST, P.HOUSEHOLD_VIEW, P.SAVED_VIEW,
       P.HOUSEHOLD_REGISTER, P.HOUSEHOLD_EVENT, P.NUMBER_VIEW},
    Role.BUFETAT: OFFICIAL
    | {P.HOUSEHOLD_LIST, P.HOUSEHOLD_VIEW, P.INTERVIEW_HOLD, P.HOUSEHOLD_READY, P.CENTRE_VIEW, P.SAVED_VIEW},
    Role.CENTRE: frozenset(
        {P.INBOX, P.STATISTICS_VIEW, P.HOUSEHOLD_LIST, P.HOUSEHOLD_VIEW, P.INTERVIEW_HOLD, P.CODE_PRINT,
         P.HOUSEHOLD_EVENT, P.SAVED_VIEW, P.CENTRE_VIEW, P.NUMBER_VIEW, P.SEARCH}
    ),
    Role.MUNICIPALITY_COORDINATOR: MUNICIPAL
    | {P.CARD_VIEW, P.ASSIGNMENT_ANSWER, P.PLACES_OPEN, P.HOUSEHOLD_LIST, P.HOUSEHOLD_VIEW,
       P.SETTLEMENT_DATE, P.SETTLEMENT_RECORD, P.SELF_SETTLEMENT_ANSWER, P.GRANT_VIEW, P.EXPORT, P.MOVE_RECORD,
       P.SELF_SETTLEMENT_VIEW, P.HOUSEHOLD_EVENT, P.NUMBER_VIEW},
    Role.MUNICIPALITY_DECIDER: MUNICIPAL | {P.VEDTAK_RECORD, P.VEDTAK_APPROVE, P.PLACES_OPEN},
    Role.COUNTY: OFFICIAL | {P.ROUND_VIEW, P.VEDTAK_VIEW},
    Role.KS: OFFICIAL | {P.ROUND_VIEW, P.VEDTAK_VIEW},
    Role.MINISTRY: OFFICIAL | {P.ROUND_VIEW, P.VEDTAK_VIEW},
    Role.NAV: OFFICIAL,
    Role.HUSBANKEN: OFFICIAL,
    Role.STATSFORVALTER: OFFICIAL,
    Role.HOUSEHOLD: OWN_PAGE,
    Role.REPRESENTATIVE: OWN_PAGE,
    Role.PUBLIC: frozenset(),
    Role.AUDITOR: frozenset({P.AUDIT_VIEW, P.INBOX, P.SEARCH}),
    Role.ADMIN: frozenset({P.USERS_MANAGE, P.INBOX, P.SEARCH}),
    Role.SYSTEM: frozenset({P.DEADLINES_RUN, P.DEMO_LOAD, P.AUDIT_SEAL, P.GRANT_COMPUTE}),
}  # fmt: skip

PERSON_ROLES = frozenset(role for role, may in ROLE_PERMISSIONS.items() if P.HOUSEHOLD_VIEW in may)
"""Roles that can meet a person's data at all; everybody else sees numbers only."""


def may(role: Role, permission: P) -> bool:
    """Whether the role holds the permission; statistics are open to all."""
    return permission in ANYBODY or permission in ROLE_PERMISSIONS[role]
