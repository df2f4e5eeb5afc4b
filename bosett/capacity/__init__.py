"""Places: reception centres with contracts and stays; municipal places under vedtak, week by week."""

from bosett.capacity.contract_terms import ContractTerms, DayCost, Extension
from bosett.capacity.limit import Limit, OpenedPlaces, Pool, limit
from bosett.capacity.norm import Definition, OccupancyNorm
from bosett.capacity.occupancy import Occupancy, WeekOutlook, occupancy, outlook
from bosett.capacity.reception import Centre, Contract, PlaceKind, Places, Stay
from bosett.capacity.remaining import Remaining, Use, assignment_allowed, remaining
from bosett.capacity.waiting import (
    Ageing,
    Alert,
    GroupWaiting,
    Target,
    Waiting,
    ageing_alerts,
    waiting_against,
)
from bosett.capacity.week_plan import PlannedWeek, WeekPlan, week_plan

__all__ = [
    "Ageing",
    "Alert",
    "Centre",
    "Contract",
    "ContractTerms",
    "DayCost",
    "Definition",
    "Extension",
    "GroupWaiting",
    "Limit",
    "Occupancy",
    "OccupancyNorm",
    "OpenedPlaces",
    "PlaceKind",
    "Places",
    "PlannedWeek",
    "Pool",
    "Remaining",
    "Stay",
    "Target",
    "Use",
    "Waiting",
    "WeekOutlook",
    "WeekPlan",
    "ageing_alerts",
    "assignment_allowed",
    "limit",
    "occupancy",
    "outlook",
    "remaining",
    "waiting_against",
    "week_plan",
]
