"""`./run` and its tools: what is set up, when it is set up again, and what is said."""

import fcntl
import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import checks, compile_translations, environment, pytest_needs, stamp, tests_run, verbs
from tools.environment import Needs

from .tree import ROOT, plant

PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Home"\nmsgstr "Oversikt"\n\n'
    '#, fuzzy\nmsgid "Doubt"\nmsgstr "Tvil"\n'
)


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [ROOT / "run", *arguments], cwd=cwd, env=given, capture_output=True, text=True, check=False
    )


def test_run_alone_lists_every_verb_from_any_folder(tmp_path: Path) -> None:
    told = run(cwd=tmp_path)
    assert told.returncode == 0
    for verb in ("demo", "test", "check", "bench", "serve", "bosett", "manage", "migrations", "requirements"):
        assert f"\n  {verb} " in told.stdout


def test_an_unknown_verb_is_refused_with_the_list_of_those_there_are(tmp_path: Path) -> None:
    told = run("fly", cwd=tmp_path)
    assert told.returncode == 2
    assert "knows no 'fly'" in told.stderr
    assert "  demo " in told.stderr


def test_a_machine_without_python_311_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    too_old = plant(tmp_path, "python3", "#!/bin/sh\nexit 1\n")
    too_old.chmod(0o755)
    told = subprocess.run(
        ["/bin/sh", ROOT / "run", "demo"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "needs Python 3.11 or newer" in told.stderr
    assert "BOSETT_PYTHON=/path/to/python3.11 ./run demo" in told.stderr


def test_the_script_is_plain_posix_shell_and_can_be_started() -> None:
    assert os.access(ROOT / "run", os.X_OK)
    assert subprocess.run(["/bin/sh", "-n", ROOT / "run"], check=False).returncode == 0
    assert subprocess.run(["/bin/bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0


def test_the_service_s_commands_are_verbs_and_are_handed_on_by_bosett(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(verbs, "set_up", lambda *_args, **_named: None)
    monkeypatch.setattr(verbs, "replace_process", lambda *command: started.append(command) or 0)
    for command in ("demo", "serve", "migrate", "backup", "restore", "audit-verify", "worker"):
        verbs.run([command, "--x"])
        verbs.run(["bosett", command, "--x"])
        assert started[-2:] == [("-m", "bosett_server.commands", command, "--x")] * 2
    verbs.run(["bosett", "place", "demo", "--out", "o"])
    assert started[-1] == ("-m", "bosett.cli", "place", "demo", "--out", "o")


def test_a_changed_a_renamed_and_an_added_file_each_change_the_digest(tmp_path: Path) -> None:
    first, second = plant(tmp_path, "a", "one"), plant(tmp_path, "b", "two")
    before = stamp.digest([first, second])
    assert stamp.digest([second, first]) == before
    assert stamp.digest([first]) != before
    second.rename(tmp_path / "c")
    assert stamp.digest([first, tmp_path / "c"]) != before
    plant(tmp_path, "b", "changed")
    assert stamp.digest([first, second]) != before


def test_text_that_moves_from_one_file_to_the_next_changes_the_digest(tmp_path: Path) -> None:
    left = stamp.digest([plant(tmp_path, "a", "12"), plant(tmp_path, "b", "3")])
    right = stamp.digest([plant(tmp_path, "a", "1"), plant(tmp_path, "b", "23")])
    assert left != right


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Steps that the set-up takes, in a clone of its own where nothing is set up."""
    steps: list[str] = []
    plant(tmp_path, "requirements/base.txt", "a==1 \\\n    --hash=sha256:00\n")
    plant(tmp_path, "requirements/dev.txt", "a==1 \\\n    --hash=sha256:00\nb==1 \\\n    --hash=sha256:11\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "PYTHON", venv / "bin/python")
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements")
    monkeypatch.setattr(environment, "UNFINISHED", tmp_path / "unfinished")
    monkeypatch.setattr(environment, "_works", lambda: (venv / "bin/python").exists())

    def logged(title: str, command: list[object], **_named: object) -> None:
        steps.append(title)
        if title == "environment":
            plant(venv, "bin/python", "")

    monkeypatch.setattr(environment, "run_logged", logged)
    return steps


def test_a_second_set_up_does_nothing_and_a_changed_requirement_installs_again(
    made: list[str], tmp_path: Path
) -> None:
    environment.ensure_environment(Needs.SERVICE, keep_open=0)
    assert made == ["environment", "packages (base)"]
    assert environment.is_ready(Needs.SERVICE)
    environment.ensure_environment(Needs.SERVICE, keep_open=0)
    assert made == ["environment", "packages (base)"]
    plant(tmp_path, "requirements/base.txt", "a==2 \\\n    --hash=sha256:22\n")
    assert not environment.is_ready(Needs.SERVICE)
    environment.ensure_environment(Needs.SERVICE, keep_open=0)
    assert made == ["environment", "packages (base)", "packages (base)"]


def test_the_development_packages_serve_the_demo_too_but_not_the_other_way_round(made: list[str]) -> None:
    environment.ensure_environment(Needs.SERVICE, keep_open=0)
    assert not environment.is_ready(Needs.DEVELOPMENT)
    environment.ensure_environment(Needs.DEVELOPMENT, keep_open=0)
    assert environment.is_ready(Needs.SERVICE)
    assert made == ["environment", "packages (base)", "packages (dev)"]


def test_a_set_up_that_was_killed_is_never_built_upon(made: list[str], tmp_path: Path) -> None:
    environment.ensure_environment(Needs.SERVICE, keep_open=0)
    plant(tmp_path, "unfinished", "")
    assert not environment.is_ready(Needs.SERVICE)
    environment.ensure_environment(Needs.SERVICE, keep_open=0)
    assert made == ["environment", "packages (base)"] * 2
    assert not (tmp_path / "unfinished").exists()


def test_the_lock_keeps_a_second_set_up_waiting_and_is_gone_when_its_holder_is_killed(tmp_path: Path) -> None:
    holder = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import pathlib, time, tools.lock as lock\n"
        f"lock.STATE = pathlib.Path({str(tmp_path)!r})\n"
        "with lock.setup_lock():\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with (tmp_path / "lock").open("r+") as file:
            with pytest.raises(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            process.kill()
            process.wait()
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_catalogue_is_compiled_beside_itself_without_what_is_fuzzy(tmp_path: Path) -> None:
    po = plant(tmp_path, "locale/nb/LC_MESSAGES/django.po", PO)
    compiled = compile_translations.compile_catalogue(po)
    assert compiled == po.with_suffix(".mo")
    with compiled.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Home") == "Oversikt"
    assert read.gettext("Doubt") == "Doubt"


def test_the_newest_postgresql_with_its_server_programs_is_chosen(tmp_path: Path) -> None:
    for version in ("9.6", "15", "18"):
        for program in ("initdb", "pg_ctl"):
            plant(tmp_path, f"{version}/bin/{program}", "")
    plant(tmp_path, "19/bin/psql", "")
    assert tests_run.newest_postgres(tmp_path) == str(tmp_path / "18/bin")
    assert tests_run.newest_postgres(tmp_path / "nowhere") is None


def test_what_is_missing_is_refused_when_everything_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tests_run.CHROMIUM, "/usr/bin/chromium")
    monkeypatch.delenv(tests_run.POSTGRES, raising=False)
    monkeypatch.delenv(pytest_needs.REQUIRE_ALL, raising=False)
    pytest_needs.pytest_configure()
    monkeypatch.setenv(pytest_needs.REQUIRE_ALL, "1")
    with pytest.raises(pytest.UsageError, match="no PostgreSQL of the system"):
        pytest_needs.pytest_configure()


def test_a_check_that_fails_is_named_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "set_up", lambda *_args, **_named: None)
    monkeypatch.setattr(checks, "PYTHON", sys.executable)
    monkeypatch.setattr(checks, "CHECKS", {"first": ["-c", "exit(1)"], "second": ["-c", "pass"]})
    assert checks.check([]) == 4
    told = capsys.readouterr().err
    assert "first: FAILED" in told
    assert "second: passed" in told
    assert told.endswith("failed: first\n")
    assert checks.check(["second"]) == 0
    assert checks.check(["third"]) == 4
