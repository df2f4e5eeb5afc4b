"""The frame, the household's page and the style page as they are sent."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import Http404
from django.test import RequestFactory
from django.utils.translation import override

from bosett_server.access.roles import Role
from bosett_server.web.look import style_page, views
from bosett_server.web.look.sources import carried_tables
from bosett_server.web.look.templatetags.look import role_name

from .site import rendered

LOOK = Path(style_page.__file__).parent


@pytest.mark.parametrize(
    "template",
    ["look/page.html", "look/shortcuts.html", "look/household_page.html", "look/accessibility.html"],
)
def test_a_page_has_one_heading_a_way_past_the_frame_and_nothing_inline(template: str) -> None:
    html = rendered(template)
    assert html.count("<h1") == 1
    assert html.index('href="#content"') < html.index('id="content"')
    assert " style=" not in html
    assert "<style" not in html
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"\son[a-z]+=", html) == []


def test_no_name_is_used_twice_on_the_style_page() -> None:
    ids = re.findall(r'\sid="([^"]+)"', rendered("look/page.html"))
    assert len(ids) == len(set(ids))


def test_the_colour_scheme_is_in_the_page_itself_so_that_nothing_flashes() -> None:
    assert 'data-color-scheme="auto"' in rendered("look/shortcuts.html")
    assert 'data-color-scheme="dark"' in rendered("look/shortcuts.html", cookies={"look_scheme": "dark"})


def test_a_page_right_to_left_says_so() -> None:
    assert '<html lang="ar" dir="rtl"' in rendered("look/household_page.html", "ar")
    assert '<html lang="nb" dir="ltr"' in rendered("look/household_page.html", "nb")


def test_every_table_with_a_source_file_is_on_the_page_of_sources() -> None:
    files = list((LOOK.parents[2] / "parameters").glob("**/*.source.yaml"))
    html = rendered("look/sources.html", tables=carried_tables())
    assert len(files) >= 20
    assert html.count("<tr id=") == len(files)
    assert "Kartverket, CC BY 4.0" in html


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_role_has_a_name_of_its_own(language: str) -> None:
    with override(language):
        names = [role_name(role) for role in Role]
    assert len(set(names)) == len(Role)


def test_synthetic_persons_are_marked_on_every_page_of_the_demo() -> None:
    assert "Syntetiske personer" in rendered("look/shortcuts.html", synthetic=True)
    assert "Syntetiske personer" in rendered("look/household_page.html", synthetic=True)
    assert "Syntetiske personar" in rendered("look/shortcuts.html", "nn", synthetic=True)


def test_the_style_page_is_not_shown_in_real_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEBUG", False)
    monkeypatch.setattr(settings, "BOSETT_DEMO", False)
    with pytest.raises(Http404):
        views.look_page(RequestFactory().get("/look/"))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_word_of_the_style_page_is_written_in_both_norwegian_forms(language: str) -> None:
    tree = ast.parse((LOOK / "style_page.py").read_text("utf-8"))
    said = {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"said", "said_later"}
        and isinstance(call.args[0], ast.Constant)
    }
    with (LOOK / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert len(said) > 40
    assert [
        words for words in said if not (found := catalogue.get(words, "style page")) or not found.string
    ] == []


def test_what_is_not_translated_to_sami_is_shown_in_bokmal_and_not_in_english() -> None:
    html = rendered("look/shortcuts.html", "se")
    assert "Njuike sisdollui" in html
    assert "Neste rad" in html
    assert "Next row" not in html
