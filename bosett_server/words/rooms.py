"""Every room that has sentences."""

from types import ModuleType

from bosett_server.words import (
    accounts,
    capacity,
    consultation,
    decisions,
    distribution,
    expenditure,
    followup,
    followup_results,
    forecast,
    general,
    grants,
    handover,
    households,
    imports,
    own_page,
    placement,
    placement_hosts,
    placement_runs,
    planner,
    pressure,
    scenario,
    statistics,
    year_report,
)

WORDS: list[ModuleType] = [
    general, accounts, forecast, distribution, decisions, capacity, placement, placement_hosts, placement_runs,
    followup, followup_results, grants,
    own_page, households, statistics, imports, scenario, planner, pressure, handover, expenditure,
    year_report, consultation,
]  # fmt: skip
