"""The Python environment in `.venv`, from hashed requirements.  Why pip: docs/decisions/0008."""

import subprocess
import sys
from enum import Enum
from pathlib import Path

from tools.failure import SetupFailed
from tools.paths import PYTHON, REQUIREMENTS, STATE, VENV
from tools.progress import run_logged, say
from tools.stamp import digest, is_current, write_stamp

UNFINISHED = STATE / "environment-unfinished"
"""Stands while `.venv` is being made or filled.  Found at the start, it tells of a set-up that was killed."""


class Needs(Enum):
    """Which requirements a verb runs on."""

    SERVICE = "base"
    DEVELOPMENT = "dev"

    @property
    def file(self) -> Path:
        """The hashed requirements."""
        return REQUIREMENTS / f"{self.value}.txt"

    @property
    def stamp(self) -> Path:
        """What `.venv` was last filled from, for these needs."""
        return VENV / f"bosett-{self.value}.sha256"


def is_ready(needs: Needs) -> bool:
    """Whether nothing has to be done (asked without the lock, so that a warm start waits for nobody)."""
    current = is_current(needs.stamp, digest([needs.file]))
    return current and PYTHON.exists() and not UNFINISHED.exists()


def ensure_environment(needs: Needs, *, keep_open: int) -> None:
    """`.venv` works and holds exactly the versions of `needs`, installed only when they changed.

    A set-up that was killed midway is never built upon: `.venv` is then made anew from nothing.
    """
    interrupted = UNFINISHED.exists()
    if is_ready(needs) and _works():
        return
    if interrupted:
        say("the last set-up was interrupted; building .venv anew")
    usable = not interrupted and _works()
    UNFINISHED.touch()
    if not usable:
        _create(keep_open)
    _install(needs, keep_open)
    UNFINISHED.unlink()


def _works() -> bool:
    """Whether `.venv` starts, is new enough and has pip (a moved folder or a removed Python breaks it)."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", question], capture_output=True, check=False).returncode == 0  # noqa: S603


def _create(keep_open: int) -> None:
    command: list[str | Path] = [sys.executable, "-m", "venv", "--clear", VENV]
    try:
        run_logged("environment", command, keep_open=keep_open)
    except SetupFailed as failure:
        raise SetupFailed(
            f"{failure}\n\nThis Python can't make a virtual environment.  On Debian and Ubuntu that part is a"
            f" package of its own: python3.{sys.version_info.minor}-venv."
        ) from failure


def _install(needs: Needs, keep_open: int) -> None:
    wanted = sum("==" in line for line in needs.file.read_text("utf-8").splitlines())
    for other in Needs:
        other.stamp.unlink(missing_ok=True)
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--require-hashes",
        "-r",
        needs.file,
    ]
    steps = ("Collecting ", "Processing ", "Requirement already satisfied: ")
    run_logged(f"packages ({needs.value})", command, keep_open=keep_open, counted=steps, total=wanted)
    for satisfied in (needs, Needs.SERVICE):  # dev.txt holds every line of base.txt, which is tested
        write_stamp(satisfied.stamp, digest([satisfied.file]))
