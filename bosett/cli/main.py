"""`bosett COMMAND ...`: finds the command, turns errors into exit codes and one clear line."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from bosett import __version__
from bosett.cli import (
    backtest,
    commitments,
    defects,
    distribute,
    expenditure,
    figures,
    forecast,
    grant_frame,
    grant_lists,
    grant_payments,
    grant_rates,
    grants,
    hexmap,
    need,
    outcomes,
    place,
    protect,
    score_ledger,
    simulate,
    stream,
    verify,
    votes,
    year_report,
)
from bosett.cli.command import Command
from bosett.cli.exits import FAULT_OF_OURS, STOPPED, exit_code
from bosett.terms.errors import BosettError

COMMANDS: tuple[Command, ...] = (
    distribute,
    place,
    verify,
    stream,
    outcomes,
    grants,
    grant_frame,
    grant_payments,
    grant_lists,
    grant_rates,
    votes,
    hexmap,
    forecast,
    backtest,
    score_ledger,
    need,
    simulate,
    expenditure,
    figures,
    defects,
    protect,
    commitments,
    year_report,
)
"""Every command, one module each, in the order that the help shows them."""

EXIT_CODES = """exit codes:
  0 done   2 bad input (nothing is written)   3 no answer under the rules
  4 a check failed   1 a fault of ours"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code (docs: the command line and file contract)."""
    parser = build_parser(COMMANDS)
    try:
        read = parser.parse_args(arguments)
    except SystemExit as left:  # argparse has printed why: 0 after --help, 2 after a wrong argument
        return int(left.code or 0)
    try:
        return int(read.run(read))
    except BosettError as error:
        sys.stderr.write(f"bosett: {error}\n")
        return exit_code(error)
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT_OF_OURS
    except KeyboardInterrupt:  # stopped by the user: nothing half-written is left
        sys.stderr.write("bosett: stopped\n")
        return STOPPED
    except Exception:
        sys.stderr.write("bosett: a fault of ours, please report it with the lines below\n")
        traceback.print_exc()
        return FAULT_OF_OURS


def build_parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="bosett",
        description="Reception and settlement of refugees, computed on files.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"bosett {__version__}")
    chosen = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    for command in commands:
        own = chosen.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(own)
        own.set_defaults(run=command.run)
    return parser
