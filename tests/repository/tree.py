"""The files that the rules look at.  A rule is a function from a root folder to the breaches it found."""

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NOT_OURS = {
    ".bosett",
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".setup",
    ".venv",
    "__pycache__",
    "built",
    "built.new",
    "node_modules",
    "staticfiles",
    "test-results",
}
"""Folders that git ignores: made on the machine, never committed."""

Rule = Callable[[Path], list[str]]


def files(root: Path, *suffixes: str, under: str = ".") -> Iterator[Path]:
    """Every file of ours below `under`, in order; only those with one of `suffixes`, when any is given."""
    for folder, folders, names in os.walk(root / under):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS)
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                yield Path(folder) / name


def place(root: Path, file: Path, line: int | None = None) -> str:
    """`folder/file.py:12`, as a person and an editor read it."""
    shown = file.relative_to(root).as_posix()
    return f"{shown}:{line}" if line else shown


def parsed(file: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def assert_kept(rule: Rule) -> None:
    """The rule finds no breach in our own tree; if it does, every one is named."""
    breaches = rule(ROOT)
    assert not breaches, f"{len(breaches)} breaches of {rule.__name__}:\n" + "\n".join(breaches)


def plant(root: Path, name: str, content: str) -> Path:
    """Write a sample file for a rule to be tried on."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    return file
