"""The contract's page against the commands: each is named there with every one of its options."""

import argparse
import re
from collections.abc import Iterator

ALWAYS = "## What holds for every command"


def not_told(name: str, parser: argparse.ArgumentParser, page: str) -> list[str]:
    """What the page does not tell of a command: itself, or options missing from the sections that name it."""
    sections = re.split(r"\n(?=## )", page)
    told = [one for one in sections if re.search(rf"\bbosett {re.escape(name)}(?![\w-])", one)]
    if not told:
        return [name]
    text = "\n".join([*told, *(one for one in sections if one.startswith(ALWAYS))])
    return [f"{name} {one}" for one in options(parser) if not re.search(rf"{one}(?![\w-])", text)]


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every long option of a command, and of what can be asked under it."""
    for action in parser._actions:
        yield from (one for one in action.option_strings if one.startswith("--") and one != "--help")
        if isinstance(action, argparse._SubParsersAction):
            for under in action.choices.values():
                yield from options(under)
