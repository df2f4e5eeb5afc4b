"""What a party has not shared is seen by nobody else: on no page, in no call, file, search, notice or log."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from django.db import connection
from pypdf.errors import PdfReadError

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.consultation_actions import remind_consultation_actions
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_matters import raise_matter
from bosett_server.actions.consultation_positions import share_position, write_position
from bosett_server.records.models import AuditEvent, ConsultationText, ConsultationVoice, Notice, RequestKey
from tests import security
from tests.bosett_server.api.issuer import configured
from tests.bosett_server.cast import DAY
from tests.bosett_server.consultation.scenes import called, of_ministry
from tests.security.doors import api_visits, browser, machine, page_visits, send
from tests.security.stage import Stage, set_stage

SECRET = "hemmelighetzxqv"
NAMELESS = "navnlossak"
OTHERS = [role.value for role in Role if role not in {Role.KS, Role.SYSTEM}]
ASKED = re.compile(rf"q(?:=|%3D){SECRET}|value=\"{SECRET}\"|“{SECRET}”|«{SECRET}»")
"""The search page repeats what was searched for."""
TABLE = yaml.safe_load((Path(security.__file__).parent / "role_matrix.yaml").read_text(encoding="utf-8"))
OPEN = {
    name
    for kind, everybody in (("pages", "public_figures"), ("api", "public_calls"))
    for name, row in TABLE[kind].items()
    if row == [everybody]
}
LOOK_EVERYWHERE = {"ministry", "public", "ks"}
HREF = re.compile(r'href="(/agreement/consultation/[^"#]*|/protocols/[^"#]*)"')


class Samples(dict[str, Any]):
    """A page is looked at also where no room has said what should stand behind it."""

    def __contains__(self, _kind: object) -> bool:
        return True

    def __missing__(self, _kind: str) -> int:
        return 1


@pytest.fixture
def stage(db, settings, tmp_path) -> Stage:
    settings.STATIC_ROOT = tmp_path
    stage = set_stage(settings)
    where, matter = stage.world, stage.samples["consultation_matter"]
    of_ministry(where, "JD")
    for kind in ("position", "proposal"):
        write_position(where["ks"], number=matter, kind=kind, text=f"{SECRET} {kind}", version=0)
    meeting = called(where, day=DAY + timedelta(days=9), title="Neste")
    for who in ("ministry", "ks"):
        set_agenda(where[who], number=meeting)
        make_pack(where[who], number=meeting)
    remind_consultation_actions(SYSTEM)
    stage.samples = Samples(stage.samples | {"next": meeting})
    return stage


def addresses(stage: Stage) -> list[str]:
    """Our own pages of everything there is, beside those that the doors lead to."""
    matter, meetings = stage.samples["consultation_matter"], (stage.samples["meeting"], stage.samples["next"])
    room = "/agreement/consultation/"
    found = [f"{room}matters/{matter}/{more}" for more in ("", "text/", "support/", "position/", "proposal/")]
    for meeting in meetings:
        found += [
            f"{room}meetings/{meeting}/",
            f"/protocols/{meeting}/",
            f"{room}meetings/{meeting}/calendar.ics",
        ]
        found += [
            f"{room}meetings/{meeting}/papers/{pack}.{form}?language={language}"
            for pack in (1, 2) for form in ("pdf", "docx") for language in ("nb", "nn")
        ]  # fmt: skip
    return [*found, room, "/protocols/", f"{room}actions.csv", f"{room}actions.json", f"/search/?q={SECRET}",
            f"/search/?q={SECRET[:6]}", "/inbox/", "/agreement/", "/"]  # fmt: skip


def told(response: Any) -> str:
    """Everything an answer says, also inside a Word file and a PDF's text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    if content.startswith(b"%PDF"):
        content += _words(content)
    return content.decode("utf-8", "replace") + str(response.headers)


def _words(content: bytes) -> bytes:
    """The text of a PDF; nothing for a sample that is none."""
    try:
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(page.extract_text() for page in pages).encode()
    except PdfReadError:
        return b""


def everything(stage: Stage, role: str, issuer: Any) -> list[str]:
    """Where the secret is told to a role: every page, every link of our room, every call.

    A page that is open to everybody is one door for all: another party and the public look behind it for the rest.
    """
    client, caller, seen, wrong = browser(stage, role), machine(stage, role, issuer), set(), []
    doors = [v for v in page_visits(stage, role) if role in LOOK_EVERYWHERE or v.name not in OPEN]
    waiting = [v.path for v in doors if v.name != "accounts-logout"] + addresses(stage)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        text = told(client.get(path))
        waiting += [one.replace("&amp;", "&") for one in HREF.findall(text)]
        if SECRET in ASKED.sub("", text):
            wrong.append(path)
    for visit in api_visits(stage, role):
        if (role in LOOK_EVERYWHERE or visit.name not in OPEN) and SECRET in told(send(caller, visit)):
            wrong.append(f"{visit.method} {visit.path}")
    return wrong


@pytest.mark.slow
def test_a_draft_is_on_no_page_and_in_no_call_file_or_search_of_another(stage, settings, tmp_path):
    issuer = configured(settings, tmp_path)
    assert {role: found for role in OTHERS if (found := everything(stage, role, issuer))} == {}


def test_another_ministry_sees_as_little_as_everybody_else(stage):
    client = browser(stage, "JD")
    assert [path for path in addresses(stage) if SECRET in told(client.get(path)).replace(f"q={SECRET}", "")
            and not path.startswith("/search/")] == []  # fmt: skip


@pytest.mark.slow
def test_the_party_itself_reads_its_draft_where_the_crawl_looked(stage, settings, tmp_path):
    matter = f"/agreement/consultation/matters/{stage.samples['consultation_matter']}/"
    found = everything(stage, "ks", configured(settings, tmp_path))
    assert matter in found
    assert f"GET /api/v1/consultation-matters/{stage.samples['consultation_matter']}" in found
    assert not [path for path in found if "papers" in path or "packs" in path]


def test_neither_log_nor_notices_nor_request_keys_hold_a_draft(stage):
    with acting(stage.world["auditor"]):
        assert SECRET not in str(list(AuditEvent.objects.values_list("facts", "object_id")))
    with acting(SYSTEM):
        assert SECRET not in str(list(Notice.objects.values_list("facts", flat=True)))
        assert SECRET not in str(list(RequestKey.objects.values_list("result", flat=True)))


def test_the_database_itself_gives_a_draft_to_its_party_alone(stage):
    seen = {}
    for who in [*OTHERS, "JD", "ks"]:
        if who in stage.world.actors:
            with acting(stage.world[who]):
                seen[who] = ConsultationText.objects.filter(text__contains=SECRET).count()
    assert {who for who, count in seen.items() if count} == {"ks"}
    with acting(SYSTEM):
        assert not ConsultationText.objects.filter(text__contains=SECRET).exists()
    with acting(stage.world["ministry"]):
        changed = ConsultationText.objects.filter(party="KS").update(shared_at="2026-03-16T09:00:00Z")
    assert changed == 0


def test_only_the_version_that_was_shared_is_seen_and_neither_the_one_before_nor_the_one_after(stage):
    where, matter = stage.world, stage.samples["consultation_matter"]
    write_position(where["ks"], number=matter, kind="position", text="Dette deler vi.", version=1)
    share_position(where["ks"], number=matter, kind="position", version=2)
    write_position(where["ks"], number=matter, kind="position", text=f"{SECRET} igjen", version=2)
    page = told(browser(stage, "ministry").get(f"/agreement/consultation/matters/{matter}/"))
    assert "Dette deler vi." in page
    assert SECRET not in page


@pytest.mark.parametrize("role", ["ks", "ministry", "imdi_lead", "county", "stranger", "nav"])
def test_who_raised_a_matter_without_a_name_is_told_to_nobody_else(role, stage):
    where = stage.world
    number = raise_matter(
        where["municipality_coordinator"], title=NAMELESS, text="Vi vil ikke nevnes.", named=False
    )
    with acting(where[role]):
        assert not ConsultationVoice.objects.filter(matter_id=number).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM bosett_behind() WHERE matter_id = %s", [number])
            assert [body for (body,) in cursor.fetchall()] == [f"?{number}-1"]
    page = told(browser(stage, role).get(f"/agreement/consultation/matters/{number}/"))
    assert NAMELESS in page
    assert "Drammen" not in page
    own = told(browser(stage, "municipality_coordinator").get(f"/agreement/consultation/matters/{number}/"))
    assert "text/" in own
