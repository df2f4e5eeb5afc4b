"""Every variable the service reads stands on the page of settings, and the page names no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
READ = re.compile(
    r"""(?:environ(?:\.get)?[\[(]|_flag\(|_secret\()\s*["']((?:BOSETT_|DATABASE_)[A-Z_]+)["']"""
)


def test_the_page_of_settings_has_every_variable_and_no_other():
    sources = [ROOT / "bosett_server/settings.py", *(ROOT / "bosett_server/database").rglob("*.py"),
               *(ROOT / "bosett_server/commands").rglob("*.py")]  # fmt: skip
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    page = (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(BOSETT_[A-Z_]+|DATABASE_URL)`", page))
    assert len(read) > 25
    assert read - told == set()
    assert told - read == {"DATABASE_URL", "BOSETT_OWNER_URL"} - read
