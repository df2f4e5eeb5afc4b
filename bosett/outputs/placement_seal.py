"""Checksums over an answer's files, so that a byte changed by hand is found before anything is recomputed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SEALED = ("placements.csv", "prices.csv", "certificate.json")


def seal_summary(folder: Path, summary: Mapping[str, Any]) -> dict[str, Any]:
    """The summary with the checksums of the files written beside it, and of itself."""
    told = {**summary, "files_sha256": {name: _sha256(folder / name) for name in SEALED}}
    return {**told, "seal": summary_seal(told)}


def summary_seal(summary: Mapping[str, Any]) -> str:
    """SHA-256 of the summary without its own seal, as compact JSON with sorted keys."""
    plain = {key: value for key, value in summary.items() if key != "seal"}
    compact = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(compact.encode()).hexdigest()


def changed_files(folder: Path, summary: Mapping[str, Any]) -> list[str]:
    """Names of the files that are not what was written; an answer without checksums has none to check."""
    stated = summary.get("files_sha256", {})
    changed = [name for name, digest in stated.items() if _sha256(folder / name) != digest]
    if "seal" in summary and summary["seal"] != summary_seal(summary):
        changed.append("summary.json")
    return changed


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
