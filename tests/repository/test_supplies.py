"""Packages by hash, no addresses, nothing large, no boundary files."""

import json
from pathlib import Path

import pytest

from .supplies import boundaries, different_in_development, large, npm_addresses, unexplained, unhashed
from .tree import Rule, assert_kept, plant

HASHED = "django==5.2.1 \\\n    --hash=sha256:aa\n"


@pytest.mark.parametrize(
    "rule", [unhashed, unexplained, different_in_development, npm_addresses, large, boundaries]
)
def test_the_house_keeps(rule: Rule) -> None:
    assert_kept(rule)


def test_a_requirement_without_a_hash_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "requirements/base.txt", HASHED + "numpy==2.4.1\n")
    assert unhashed(tmp_path) == ["requirements/base.txt requirement 2 is not pinned by hash: numpy==2.4.1"]


@pytest.mark.parametrize(
    "line", ["--index-url https://example.org/simple", "numpy @ https://example.org/numpy.whl"]
)
def test_an_address_among_the_requirements_is_found(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "requirements/base.txt", HASHED + line + "\n")
    assert "requirements/base.txt requirement 2 holds an address" in unhashed(tmp_path)


def test_a_package_without_a_reason_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "requirements/base.in", "Django>=5.2  # web framework\nnumpy\n")
    assert unexplained(tmp_path) == ["requirements/base.in:2 gives no reason"]


def test_a_version_that_tests_would_not_run_on_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "requirements/base.txt", HASHED)
    plant(tmp_path, "requirements/dev.txt", HASHED.replace("5.2.1", "5.2.2"))
    assert different_in_development(tmp_path) == [
        "dev.txt differs from base.txt in django==5.2.1 --hash=sha256:aa"
    ]


def test_an_npm_address_a_missing_checksum_and_a_range_are_found(tmp_path: Path) -> None:
    plant(tmp_path, ".npmrc", "save-exact=true\n")
    plant(tmp_path, "package.json", json.dumps({"dependencies": {"d3-geo": "^3.1.1"}}))
    entry = {"version": "3.1.1", "resolved": "https://example.org/d3-geo.tgz"}
    plant(tmp_path, "package-lock.json", json.dumps({"packages": {"": {}, "node_modules/d3-geo": entry}}))
    assert npm_addresses(tmp_path) == [
        "package.json: d3-geo ^3.1.1 is a range",
        "package-lock.json: node_modules/d3-geo holds an address",
        "package-lock.json: node_modules/d3-geo has no checksum",
        ".npmrc would let npm write addresses into the lock",
    ]


def test_a_file_over_two_megabytes_is_found(tmp_path: Path) -> None:
    (tmp_path / "fits.csv").write_bytes(b"x" * 2 * 1024 * 1024)
    (tmp_path / "large.csv").write_bytes(b"x" * (2 * 1024 * 1024 + 1))
    assert large(tmp_path) == ["large.csv has 2097153 bytes"]


def test_a_boundary_file_is_found_by_name_and_by_content(tmp_path: Path) -> None:
    plant(tmp_path, "a.topojson", "{}")
    plant(tmp_path, "b.json", '{"type": "FeatureCollection", "features": []}')
    plant(tmp_path, "c.json", '{"type": "object"}')
    assert boundaries(tmp_path) == ["a.topojson is a boundary file", "b.json is a boundary file"]
