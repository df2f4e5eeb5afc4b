"""`./run test`: set-up, then pytest, naming what this machine can't try."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.environment import Needs
from tools.paths import PYTHON, ROOT
from tools.set_up import set_up

CHROMIUM = "BOSETT_CHROMIUM"
POSTGRES = "BOSETT_TEST_SYSTEM_PG_BIN"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def test(arguments: Sequence[str]) -> int:
    """pytest on everything, or on what `arguments` name.

    A browser and a PostgreSQL of the system are used where they are found; without them the tests that need
    them are skipped and named, or, with BOSETT_REQUIRE_ALL=1, nothing counts as passed.
    """
    set_up(Needs.DEVELOPMENT, pages=True)
    os.environ.update(found_on_this_machine(os.environ))
    os.chdir(ROOT)
    command = [str(PYTHON), "-P", "-m", "pytest", "-p", "tools.pytest_needs", *workers(arguments), *arguments]
    os.execv(PYTHON, command)  # noqa: S606


def workers(arguments: Sequence[str]) -> list[str]:
    """A worker for each of two cores when everything is run; a choice of tests runs in one process."""
    return [] if arguments else ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadgroup"]


def found_on_this_machine(environment: Mapping[str, str]) -> dict[str, str]:
    """Where the browser and the system's PostgreSQL lie; a name is missing when there is none."""
    browser = environment.get(CHROMIUM) or next(filter(None, map(shutil.which, BROWSERS)), None)
    postgres = environment.get(POSTGRES) or newest_postgres(Path("/usr/lib/postgresql"))
    return {name: place for name, place in ((CHROMIUM, browser), (POSTGRES, postgres)) if place}


def newest_postgres(folder: Path) -> str | None:
    """The programs of the highest major version that Debian or Ubuntu installed, or None."""
    complete = (
        bin_ for bin_ in folder.glob("*/bin") if (bin_ / "initdb").exists() and (bin_ / "pg_ctl").exists()
    )
    newest = max(complete, key=lambda bin_: float(bin_.parent.name), default=None)
    return str(newest) if newest else None
