"""Progress on standard error: a bar on a terminal, a line at the start and the end elsewhere."""

from __future__ import annotations

from typing import TextIO

WIDTH = 30


class Progress:
    """Tells how far a piece of work has come; never writes to standard output.

    Parameters
    ----------
    label
        What is being done.
    total
        Steps, >= 1.
    stream
        Where to write; a bar is drawn only if it is a terminal.
    """

    def __init__(self, label: str, total: int, stream: TextIO) -> None:
        self._label, self._total, self._stream = label, max(1, total), stream
        self._done = 0
        self._terminal = stream.isatty()
        self._tell()

    def step(self, steps: int = 1) -> None:
        """Tell that so many more steps are done; never beyond the total."""
        self._done = min(self._total, self._done + steps)
        if self._terminal or self._done == self._total:
            self._tell()

    def _tell(self) -> None:
        if not self._terminal:
            self._stream.write(f"{self._label}: {self._done} of {self._total}\n")
            return
        filled = WIDTH * self._done // self._total
        bar = "#" * filled + "." * (WIDTH - filled)
        end = "\n" if self._done == self._total else ""
        self._stream.write(f"\r{self._label} [{bar}] {self._done}/{self._total}{end}")
        self._stream.flush()
