"""Every room that has sentences."""

from types import ModuleType

from bosett_server.words import (
    accounts,
    capacity,
    decisions,
    distribution,
    followup,
    forecast,
    general,
    grants,
    households,
    imports,
    own_page,
    placement,
    scenario,
    statistics,
)

WORDS: list[ModuleType] = [
    general, accounts, forecast, distribution, decisions, capacity, placement, followup, grants, own_page,
    households, statistics, imports, scenario,
]  # fmt: skip
