"""YAML read strictly: no repeated key, no binary fraction, and every place known by its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bosett.terms.errors import BadInput

PLAIN_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
PLAIN_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+", re.ASCII)


class Lines(dict[str, Any]):
    """A mapping that knows the line it starts on and the line of each of its keys."""

    line: int = 0
    key_lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    """Safe loader that refuses repeated keys and reads decimals from their digits."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lines:
    found = Lines()
    found.line, found.key_lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise BadInput("a key that is no text", "a text as key", row=line)
        if key in found:
            raise BadInput(f"the key {key!r} twice", "each key once", row=line)
        found[key] = loader.construct_object(value_node, deep=True)
        found.key_lines[key] = line
    return found


def _whole(loader: _Loader, node: yaml.ScalarNode) -> int:
    """YAML 1.1 would read 010 as 8 and 1:30 as 90: only plain digits are a number here."""
    return int(_written(loader, node, PLAIN_WHOLE))


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(_written(loader, node, PLAIN_DECIMAL))


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        raise BadInput(node.value, "a day that exists", row=node.start_mark.line + 1) from None


def _written(loader: _Loader, node: yaml.ScalarNode, plain: re.Pattern[str]) -> str:
    text = str(loader.construct_scalar(node))
    if not plain.fullmatch(text):
        raise BadInput(text, "a number in plain digits, such as 241100 or 0.85", row=node.start_mark.line + 1)
    return text


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read_yaml(file: Path) -> Any:
    """The content of a YAML file; mappings are `Lines`, decimals are `Decimal`.

    Raises
    ------
    BadInput
        If it cannot be read, is not UTF-8 or YAML, or repeats a key; names file and line.
    """
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(file), bad.row) from None
    except yaml.MarkedYAMLError as bad:
        line = bad.problem_mark.line + 1 if bad.problem_mark else None
        raise BadInput(str(bad.problem), "YAML", str(file), line) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as bad:
        raise BadInput(f"an unreadable file ({bad})", "a YAML file in UTF-8", str(file)) from None
