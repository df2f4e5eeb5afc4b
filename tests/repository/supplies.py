"""Rules about what the project is made of: packages by hash, no addresses, nothing large, no borders."""

import json
import re
from pathlib import Path

from .tree import files, place

LARGEST_BYTES = 2 * 1024 * 1024
BOUNDARY_NAMES = (
    ".topojson",
    ".geojson",
    ".shp",
    ".shx",
    ".dbf",
    ".gpkg",
    ".gml",
    ".kml",
    ".pmtiles",
    ".mbtiles",
)
BOUNDARY_TEXT = re.compile(r'"type"\s*:\s*"(Topology|FeatureCollection|MultiPolygon|Polygon)"')
ADDRESS = re.compile(r"https?:|//|--(extra-)?index-url|--find-links|--trusted-host|\s@\s")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")


def unhashed(root: Path) -> list[str]:
    """Lines of the compiled requirements with an address, or a package without version or hash."""
    found = []
    for file in files(root, ".txt", under="requirements"):
        for number, line in enumerate(_whole_lines(file), start=1):
            if ADDRESS.search(line):
                found.append(f"{place(root, file)} requirement {number} holds an address")
            if not PIN.match(line) or "--hash=sha256:" not in line:
                found.append(f"{place(root, file)} requirement {number} is not pinned by hash: {line[:60]}")
    return found


def unexplained(root: Path) -> list[str]:
    """Lines of requirements/*.in that do not say why the package is here."""
    return [
        f"{place(root, file, number)} gives no reason"
        for file in files(root, ".in", under="requirements")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if line.strip() and not re.search(r"#\s*\S.{5,}", line)
    ]


def different_in_development(root: Path) -> list[str]:
    """Versions of base.txt that dev.txt does not have: tests would run on other code than the service."""
    base, dev = root / "requirements/base.txt", root / "requirements/dev.txt"
    if not base.exists():
        return []
    developed = set(_whole_lines(dev))
    return [
        f"dev.txt differs from base.txt in {line[:60]}"
        for line in _whole_lines(base)
        if line not in developed
    ]


def npm_addresses(root: Path) -> list[str]:
    """Addresses in the npm lock, packages without a checksum, and versions that are ranges."""
    lock, package = root / "package-lock.json", root / "package.json"
    if not package.exists():
        return []
    found = [f"package.json: {name} {version} is a range" for name, version in _npm_ranges(package)]
    for name, entry in json.loads(lock.read_text("utf-8"))["packages"].items():
        if "resolved" in entry:
            found.append(f"package-lock.json: {name} holds an address")
        if name and "integrity" not in entry:
            found.append(f"package-lock.json: {name} has no checksum")
    if "omit-lockfile-registry-resolved=true" not in (root / ".npmrc").read_text("utf-8").splitlines():
        found.append(".npmrc would let npm write addresses into the lock")
    return found


def large(root: Path) -> list[str]:
    """Files over 2 MB."""
    return [
        f"{place(root, file)} has {file.stat().st_size} bytes"
        for file in files(root)
        if file.stat().st_size > LARGEST_BYTES
    ]


def boundaries(root: Path) -> list[str]:
    """Boundary files: the maps here are drawn from one cell per municipality."""
    named = set(files(root, *BOUNDARY_NAMES))
    told = {file for file in files(root, ".json") if BOUNDARY_TEXT.search(file.read_text("utf-8"))}
    return [f"{place(root, file)} is a boundary file" for file in sorted(named | told)]


def _whole_lines(file: Path) -> list[str]:
    joined = file.read_text("utf-8").replace("\\\n", " ")
    return [
        " ".join(line.split()) for line in joined.splitlines() if line.strip() and not line.startswith("#")
    ]


def _npm_ranges(package: Path) -> list[tuple[str, str]]:
    told = json.loads(package.read_text("utf-8"))
    wanted = {**told.get("dependencies", {}), **told.get("devDependencies", {})}
    return [
        (name, version) for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    ]
