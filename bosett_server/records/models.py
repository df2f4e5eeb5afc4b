"""Every table, gathered where Django looks for them; each room's tables stand in its own module."""

from bosett_server.records.accounts import Attempt, NamedAccess, OneTimeCode, Organisation, RoleGrant, User
from bosett_server.records.audit import AuditEvent, AuditSeal, RowHistory
from bosett_server.records.capacity import (
    Centre,
    CentrePlaces,
    CentreProcess,
    CentreStep,
    Contract,
    OpenedPlace,
    Stay,
)
from bosett_server.records.consultation import (
    ConsultationAction,
    ConsultationApproval,
    ConsultationDecision,
    ConsultationItem,
    ConsultationMatter,
    ConsultationMeeting,
    ConsultationPack,
    ConsultationProtocol,
    ConsultationText,
    ConsultationVoice,
)
from bosett_server.records.expenditure import (
    ExpenditureAnswer,
    ExpenditureBaseline,
    ExpenditureFrameRow,
    ExpenditureKnown,
    ExpenditureResponse,
    ExpenditureRevision,
    ExpenditureRound,
    ExpenditureScenario,
)
from bosett_server.records.figures import Quota, Round, RoundLine, VersionedFigure
from bosett_server.records.followup import Move, Settlement
from bosett_server.records.forecast import LedgerForecast, LedgerOutcome, MonthlyFigure
from bosett_server.records.grants import GrantClaim, GrantLine, LoadedRate, RateTable
from bosett_server.records.handover import HandOver, Matter
from bosett_server.records.inbox import Notice, NoticeRead, RequestKey, SavedView
from bosett_server.records.own_page import HouseholdRequest
from bosett_server.records.people import Household, Interview, LifeEvent, Person
from bosett_server.records.placement import Assignment, Enquiry, PlacementRun, Proposal, SelfSettlement
from bosett_server.records.placement_hosts import HomeOffer, HostPriority
from bosett_server.records.placement_kept import (
    PlacementChoice,
    PlacementFile,
    PlacementPrice,
    PlacementScores,
)
from bosett_server.records.planner import (
    Home,
    HomeHold,
    Plan,
    PlanCommitment,
    PlanResource,
    WeekCapacity,
    WeekConfirmation,
)
from bosett_server.records.pressure import PressureAlert, Pulse
from bosett_server.records.public_figures import (
    ImportBatch,
    ImportDefect,
    ImportedFact,
    ImportFile,
    ImportLine,
    Observation,
)
from bosett_server.records.registry import County, Municipality
from bosett_server.records.report import (
    ReportGeneration,
    ReportPublication,
    ReportStep,
    ReportText,
    YearReport,
)
from bosett_server.records.rounds import (
    AnswerDetail,
    CriteriaSet,
    Hearing,
    Indicator,
    LetterJob,
    RoundLetter,
)
from bosett_server.records.scenario import SavedScenario
from bosett_server.records.statistics import PublishedTable

__all__ = [
    "AnswerDetail",
    "Assignment",
    "Attempt",
    "AuditEvent",
    "AuditSeal",
    "Centre",
    "CentrePlaces",
    "CentreProcess",
    "CentreStep",
    "ConsultationAction",
    "ConsultationApproval",
    "ConsultationDecision",
    "ConsultationItem",
    "ConsultationMatter",
    "ConsultationMeeting",
    "ConsultationPack",
    "ConsultationProtocol",
    "ConsultationText",
    "ConsultationVoice",
    "Contract",
    "County",
    "CriteriaSet",
    "Enquiry",
    "ExpenditureAnswer",
    "ExpenditureBaseline",
    "ExpenditureFrameRow",
    "ExpenditureKnown",
    "ExpenditureResponse",
    "ExpenditureRevision",
    "ExpenditureRound",
    "ExpenditureScenario",
    "GrantClaim",
    "GrantLine",
    "HandOver",
    "Hearing",
    "Home",
    "HomeHold",
    "HomeOffer",
    "HostPriority",
    "Household",
    "HouseholdRequest",
    "ImportBatch",
    "ImportDefect",
    "ImportFile",
    "ImportLine",
    "ImportedFact",
    "Indicator",
    "Interview",
    "LedgerForecast",
    "LedgerOutcome",
    "LetterJob",
    "LifeEvent",
    "LoadedRate",
    "Matter",
    "MonthlyFigure",
    "Move",
    "Municipality",
    "NamedAccess",
    "Notice",
    "NoticeRead",
    "Observation",
    "OneTimeCode",
    "OpenedPlace",
    "Organisation",
    "Person",
    "PlacementChoice",
    "PlacementFile",
    "PlacementPrice",
    "PlacementRun",
    "PlacementScores",
    "Plan",
    "PlanCommitment",
    "PlanResource",
    "PressureAlert",
    "Proposal",
    "PublishedTable",
    "Pulse",
    "Quota",
    "RateTable",
    "ReportGeneration",
    "ReportPublication",
    "ReportStep",
    "ReportText",
    "RequestKey",
    "RoleGrant",
    "Round",
    "RoundLetter",
    "RoundLine",
    "RowHistory",
    "SavedScenario",
    "SavedView",
    "SelfSettlement",
    "Settlement",
    "Stay",
    "User",
    "VersionedFigure",
    "WeekCapacity",
    "WeekConfirmation",
    "YearReport",
]
