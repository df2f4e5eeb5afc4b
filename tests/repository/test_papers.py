"""Links, commands, decisions, changelog and publiccode.yml."""

from pathlib import Path

import pytest

from .papers import broken_links, changelog_faults, incomplete_decisions, publiccode_faults, unknown_commands
from .tree import ROOT, Rule, assert_kept, plant

WHOLE = "# T\n\n## What\n\na\n\n## Why\n\nb\n\n## What else was tried\n\nc\n"


@pytest.mark.parametrize(
    "rule", [broken_links, unknown_commands, incomplete_decisions, changelog_faults, publiccode_faults]
)
def test_the_house_keeps(rule: Rule) -> None:
    assert_kept(rule)


def test_every_decision_that_the_architecture_rests_on_is_recorded() -> None:
    told = "\n".join(file.read_text("utf-8").lower() for file in (ROOT / "docs/decisions").glob("*.md"))
    for subject in ("mit", "embedded", "two packages", "hash", "htmx", "openfisca", "pghistory", "bootstrap"):
        assert subject in told, subject


def test_a_link_to_nothing_is_found_and_one_in_code_is_let_be(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md", "# Big thing\n[b](b.md) [c](../c.md) [self](#big-thing) `[d](d.md)`\n")
    plant(
        tmp_path, "c.md", "[a](docs/a.md#big-thing) [b](docs/a.md#small-thing) [web](https://example.org)\n"
    )
    assert broken_links(tmp_path) == [
        "c.md links to docs/a.md#small-thing, a heading that is not there",
        "docs/a.md links to b.md, which is not there",
    ]


def test_a_command_that_run_does_not_know_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "README.md",
        "```\n./run demo\n./run fly --high\n```\nOr `./run test`, but ./run is one script.\n",
    )
    assert unknown_commands(tmp_path) == ["README.md names ./run fly, which does not exist"]


def test_a_decision_without_its_reason_or_with_a_taken_number_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "docs/decisions/0001-whole.md", WHOLE)
    plant(tmp_path, "docs/decisions/0001-same-number.md", WHOLE)
    plant(tmp_path, "docs/decisions/0002-half.md", WHOLE.replace("## Why", "## Well"))
    assert incomplete_decisions(tmp_path) == [
        "docs/decisions/0001-whole.md needs a number of its own: NNNN-title.md",
        "docs/decisions/0002-half.md has no '## Why'",
    ]


def test_a_changelog_out_of_order_or_silent_on_results_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "CHANGELOG.md",
        "## 2026-01-01\nResults change from: never.\n\n## 2026-02-01 Rates\nNew.\n\n## Soon\n",
    )
    assert changelog_faults(tmp_path) == [
        "CHANGELOG.md: '## Soon' does not begin with a date",
        "CHANGELOG.md: the newest does not come first",
        "CHANGELOG.md: '2026-02-01 Rates' does not say from when results change",
        "CHANGELOG.md: 'Soon' does not say from when results change",
    ]


def test_a_publiccode_file_without_its_parts_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "publiccode.yml", "publiccodeYmlVersion: '0.4'\nname: A\nurl: https://example.org\n")
    assert publiccode_faults(tmp_path) == [
        f"publiccode.yml lacks {key}"
        for key in (
            "platforms",
            "developmentStatus",
            "softwareType",
            "description",
            "legal",
            "maintenance",
            "localisation",
        )
    ]
