"""A pytest plug-in: tests that need a browser or the system's PostgreSQL are skipped by name, or refused.

`./run test` loads it.  With BOSETT_REQUIRE_ALL=1 (as `.ci/run` sets it) a missing need stops the run with an
error, so that a green run means that everything was tried.
"""

import os

import pytest

from tools.tests_run import CHROMIUM, POSTGRES

NEEDS = {
    "browser": (CHROMIUM, "Chromium (Debian: chromium)"),
    "debian_postgres": (POSTGRES, "PostgreSQL of the system (Debian: postgresql)"),
}
REQUIRE_ALL = "BOSETT_REQUIRE_ALL"


def missing() -> dict[str, str]:
    """Marker -> the words for what this machine lacks."""
    return {marker: words for marker, (variable, words) in NEEDS.items() if not os.environ.get(variable)}


def pytest_configure() -> None:
    """With BOSETT_REQUIRE_ALL=1, refuse to start when something is missing."""
    if os.environ.get(REQUIRE_ALL) == "1" and missing():
        raise pytest.UsageError(
            f"{REQUIRE_ALL}=1, and this machine has no {', no '.join(missing().values())}"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what can't be tried here."""
    for marker, words in missing().items():
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"no {words}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, just before pytest's own closing line."""
    for words in missing().values():
        terminalreporter.write_line(f"Left out on this machine: everything that needs {words}.")
