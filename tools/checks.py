"""`./run check`: everything about the code that needs no database and no browser."""

import os
import subprocess
import time
from collections.abc import Sequence

from tools.environment import Needs
from tools.paths import PYTHON, ROOT
from tools.progress import say
from tools.set_up import set_up

CHECKS: dict[str, list[str]] = {
    "style (ruff)": ["-m", "ruff", "check", "."],
    "layout (ruff format)": ["-m", "ruff", "format", "--check", "."],
    "types (mypy, strict)": ["-m", "mypy", "-p", "bosett", "-p", "bosett_server", "-p", "tools"],
    "floors (import-linter)": ["-c", "import importlinter.cli as cli; cli.lint_imports_command()"],
    "migrations": ["-m", "django", "makemigrations", "--check", "--dry-run"],
    "rules of the house": ["-m", "pytest", "tests/repository"],
}


def check(arguments: Sequence[str]) -> int:
    """Run every check, also after one has failed, and name those that did.  0 when all passed, else 4.

    `arguments` choose checks by a word of their name.
    """
    set_up(Needs.DEVELOPMENT, translations=True)
    chosen = {
        name: command
        for name, command in CHECKS.items()
        if not arguments or any(a in name for a in arguments)
    }
    failed = [name for name, command in chosen.items() if not _passes(name, command)]
    if not chosen:
        failed = [f"no check is named like {' or '.join(arguments)}"]
    say("failed: " + ", ".join(failed) if failed else f"all {len(chosen)} checks passed")
    return 4 if failed else 0


def _passes(name: str, what: Sequence[str]) -> bool:
    started = time.monotonic()
    say(f"{name} …")
    environment = {"DJANGO_SETTINGS_MODULE": "bosett_server.settings", **os.environ}
    command = [str(PYTHON), "-P", *what]
    passed = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0  # noqa: S603
    say(f"{name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return passed
