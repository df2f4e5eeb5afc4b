"""Exit codes: what happened, for scripts."""

from __future__ import annotations

from bosett.terms.errors import BadInput, BosettError, NoAnswer, NoRuleInForce, Refused

DONE = 0
FAULT_OF_OURS = 1
BAD_INPUT = 2
NO_ANSWER = 3
CHECK_FAILED = 4
STOPPED = 130
"""Stopped by the user (Ctrl-C), as shells count it; not one of the contract's codes."""


def exit_code(error: BosettError) -> int:
    """The code of an error raised on purpose."""
    if isinstance(error, BadInput):
        return BAD_INPUT
    return NO_ANSWER if isinstance(error, NoAnswer | NoRuleInForce | Refused) else FAULT_OF_OURS
