"""The embedded server: closed to whoever has no password, kept between runs, stopped by its last user."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bosett_server.database import embedded, postmaster
from bosett_server.database.cluster import SUPERUSER
from bosett_server.database.embedded import SYSTEM_FOLDER, Server
from bosett_server.database.errors import DatabaseUnavailable
from bosett_server.database.roles import APP, OWNER

CLONE = Path(__file__).parents[3]
WAIT_SECONDS = 60
LONG = "a-folder-name-far-too-long-for-a-unix-socket-" * 3
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: a server that must change user")

# A process of its own that uses the server, says where it is, and ends when its input does.
USER = """
import json, sys
from pathlib import Path
from bosett_server.database import embedded
server = embedded.ensure_started(Path(sys.argv[1]))
pid = int((server.cluster.data / "postmaster.pid").read_text().split()[0])
print(json.dumps({"pid": pid, "data": str(server.cluster.data)}), flush=True)
sys.stdin.read()
"""


def _folder() -> Path:
    """A folder that the server's user can reach, as it could one in /opt or /srv."""
    folder = Path(tempfile.mkdtemp(prefix="bosett-"))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def fresh() -> Iterator[Path]:
    """A state folder in which nothing has been made yet."""
    folder = _folder()
    yield folder
    embedded.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A state folder that was used once and stopped."""
    folder = _folder()
    embedded.ensure_started(folder)
    assert embedded.stop(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def state(made: Path, fresh: Path) -> Path:
    """A copy of a state folder that was used once."""
    subprocess.run(["cp", "-a", f"{made}/.", str(fresh)], check=True)
    return fresh


@pytest.fixture(scope="module", params=["socket", "tcp"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server reached through a socket, and one whose folder's name is too long for it."""
    folder = _folder()
    state = folder if request.param == "socket" else folder / LONG
    started = embedded.ensure_started(state)
    assert (started.where.host == "127.0.0.1") == (request.param == "tcp")
    yield started
    embedded.stop(state)
    shutil.rmtree(folder)


def _user_of(state: Path, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(state)],
        cwd=CLONE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


def _told(user: subprocess.Popen[str]) -> dict[str, Any]:
    assert user.stdout is not None
    told: dict[str, Any] = json.loads(user.stdout.readline())
    return told


def _end(user: subprocess.Popen[str]) -> None:
    user.communicate(timeout=WAIT_SECONDS)
    assert user.returncode == 0


def _write(server: Server) -> None:
    with psycopg.connect(server.address(OWNER).conninfo()) as owner:
        owner.execute("CREATE TABLE kept (word text)")
        owner.execute("INSERT INTO kept VALUES ('still here')")


def _read(server: Server) -> str:
    with psycopg.connect(server.address(APP).conninfo()) as app:
        row = app.execute("SELECT word FROM kept").fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("role", [SUPERUSER, OWNER, APP])
@pytest.mark.parametrize("password", [None, "", "postgres"])
def test_nobody_gets_in_without_the_password(server: Server, role: str, password: str | None) -> None:
    with pytest.raises(
        psycopg.OperationalError, match=r"no password supplied|password authentication failed"
    ):
        psycopg.connect(
            host=server.where.host,
            port=server.where.port,
            user=role,
            dbname="postgres",
            password=password,
            passfile="/dev/null",
        )


@pytest.mark.parametrize("role", [SUPERUSER, OWNER, APP])
def test_the_kept_password_lets_each_role_in(server: Server, role: str) -> None:
    with psycopg.connect(server.address(role).conninfo()) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (role,)


def test_every_password_is_stored_as_a_scram_verifier(server: Server) -> None:
    with psycopg.connect(server.address(SUPERUSER).conninfo()) as superuser:
        stored = superuser.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
    assert sorted(name for name, _ in stored) == [APP, OWNER, SUPERUSER]
    assert all(verifier.startswith("SCRAM-SHA-256$") for _, verifier in stored)


def test_the_server_listens_on_nothing_but_its_socket_or_the_loopback(server: Server) -> None:
    with psycopg.connect(server.address(SUPERUSER).conninfo()) as superuser:
        listens = superuser.execute("SHOW listen_addresses").fetchone()
    assert listens == ("127.0.0.1" if server.where.host == "127.0.0.1" else "",)


def test_data_and_passwords_are_closed_to_others(fresh: Path) -> None:
    server = embedded.ensure_started(fresh)
    assert server.cluster.data.stat().st_mode & 0o777 == 0o700
    assert (fresh / "secrets").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (fresh / "secrets").iterdir()} == {0o600}
    assert {path.stat().st_uid for path in (fresh / "secrets").iterdir()} == {os.geteuid()}


def test_a_printed_address_shows_no_password(state: Path) -> None:
    address = embedded.ensure_started(state).address(APP)
    assert address.password
    assert address.password not in repr(address)


def test_the_log_holds_no_statement_and_no_row(state: Path) -> None:
    server = embedded.ensure_started(state)
    _write(server)
    with psycopg.connect(server.address(OWNER).conninfo(), autocommit=True) as owner:
        owner.execute("CREATE UNIQUE INDEX once ON kept (word)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO kept VALUES ('still here')")
    log = (server.cluster.data / "server.log").read_text()
    assert "duplicate key" in log
    assert "still here" not in log


def test_data_is_kept_between_runs(state: Path) -> None:
    _write(embedded.ensure_started(state))
    assert embedded.stop(state)
    assert _read(embedded.ensure_started(state)) == "still here"


def test_two_processes_at_once_share_one_server_and_the_last_stops_it(fresh: Path) -> None:
    users = [_user_of(fresh), _user_of(fresh)]
    first, second = (_told(user) for user in users)
    assert first == second
    data = Path(first["data"])
    _end(users[0])
    assert postmaster.is_running(data)
    _end(users[1])
    assert not postmaster.is_running(data)


def test_the_last_user_stops_the_server_when_interrupted(state: Path) -> None:
    user = _user_of(state, stderr=subprocess.PIPE, start_new_session=True)
    data = Path(_told(user)["data"])
    os.killpg(user.pid, signal.SIGINT)  # what Ctrl-C does: every process of the group gets it
    user.communicate(timeout=WAIT_SECONDS)
    assert not postmaster.is_running(data)


def test_a_server_left_by_a_killed_process_is_taken_over(state: Path) -> None:
    user = _user_of(state)
    told = _told(user)
    user.kill()
    user.communicate(timeout=WAIT_SECONDS)
    assert postmaster.is_running(Path(told["data"]))
    server = embedded.ensure_started(state)
    assert _pid(server) == told["pid"]
    assert embedded.stop(state)


def test_a_forked_child_that_ends_leaves_the_server_to_its_parent(state: Path) -> None:
    server = embedded.ensure_started(state)
    child = os.fork()
    if child == 0:
        os._exit(1 if embedded.stop(state) else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert postmaster.is_running(server.cluster.data)


def test_committed_rows_survive_a_killed_server(state: Path) -> None:
    server = embedded.ensure_started(state)
    _write(server)
    os.kill(_pid(server), signal.SIGKILL)
    _until_gone(server)
    _forget(state)
    assert _read(embedded.ensure_started(state)) == "still here"


def test_a_pid_file_whose_number_is_another_programs_does_not_stop_the_start(state: Path) -> None:
    """After a restart of the machine or container the old number may be anybody's, even ours."""
    server = embedded.ensure_started(state)
    _write(server)
    pid_file = server.cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    embedded.stop(state)
    bystander = server.cluster.user
    with subprocess.Popen(
        ["sleep", "60"], **({"user": bystander.uid, "group": bystander.gid} if bystander.switch else {})
    ) as other:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        bystander.own(pid_file)
        pid_file.chmod(0o600)
        try:
            assert _read(embedded.ensure_started(state)) == "still here"
        finally:
            other.kill()


def test_a_maker_killed_half_way_leaves_nothing_in_the_way(fresh: Path) -> None:
    half = fresh / "postgres.building"
    half.mkdir(mode=0o700)
    (half / "PG_VERSION").write_text("18\n")
    with psycopg.connect(embedded.ensure_started(fresh).address(APP).conninfo()) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_a_second_start_is_fast(state: Path) -> None:
    """15 seconds are promised for the whole demo; the database may take a third of them."""
    embedded.ensure_started(state)
    embedded.stop(state)
    began = time.monotonic()
    embedded.ensure_started(state)
    assert time.monotonic() - began < 5


def test_passwords_open_to_others_are_refused(fresh: Path) -> None:
    (fresh / "secrets").mkdir(mode=0o755)
    with pytest.raises(DatabaseUnavailable, match="BOSETT_DATA_DIR"):
        embedded.ensure_started(fresh)


def test_a_data_folder_that_is_gone_is_not_quietly_replaced_by_an_empty_one(fresh: Path) -> None:
    (fresh / "location").write_text(str(fresh / "gone"))
    with pytest.raises(DatabaseUnavailable, match="gone"):
        embedded.ensure_started(fresh)


def test_a_server_that_does_not_start_says_why(fresh: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="shared_buffers"):
        embedded.ensure_started(fresh, settings={"shared_buffers": "no number"})


@AS_ROOT
def test_as_root_the_server_runs_as_a_user_of_its_own(state: Path) -> None:
    server = embedded.ensure_started(state)
    owner = Path(f"/proc/{_pid(server)}").stat().st_uid
    assert owner == server.cluster.user.uid
    assert owner != 0


@AS_ROOT
def test_a_folder_that_the_servers_user_cannot_reach_keeps_its_mode(fresh: Path) -> None:
    """A clone in root's own home: the data moves to a system folder, the home stays closed."""
    home = fresh / "home"
    home.mkdir(mode=0o700)
    inner = home / "clone" / ".bosett"
    server = embedded.ensure_started(inner)
    try:
        assert home.stat().st_mode & 0o777 == 0o700
        assert server.cluster.data.is_relative_to(SYSTEM_FOLDER)
        _write(server)
        embedded.stop(inner)
        assert _read(embedded.ensure_started(inner)) == "still here"
    finally:
        embedded.stop(inner)
        shutil.rmtree(server.cluster.data.parent)


@AS_ROOT
def test_programs_that_the_servers_user_cannot_reach_are_copied(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bosett_server.database import binaries

    hidden = state / "home"
    hidden.mkdir(mode=0o700)
    wheel = binaries._wheel()
    (hidden / wheel.name).symlink_to(wheel)
    (hidden / f"{wheel.name}.libs").symlink_to(wheel.parent / f"{wheel.name}.libs")
    monkeypatch.setattr(binaries, "_wheel", lambda: hidden / wheel.name)
    monkeypatch.setattr(embedded, "SYSTEM_FOLDER", state / "system")
    server = embedded.ensure_started(state)
    assert server.cluster.programs.is_relative_to(state / "system")
    assert hidden.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(server.address(APP).conninfo()) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


@AS_ROOT
def test_an_ordinary_user_runs_it_as_itself(fresh: Path) -> None:
    python = shutil.which("python3", path="/usr/bin:/bin")
    packages = Path(psycopg.__file__).parents[1]
    probe = [str(python), "-c", "import psycopg, bosett_server.database.embedded"]
    as_nobody: dict[str, Any] = {
        "user": "nobody",
        "group": "nogroup",
        "extra_groups": [],
        "cwd": "/",
        "env": {"PYTHONPATH": f"{CLONE}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"},
    }
    if python is None or subprocess.run(probe, capture_output=True, check=False, **as_nobody).returncode:
        pytest.skip("needs a system Python of the same version, and a clone, that others can read")
    mine = fresh / "mine"
    mine.mkdir()
    shutil.chown(mine, "nobody")
    done = subprocess.run(
        [python, "-c", USER, str(mine / ".bosett")], input="", capture_output=True, text=True, **as_nobody
    )
    assert done.returncode == 0, done.stderr
    data = Path(json.loads(done.stdout)["data"])
    assert data == mine / ".bosett" / "postgres"
    assert (data.owner(), data.stat().st_mode & 0o777) == ("nobody", 0o700)


def _pid(server: Server) -> int:
    return int((server.cluster.data / "postmaster.pid").read_text().split()[0])


def _until_gone(server: Server) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while postmaster.is_running(server.cluster.data) and time.monotonic() < deadline:
        time.sleep(0.02)


def _forget(state: Path) -> None:
    """As if this process were a new one: its lease ends, its memory of the server is gone."""
    embedded._servers.pop(state.resolve()).lease.give_back()
