"""Colours that carry words or meaning reach WCAG AA in light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[3] / "frontend" / "css"
THEME = (CSS / "theme.css").read_text("utf-8")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colours(scheme: str) -> dict[str, str]:
    block = re.search(rf'data-color-scheme="{scheme}"\]\s*{{(.*?)}}', THEME, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--ds-color-([\w-]+):\s*(#[0-9a-fA-F]{6})", block[1]))


def own(file: str, scheme: str) -> dict[str, str]:
    """Our own variables; the first rule that names one is light, the dark rule overrides it."""
    text = (CSS / file).read_text("utf-8")
    light = re.search(r":root\s*{(.*?)}", text, re.DOTALL)
    dark = re.search(r'^ *\[data-color-scheme="dark"\]\s*{(.*?)}', text, re.DOTALL | re.MULTILINE)
    assert light is not None
    assert dark is not None
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light[1]))
    return found | (dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", dark[1])) if scheme == "dark" else {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["accent", "neutral", "korn", "lyng", "info", "success", "warning", "danger"]
)
def test_words_can_be_read_on_their_ground(scheme: str, name: str) -> None:
    found = colours(scheme)
    ground = found["neutral-background-default"]
    assert contrast(found[f"{name}-text-subtle"], ground) >= 4.5
    assert contrast(found[f"{name}-text-default"], found[f"{name}-surface-tinted"]) >= 4.5
    assert contrast(found[f"{name}-base-contrast-default"], found[f"{name}-base-default"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_can_be_read(scheme: str) -> None:
    frame = own("base.css", scheme)
    for ground in ("frame-ground", "frame-ground-hover"):
        assert contrast(frame["frame-words"], frame[ground]) >= 4.5
        assert contrast(frame["frame-quiet"], frame[ground]) >= 4.5
    assert contrast(frame["frame-edge"], frame["frame-ground"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_the_page_can_be_read_on_its_own_ground(scheme: str) -> None:
    ground = own("base.css", scheme)["page-ground"]
    found = colours(scheme)
    assert contrast(found["neutral-text-subtle"], ground) >= 4.5
    assert contrast(found["accent-text-subtle"], ground) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_bars_stand_out_and_names_of_lines_can_be_read(scheme: str) -> None:
    ground = colours(scheme)["neutral-background-default"]
    chart = own("charts.css", scheme)
    assert min(contrast(chart[f"line-{n}"], ground) for n in (1, 2, 3, 4)) >= 4.5
    assert min(contrast(chart[name], ground) for name in ("bar", "bar-strong")) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_five_classes_of_the_map_go_one_way_from_light_to_dark(scheme: str) -> None:
    shades = own("hexmap.css", scheme)
    steps = [luminance(shades[f"hex-{n}"]) for n in range(1, 6)]
    assert steps == sorted(steps, reverse=scheme == "light")
    assert min(contrast(shades[f"hex-{n}"], shades[f"hex-{n + 1}"]) for n in range(1, 5)) >= 1.4
