"""A world with an organisation for the municipality HERE, and a caller with its tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.bosett_server.api.issuer import Issuer, configured, organisation
from tests.bosett_server.cast import DAY, World, world

Call = Callable[..., Any]


@pytest.fixture
def issuer(settings, tmp_path) -> Issuer:
    return configured(settings, tmp_path)


@pytest.fixture
def stage(db, settings, issuer, tmp_path) -> World:
    settings.BOSETT_TODAY, settings.STATIC_ROOT = DAY, tmp_path
    made = world()
    organisation(made["municipality_decider"])
    return made


@pytest.fixture
def call(stage, issuer) -> Call:
    """`call("PUT", "decisions/vedtak/2026/3301", {...}, key="k")` as the municipality's machine."""

    def send(
        method: str, path: str, body: Any = None, *, key: str = "", token: str | None = None, **more: Any
    ) -> Any:
        headers = {"Authorization": f"Bearer {token or issuer.token()}"} if token != "" else {}
        if key:
            headers["Idempotency-Key"] = key
        data = body if isinstance(body, str | bytes) else json.dumps(body) if body is not None else ""
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return Client(raise_request_exception=False).generic(
            method, address, data, content_type="application/json", headers=headers, **more
        )

    return send
