"""What the person at the terminal sees while set-up works, and where the full output goes."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.failure import SetupFailed
from tools.paths import ROOT, STATE

LINES_SHOWN_ON_FAILURE = 30


def say(text: str) -> None:
    """One line on standard error; standard output belongs to the verb."""
    print(f"[bosett] {text}", file=sys.stderr, flush=True)


def run_logged(
    title: str,
    command: Sequence[str | Path],
    *,
    keep_open: int,
    counted: tuple[str, ...] = (),
    total: int = 0,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run `command` with its output in a log file, showing `title`, a count and the seconds.

    `counted` are the beginnings of output lines that each mean one of `total` steps.  `keep_open` is the
    lock's descriptor, inherited so that the lock outlives us if only we are killed.
    Raises SetupFailed with the end of the log when the command fails.
    """
    log = STATE / f"{title.split()[0].lower()}.log"
    started = time.monotonic()
    if not sys.stderr.isatty():
        say(f"{title} …")
    code = _follow(title, command, log, keep_open, counted, total, env)
    if code != 0:
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-LINES_SHOWN_ON_FAILURE:])
        raise SetupFailed(f"{title}: failed with exit code {code}.  The end of {log}:\n{tail}")
    _overwrite_line("")
    say(f"{title}: done in {time.monotonic() - started:.0f} s")


def _follow(
    title: str,
    command: Sequence[str | Path],
    log: Path,
    keep_open: int,
    counted: tuple[str, ...],
    total: int,
    env: Mapping[str, str] | None,
) -> int:
    done = 0
    with (
        log.open("w", encoding="utf-8") as written,
        subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            pass_fds=(keep_open,),
        ) as process,
    ):
        for line in process.stdout or ():
            written.write(line)
            done += line.startswith(counted) if counted else 0
            _overwrite_line(
                f"[bosett] {title} … {min(done, total)} of {total}" if total else f"[bosett] {title} …"
            )
    return process.returncode


def _overwrite_line(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
