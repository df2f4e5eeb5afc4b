"""A file to import: its bytes within a limit, its fingerprint, its text in the encoding it claims."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bosett.terms.errors import BadInput

LIMIT_BYTES = 24 * 2**20
"""Six times the largest known source file; a bigger one is refused unread.

Reading takes at most some forty times the file's size, so the limit keeps it within a gigabyte.
"""


@dataclass(frozen=True)
class Opened:
    """A file's name and content."""

    name: str
    content: bytes
    sha256: str

    @property
    def suffix(self) -> str:
        """The ending of the name, lower case, with its dot."""
        return Path(self.name).suffix.lower()

    def text(self, encoding: str = "utf-8-sig") -> str:
        """The content as text.

        Raises
        ------
        BadInput
            Names the line with the first byte that is not of the encoding.
        """
        try:
            return self.content.decode(encoding)
        except UnicodeDecodeError as bad:
            line = self.content.count(b"\n", 0, bad.start) + 1
            found = f"a byte that is not {encoding.upper()} (0x{self.content[bad.start]:02x})"
            raise BadInput(found, f"a file saved as {encoding.upper()}", self.name, line) from None

    def json(self) -> Any:
        """The content as JSON; numbers with decimals become `Decimal`-safe text by the reader."""
        try:
            return json.loads(self.text())
        except json.JSONDecodeError as bad:
            raise BadInput(f"no JSON ({bad.msg})", "a whole JSON file", self.name, bad.lineno) from None
        except RecursionError:
            raise BadInput("JSON nested too deep", "a JSON file of the source", self.name) from None

    def rows(self, delimiter: str, encoding: str = "utf-8-sig") -> list[tuple[int, list[str]]]:
        """The rows of a delimited file with their line numbers, empty ones left out."""
        reader = csv.reader(io.StringIO(self.text(encoding), newline=""), delimiter=delimiter, strict=True)
        try:
            return [(reader.line_num, cells) for cells in reader if "".join(cells).strip()]
        except csv.Error as bad:
            raise BadInput(
                str(bad), f"fields separated by {delimiter!r}", self.name, reader.line_num
            ) from None


def open_file(path: Path, limit_bytes: int = LIMIT_BYTES) -> Opened:
    """Read a file whole.

    Promise: a file above the limit is refused by its size alone; none of it is read.

    Raises
    ------
    BadInput
        If it is not there, empty or too big.
    """
    if not path.is_file():
        raise BadInput("no such file", "a file that exists", path.name)
    size = path.stat().st_size
    if size > limit_bytes:
        raise BadInput(f"{size:,} bytes", f"at most {limit_bytes:,} bytes; divide the file", path.name)
    return opened(path.name, path.read_bytes())


def opened(name: str, content: bytes) -> Opened:
    """A file whose bytes are already here, as an upload; empty is refused."""
    if not content:
        raise BadInput("an empty file", "a file with content", name)
    if len(content) > LIMIT_BYTES:
        raise BadInput(f"{len(content):,} bytes", f"at most {LIMIT_BYTES:,} bytes; divide the file", name)
    return Opened(name, content, hashlib.sha256(content).hexdigest())
