"""What can be permitted, one name per kind of page or step."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Held by roles (`access.roles`); whether a row is in sight is row-level security's question."""

    STATISTICS_VIEW = "statistics.view"
    SITUATION_VIEW = "situation.view"
    MUNICIPALITY_VIEW = "municipality.view"
    AGREEMENT_VIEW = "agreement.view"
    INBOX = "inbox"
    SAVED_VIEW = "saved_view"
    EXPORT = "export"
    SEARCH = "search"

    NEED_SET = "need.set"
    ROUND_VIEW = "round.view"
    ROUND_DRAFT = "round.draft"
    ROUND_SEND = "round.send"
    VEDTAK_VIEW = "vedtak.view"
    VEDTAK_RECORD = "vedtak.record"
    VEDTAK_RECORD_FOR_OTHERS = "vedtak.record_for_others"
    VEDTAK_APPROVE = "vedtak.approve"
    PLACES_OPEN = "places.open"

    CENTRE_VIEW = "centre.view"
    CENTRE_MANAGE = "centre.manage"
    CONTRACT_VIEW = "contract.view"

    HOUSEHOLD_LIST = "household.list"
    HOUSEHOLD_VIEW = "household.view"
    HOUSEHOLD_REGISTER = "household.register"
    HOUSEHOLD_EVENT = "household.event"
    HOUSEHOLD_PROTECT = "household.protect"
    HOUSEHOLD_READY = "household.ready"
    HOUSEHOLD_EDIT = "household.edit"
    HOUSEHOLD_HISTORY = "household.history"
    NUMBER_VIEW = "number.view"
    INTERVIEW_HOLD = "interview.hold"
    CODE_PRINT = "code.print"

    PROPOSAL_VIEW = "proposal.view"
    PROPOSAL_RUN = "proposal.run"
    ASSIGNMENT_DECIDE = "assignment.decide"
    ASSIGNMENT_WITHDRAW = "assignment.withdraw"
    CARD_VIEW = "card.view"
    ASSIGNMENT_ANSWER = "assignment.answer"
    ENQUIRY_ANSWER = "enquiry.answer"
    SELF_SETTLEMENT_VIEW = "self_settlement.view"
    SELF_SETTLEMENT_REGISTER = "self_settlement.register"
    SELF_SETTLEMENT_ANSWER = "self_settlement.answer"

    SETTLEMENT_DATE = "settlement.date"
    SETTLEMENT_RECORD = "settlement.record"
    MOVE_RECORD = "move.record"
    GRANT_VIEW = "grant.view"
    GRANT_COMPUTE = "grant.compute"
    STATISTICS_PUBLISH = "statistics.publish"
    IMPORT_VIEW = "import.view"
    FIGURES_IMPORT = "figures.import"
    PERSONS_IMPORT = "persons.import"

    OWN_PAGE = "own_page"
    OWN_COMMENT = "own_page.comment"
    REASSESS_ANSWER = "reassess.answer"
    CORRECTION_ANSWER = "correction.answer"

    AUDIT_VIEW = "audit.view"
    USERS_MANAGE = "users.manage"
    NAMED_ACCESS = "named_access"
    DEADLINES_RUN = "deadlines.run"
    DEMO_LOAD = "demo.load"
    FIRST_ADMIN = "users.first_admin"
    AUDIT_SEAL = "audit.seal"
