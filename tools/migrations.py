"""`./run migrations`: the tables' one migration made anew, until the first release fixes it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.environment import Needs
from tools.failure import SetupFailed
from tools.paths import PYTHON, ROOT, STATE
from tools.progress import say
from tools.set_up import set_up

MIGRATIONS = ROOT / "bosett_server" / "records" / "migrations"
FIRST = "0001_initial.py"


def renew(arguments: Sequence[str]) -> int:
    """Write `0001_initial` anew from the models; the later ones (guards in SQL) are left as they are.

    A database made from the old one must be made anew.  Raises SetupFailed, with all migrations as they
    were, when Django can't make it; a copy of them lies in `.setup/migrations` while it works.
    """
    set_up(Needs.SERVICE)
    kept = STATE / "migrations"
    if kept.exists():
        raise SetupFailed(
            f"An earlier renewal was interrupted: move {kept} back to {MIGRATIONS}, then run again."
        )
    shutil.copytree(MIGRATIONS, kept, ignore=shutil.ignore_patterns("__pycache__"))
    numbered = sorted(MIGRATIONS.glob("[0-9]*.py"))
    for file in numbered:
        file.unlink()
    made = _make(arguments)
    for file in numbered:
        if not made or file.name != FIRST:
            shutil.copy2(kept / file.name, file)
    shutil.rmtree(kept)
    if not made:
        raise SetupFailed("Django could not make the migration (see above); nothing was changed.")
    say(f"{_shown(MIGRATIONS / FIRST)} is made anew")
    return 0


def _make(arguments: Sequence[str]) -> bool:
    environment = {"DJANGO_SETTINGS_MODULE": "bosett_server.settings", **os.environ}
    command: list[str | Path] = [
        PYTHON,
        "-P",
        "-m",
        "django",
        "makemigrations",
        "records",
        "--name=initial",
        *arguments,
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603
    return done.returncode == 0 and (MIGRATIONS / FIRST).exists()


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
