"""The command line as a whole: exit codes, help, where words go."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
from types import SimpleNamespace
from typing import cast

import pytest

from bosett import __version__
from bosett.cli import main as entry
from bosett.cli.command import Command
from bosett.cli.main import COMMANDS, main
from bosett.cli.progress import Progress
from bosett.cli.report import print_json
from bosett.terms.errors import BadInput, NoAnswer, NoRuleInForce, Refused


def command_that(raises: BaseException | None = None, gives: int = 0) -> Command:
    def run(_: argparse.Namespace) -> int:
        if raises is not None:
            raise raises
        return gives

    return cast("Command", SimpleNamespace(NAME="try", HELP="Try.", add_arguments=lambda _: None, run=run))


def exit_of(monkeypatch: pytest.MonkeyPatch, command: Command) -> int:
    monkeypatch.setattr(sys.modules["bosett.cli.main"], "COMMANDS", (command,))
    return main(["try"])


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (BadInput("x", "y", "f.csv", 3, "c"), 2, "f.csv, row 3, column c: found x; allowed: y"),
        (NoAnswer("cap", "5 persons short"), 3, "cap: 5 persons short"),
        (NoRuleInForce("a/rate", "2026-01-01"), 3, "a/rate on 2026-01-01"),
        (Refused("no_places_left"), 3, "no_places_left"),
        (RuntimeError("oh"), 1, "a fault of ours"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_each_kind_of_error_has_its_exit_code_and_its_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    told: str,
) -> None:
    assert exit_of(monkeypatch, command_that(error)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


@pytest.mark.parametrize("code", [0, 4])
def test_the_code_that_a_command_gives_is_the_exit_code(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    assert exit_of(monkeypatch, command_that(gives=code)) == code


def test_a_fault_of_ours_shows_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_of(monkeypatch, command_that(RuntimeError("oh")))
    assert "RuntimeError: oh" in capsys.readouterr().err


def test_help_and_version_are_done_and_unknown_words_are_bad_input(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bosett {__version__}\n"
    assert main(["--help"]) == 0
    assert "3 no answer under the rules" in capsys.readouterr().out
    assert main([]) == 2
    assert main(["nonsense"]) == 2
    assert main(["distribute", "--nonsense"]) == 2


def test_every_command_has_a_name_of_its_own_a_sentence_and_arguments(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = [command.NAME for command in COMMANDS]
    assert len(set(names)) == len(names)
    for command in COMMANDS:
        assert command.HELP.endswith(".")
        assert main([command.NAME, "--help"]) == 0
    assert "--help" in capsys.readouterr().out


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bosett.cli", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"bosett {__version__}\n")


def test_a_reader_that_leaves_early_is_no_traceback() -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m bosett.cli distribute --example | true"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_json_keeps_letters_and_refuses_what_is_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "Kárášjohka"})
    assert capsys.readouterr().out == '{\n  "name": "Kárášjohka"\n}\n'
    with pytest.raises(ValueError, match="not JSON compliant"):
        print_json({"share": float("nan")})


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal() -> None:
    screen = Terminal()
    progress = Progress("placing", 2, screen)
    progress.step()
    progress.step(5)
    assert screen.getvalue().split("\r")[-1] == f"placing [{'#' * 30}] 2/2\n"
    assert f"[{'#' * 15}{'.' * 15}] 1/2" in screen.getvalue()


def test_progress_is_two_lines_in_a_log() -> None:
    log = io.StringIO()
    progress = Progress("placing", 3, log)
    for _ in range(3):
        progress.step()
    assert log.getvalue() == "placing: 0 of 3\nplacing: 3 of 3\n"


def test_the_entry_is_the_same_function() -> None:
    assert entry is main
