"""Places: reception centres with contracts and stays; municipal places under vedtak, week by week."""

from bosett.capacity.limit import Limit, OpenedPlaces, Pool, limit
from bosett.capacity.occupancy import Occupancy, WeekOutlook, occupancy, outlook
from bosett.capacity.reception import Centre, Contract, PlaceKind, Places, Stay
from bosett.capacity.remaining import Remaining, Use, assignment_allowed, remaining
from bosett.capacity.week_plan import PlannedWeek, WeekPlan, week_plan

__all__ = [
    "Centre",
    "Contract",
    "Limit",
    "Occupancy",
    "OpenedPlaces",
    "PlaceKind",
    "Places",
    "PlannedWeek",
    "Pool",
    "Remaining",
    "Stay",
    "Use",
    "WeekOutlook",
    "WeekPlan",
    "assignment_allowed",
    "limit",
    "occupancy",
    "outlook",
    "remaining",
    "week_plan",
]
