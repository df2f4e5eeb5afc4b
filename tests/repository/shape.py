"""Rules about the shape of the code: sizes, names, and what every reader may expect to be told."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .tree import files, parsed, place

MODULE_LINES = 300
FUNCTION_LINES = 50
PACKAGES = ("bosett", "bosett_server", "tools")
LONG_MAY_BE = ("tests/", "benchmarks/", "bosett_server/records/migrations/")
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc"}

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(root: Path) -> list[str]:
    """Modules over 300 lines and functions over 50, docstrings not counted."""
    found = []
    for file in files(root, ".py"):
        if place(root, file).startswith(LONG_MAY_BE) or "data" in file.parts:
            continue
        tree = parsed(file)
        if (lines := _module_lines(file, tree)) > MODULE_LINES:
            found.append(f"{place(root, file)} has {lines} lines (at most {MODULE_LINES})")
        found += [
            f"{place(root, file, function.lineno)} {function.name} has {lines} lines"
            f" (at most {FUNCTION_LINES})"
            for function in ast.walk(tree)
            if isinstance(function, Function) and (lines := _function_lines(function)) > FUNCTION_LINES
        ]
    return found


def empty_names(root: Path) -> list[str]:
    """Modules and folders whose name says nothing about what they hold."""
    ours = (file for file in files(root) if not file.name.startswith("."))
    named = {part for file in ours for part in [file, *file.relative_to(root).parents]}
    shown = {(root / path).relative_to(root).as_posix() for path in named if path.stem in EMPTY_NAMES}
    return [f"{path} is named for nothing" for path in sorted(shown)]


def untold(root: Path) -> list[str]:
    """Modules without a docstring, and public functions and classes of the library without one.

    A package below the floors may be an empty file: its folder's name is enough.
    """
    found = []
    for package in PACKAGES:
        for file in files(root, ".py", under=package):
            if "migrations" in file.parts:
                continue
            tree = parsed(file)
            if not ast.get_docstring(tree) and not _empty_package_below_the_floors(root, file):
                found.append(f"{place(root, file)} does not say what it holds")
            if package == "bosett":
                found += [
                    f"{place(root, file, node.lineno)} {node.name} has no docstring" for node in _silent(tree)
                ]
    return found


def folders_without_a_floor(root: Path) -> list[str]:
    """Folders with code in the two packages that Python would not see as packages."""
    found = []
    for package in ("bosett", "bosett_server"):
        folders = {file.parent for file in files(root, ".py", under=package)}
        found += [
            f"{place(root, folder)} has no __init__.py"
            for folder in sorted(folders)
            if not (folder / "__init__.py").exists()
        ]
    return found


def _empty_package_below_the_floors(root: Path, file: Path) -> bool:
    return file.name == "__init__.py" and len(file.relative_to(root).parts) > 3 and file.stat().st_size == 0


def _silent(tree: ast.Module) -> list[ast.ClassDef | Function]:
    return [node for node in _public(tree) if not ast.get_docstring(node)]


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    for child in node.body:
        if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
            if not _is_overload(child):
                yield child
            if isinstance(child, ast.ClassDef) and not _is_protocol(child):
                yield from _public(child)


def _is_protocol(node: ast.ClassDef) -> bool:
    """Its members have no bodies to tell about; the class tells what is asked of them."""
    return any(ast.unparse(base).split("[")[0].endswith("Protocol") for base in node.bases)


def _is_overload(node: ast.ClassDef | Function) -> bool:
    return any(ast.unparse(decorator).endswith("overload") for decorator in node.decorator_list)


def _module_lines(file: Path, tree: ast.Module) -> int:
    told = sum(_docstring_lines(node) for node in ast.walk(tree) if isinstance(node, Documented))
    return len(file.read_text("utf-8").splitlines()) - told


def _function_lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1 - _docstring_lines(function)


def _docstring_lines(node: Documented) -> int:
    if not ast.get_docstring(node):
        return 0
    text = node.body[0]
    return (text.end_lineno or text.lineno) - text.lineno + 1
