"""Whatever is sent, the service answers as its description says, and never with a fault of ours.

Schemathesis makes requests from the published description, right ones and wrong ones, for every call with
a token of a role that may; half of them go to things that are there.  Fixed seed, a few examples a call.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bosett_server.api import api
from bosett_server.api.service import description
from tests.databases import CLONE
from tests.security.doors import api_visits, machine
from tests.security.stage import STAFF, Stage, set_stage

EXAMPLES = 12
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
TABLE = yaml.safe_load(Path(CLONE / "tests/security/role_matrix.yaml").read_text(encoding="utf-8"))


def role_of(name: str) -> str:
    """Somebody who may, as the role matrix says; the lead where nobody may."""

    def unfolded(row: list[str]) -> list[str]:
        return [
            role for one in row for role in (unfolded(TABLE["sets"][one]) if one in TABLE["sets"] else [one])
        ]

    return next((role for role in unfolded(TABLE["api"][name]) if role in STAFF), "imdi_lead")


@pytest.fixture
def everything(db, settings, tmp_path, issuer) -> Iterator[Stage]:
    """The service's own entrance inside the test's transaction: its connection is not closed after a request."""
    settings.STATIC_ROOT = tmp_path
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield set_stage(settings)
    for signal in ends:
        signal.connect(close_old_connections)


ROOMS = sorted(
    {tag for path in description(api)["paths"].values() for call in path.values() for tag in call["tags"]}
)


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_right_and_wrong_requests_are_answered_as_described(everything, issuer, room):
    schema = schemathesis.openapi.from_dict(description(api))
    schema.app = get_wsgi_application()
    faults: list[str] = []
    for role in STAFF:
        for visit in api_visits(everything, role):
            operation = schema.find_operation_by_id(visit.name)
            if operation.tags != [room] or role != role_of(visit.name):
                continue
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                with transaction.atomic():
                    token = machine(everything, role, issuer).defaults["HTTP_AUTHORIZATION"]
                    faults += tried(operation, mode, visit.objects, token)
                    transaction.set_rollback(True)
    print(*faults, sep="\n\n")
    assert len(faults) == 0


def tried(operation: Any, mode: GenerationMode, there: dict[str, Any], token: str) -> list[str]:
    found: list[str] = []

    @tries(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def send(case: Any, real: bool) -> None:
        if real and there:
            case.path_parameters = {**case.path_parameters, **{k: str(v) for k, v in there.items()}}
        response = case.call(headers={"Authorization": token})
        try:
            case.validate_response(response, checks=CHECKS)
        except BaseExceptionGroup as failures:
            found.append(f"{operation.label}: {failures}")

    try:
        send()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "only a call that takes nothing has no wrong request"
    return found[:1]
