"""What a command is: a module with a name, its arguments and what it does."""

from __future__ import annotations

import argparse
from typing import Protocol


class Command(Protocol):
    """A module that `bosett/cli/main.py` lists.

    `run` gives the exit code: 0 done, 4 a check failed.  It raises `BadInput` (2), `NoAnswer` or
    `NoRuleInForce` (3); everything else that is raised is a fault of ours (1).
    """

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; print a summary to standard output with `--json`, progress to standard error."""
