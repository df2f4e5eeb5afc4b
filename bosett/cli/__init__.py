"""The command line: `bosett` on files, without the service."""

from bosett.cli.main import main

__all__ = ["main"]
