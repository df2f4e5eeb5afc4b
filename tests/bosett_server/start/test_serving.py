"""The service begins and ends as a whole."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

STOPS_WITHIN_SECONDS = 15
"""Less than what a process is given before it is killed: one that never began would need that long."""
SERVICE = """
import os, sys
from bosett_server.commands.serve import serve
print(os.getpid(), flush=True)
serve(int(sys.argv[1]), 2, lambda: print(os.getpid(), flush=True))
"""


def test_readiness_is_said_by_a_process_that_serves_and_an_interrupt_ends_all_of_them(tmp_path: Path):
    """A thread that writes in the process that forks the others can leave one of those locked for ever."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    told = {
        "BOSETT_TODAY": "2026-03-16", "BOSETT_DATA_DIR": str(tmp_path), "BOSETT_STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "DJANGO_SETTINGS_MODULE": "bosett_server.settings",
    }  # fmt: skip
    command = [sys.executable, "-c", SERVICE, str(port)]
    with subprocess.Popen(command, env=os.environ | told, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        first, said = int(running.stdout.readline()), int(running.stdout.readline())
        assert first == running.pid != said
        running.send_signal(signal.SIGINT)
        assert running.wait(STOPS_WITHIN_SECONDS) == 0
