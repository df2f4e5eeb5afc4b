"""Puts the rooms' routers together."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ninja.security import HttpBearer

from bosett import __version__
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.api.problems import install_problems
from bosett_server.api.service import BosettAPI

ROOMS = [
    "forecast", "forecast_ledger", "forecast_months", "forecast_ahead", "distribution", "distribution_workshop",
    "decisions",
    "decision_answers", "round_letters", "agreement", "placement", "placement_hosts", "placement_runs", "accounts",
    "own_page", "audit", "households", "grants", "statistics", "figures", "registry", "capacity",
    "capacity_plans", "scenario", "followup", "imports", "expenditure", "planner", "homes", "weeks", "pressure",
    "year_report", "handover", "followup_results", "consultation",
    "consultation_matters", "consultation_outcomes",
]  # fmt: skip


class Token(HttpBearer):
    """A Maskinporten token; the middleware has read it, here it is only demanded."""

    def __call__(self, request: Any) -> Actor | None:
        """Ninja's own reading of the header logs it when it is no bearer token; ours never sees it."""
        return self.authenticate(request, "")

    def authenticate(self, request: Any, token: str) -> Actor | None:
        """The organisation's actor, or None for a token that was refused."""
        return None if request.actor.role is Role.PUBLIC else request.actor


api = BosettAPI(
    title="Bosett", version=__version__, urls_namespace="api", docs_url=None, openapi_url=None, auth=Token(),
    description="The same steps and figures as the pages. Errors are RFC 9457 problems; lists are paged by cursor.",
)  # fmt: skip
install_problems(api)


for room in ROOMS:
    api.add_router(
        f"/{room.replace('_', '-')}", import_module(f"bosett_server.api.{room}").router, tags=[room]
    )
