"""`./run requirements`: the hashed lists, for every platform and every Python from 3.11 on."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.environment import Needs
from tools.failure import SetupFailed
from tools.paths import PYTHON, REQUIREMENTS, ROOT, VENV
from tools.progress import say
from tools.set_up import set_up

FLAGS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def renew(arguments: Sequence[str]) -> int:
    """Compile `requirements/{base,dev}.in`; versions already chosen stay unless `--upgrade` is given.

    Promise: no line holds an address, and every line of base.txt stands in dev.txt too.
    """
    set_up(Needs.DEVELOPMENT)
    _compile(Needs.SERVICE, [], arguments)
    _compile(Needs.DEVELOPMENT, ["--constraints=base.txt"], arguments)
    return 0


def _compile(needs: Needs, constraints: Sequence[str], arguments: Sequence[str]) -> None:
    command: list[str | Path] = [VENV / "bin" / "uv", "pip", "compile", *FLAGS, *constraints, *arguments]
    command += [f"{needs.value}.in", f"--output-file={needs.file.name}"]
    done = subprocess.run(command, cwd=REQUIREMENTS, env=_with_the_callers_index(), check=False)  # noqa: S603
    if done.returncode != 0:
        raise SetupFailed(f"{needs.value}.in could not be compiled; see above.")
    say(f"{needs.file.relative_to(ROOT)} is compiled")


def _with_the_callers_index() -> dict[str, str]:
    """uv doesn't read pip's configuration; hand on the index that pip would use."""
    environment = dict(os.environ)
    question: list[str | Path] = [PYTHON, "-m", "pip", "config", "get", "global.index-url"]
    configured = subprocess.run(question, capture_output=True, text=True, check=False)  # noqa: S603
    index = environment.get("PIP_INDEX_URL") or configured.stdout.strip()
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    return environment
