"""A newcomer calls the demo's API in a minute; the key is the demo's own and opens nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bosett.terms.errors import BadInput
from bosett_server import commands
from bosett_server.access.actor import SYSTEM
from bosett_server.actions.demo_machines import let_machine_in, nobodys_number
from bosett_server.commands.demo_token import demo_key
from tests.bosett_server.api.issuer import AUDIENCE, ISSUER


@pytest.fixture
def demo(stage, settings, tmp_path, monkeypatch) -> Path:
    settings.BOSETT_TOKEN_KEYS = str(tmp_path / "demo-issuer" / "keys.json")
    settings.BOSETT_TOKEN_ISSUER, settings.BOSETT_TOKEN_AUDIENCE = ISSUER, AUDIENCE
    monkeypatch.setenv("BOSETT_DEMO", "1")
    monkeypatch.setenv("BOSETT_ADDRESS", AUDIENCE)
    return tmp_path / "demo-issuer"


def test_the_printed_token_opens_the_api_in_the_users_role(demo, stage, call, capsys):
    name = stage.users["municipality_coordinator"].username
    assert commands.main(["demo-token", name]) == 0
    token = capsys.readouterr().out.strip()
    assert call("GET", "placement/cards", token=token).status_code == 200
    assert call("GET", "placement/proposals/2026", token=token).status_code == 403
    assert commands.main(["demo-token", name]) == 0, "a second time with the same key"
    assert call("GET", "placement/cards", token=capsys.readouterr().out.strip()).status_code == 200


def test_the_key_is_private_and_nothing_but_the_token_is_on_standard_output(demo, stage, capsys):
    commands.main(["demo-token", stage.users["municipality_coordinator"].username])
    told = capsys.readouterr()
    assert (demo / "private.json").stat().st_mode & 0o777 == 0o600
    assert demo.stat().st_mode & 0o777 == 0o700
    assert len(told.out.split()) == 1
    secret = json.loads((demo / "private.json").read_text("utf-8"))["d"]
    assert secret not in told.out + told.err + (demo / "keys.json").read_text("utf-8")
    assert demo_key(demo / "keys.json").kid == "demo"


def test_a_name_that_is_no_demo_user_is_refused_with_those_that_are(stage):
    with pytest.raises(BadInput, match="municipality_coordinator"):
        let_machine_in(SYSTEM, username="nobody")


def test_the_command_leaves_an_installations_own_database_alone(monkeypatch, capsys):
    monkeypatch.delenv("BOSETT_DEMO", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@127.0.0.1:1/x")
    assert commands.main(["demo-token", "kommune"]) == 2
    assert "demo's own database only" in capsys.readouterr().err


@pytest.mark.parametrize("serial", [0, 1, 7, 123456])
def test_the_number_is_nobodys_since_its_control_digit_is_wrong(serial):
    number = nobodys_number(serial)
    sums = sum(w * int(d) for w, d in zip((3, 2, 7, 6, 5, 4, 3, 2, 1), number, strict=True))
    assert len(number) == 9
    assert sums % 11 != 0
