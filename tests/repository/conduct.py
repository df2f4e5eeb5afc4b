"""Rules about what code may do: where it writes, where it may know the time, and that it hides no error."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .tree import files, parsed, place

WRITES_LIVE_IN = ("bosett_server/actions/", "bosett_server/records/migrations/")
ROW_WRITES = {"save", "asave", "delete", "adelete"}
TABLE_WRITES = {"create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
TABLE_WORDS = {"objects", "filter", "exclude", "all", "select_for_update"}
NOT_ROWS = {"router", "session", "cache", "cookies"}

CLOCKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "timezone.now",
    "time.time",
    "time.time_ns",
}
CHANCE = {"random.seed", "uuid.uuid4", "secrets.token_hex", "os.urandom"}

SAYS_ITS_ZONE = ("datetime.now(UTC)", "datetime.fromisoformat(")

MARKS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
WRITTEN = (
    ".py",
    ".html",
    ".md",
    ".css",
    ".js",
    ".mjs",
    ".sql",
    ".yaml",
    ".yml",
    ".po",
    ".toml",
    ".sh",
    ".txt",
)


def writes_outside_actions(root: Path) -> list[str]:
    """Calls that change rows anywhere in the service but in its actions and migrations."""
    return [
        f"{place(root, file, call.lineno)} writes with .{call.func.attr}()"
        for file in files(root, ".py", under="bosett_server")
        if not place(root, file).startswith(WRITES_LIVE_IN)
        for call in ast.walk(parsed(file))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _writes(call.func)
    ]


def clocks_in_the_library(root: Path) -> list[str]:
    """Today's date, the time of day, or chance without a seed, inside the pure library."""
    found = []
    for file in files(root, ".py", under="bosett"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and (what := _clock_or_chance(node)):
                found.append(f"{place(root, file, node.lineno)} calls {what}")
            if isinstance(node, ast.Import) and any(name.name == "random" for name in node.names):
                found.append(f"{place(root, file, node.lineno)} imports random")
    return found


def days_of_another_zone(root: Path) -> list[str]:
    """`.date()` of a stored moment in the service: the database gives it in UTC, and by night that is yesterday."""
    return [
        f"{place(root, file, call.lineno)} takes .date() of {ast.unparse(call.func.value)}; timezone.localdate() it"
        for file in files(root, ".py", under="bosett_server")
        for call in ast.walk(parsed(file))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "date"
        if not call.args and not ast.unparse(call.func.value).startswith(SAYS_ITS_ZONE)
    ]


def swallowed_errors(root: Path) -> list[str]:
    """Handlers that do nothing, that catch everything without raising again, or suppress(Exception)."""
    found = []
    for file in files(root, ".py"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ExceptHandler) and _swallows(node):
                found.append(f"{place(root, file, node.lineno)} swallows what it catches")
            if isinstance(node, ast.Call) and ast.unparse(node).endswith(
                ("suppress(Exception)", "suppress(BaseException)")
            ):
                found.append(f"{place(root, file, node.lineno)} suppresses everything")
    return found


def marks_for_later(root: Path) -> list[str]:
    """Markers of work left undone; what is left undone is written where people look for it."""
    return [
        f"{place(root, file, number)} leaves a {mark[1]}"
        for file in files(root, *WRITTEN)
        if not place(root, file).startswith("requirements/")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if (mark := MARKS.search(line))
    ]


def _writes(called: ast.Attribute) -> bool:
    chain = set(_chain(called.value))
    if called.attr in ROW_WRITES:
        return not chain & NOT_ROWS
    return called.attr in TABLE_WRITES and bool(chain & TABLE_WORDS)


def _chain(node: ast.expr) -> Iterator[str]:
    """The names along `a.b(c).d`: a, b, d."""
    while True:
        match node:
            case ast.Attribute(value=value, attr=attr):
                yield attr
                node = value
            case ast.Call(func=func):
                node = func
            case ast.Name(id=name):
                yield name
                return
            case _:
                return


def _clock_or_chance(call: ast.Call) -> str | None:
    called = ast.unparse(call.func)
    last_two = ".".join(called.split(".")[-2:])
    if last_two in CLOCKS | CHANCE:
        return called
    unseeded = called.endswith("default_rng") and not call.args and not call.keywords
    return called if unseeded else None


def _swallows(handler: ast.ExceptHandler) -> bool:
    does_nothing = all(
        isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
        for step in handler.body
    )
    raises_again = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    return does_nothing or (handler.type is None and not raises_again)
