"""Templates under a strict content security policy."""

from pathlib import Path

import pytest

from .pages import refused_by_the_policy
from .tree import assert_kept, plant


def test_the_house_keeps_the_policy() -> None:
    assert_kept(refused_by_the_policy)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<p style="color: red">a</p>', "has style="),
        ("<style>p { color: red }</style>", "has a <style>"),
        ("<script>alert(1)</script>", "has a <script> without src"),
        ('<button class="a" onclick="go()">a</button>', "has onclick="),
        ('<button hx-on:click="go()">a</button>', "has hx-on:click="),
        ('<script src="https://example.org/a.js"></script>', "loads src from another host"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "loads href from another host"),
        ('<p {% if a %}class="b"{% endif %}\n   style="c">a</p>', "has style="),
    ],
)
def test_what_the_policy_refuses_is_found(tmp_path: Path, html: str, fault: str) -> None:
    plant(tmp_path, "bosett_server/web/start/templates/start/page.html", html)
    assert refused_by_the_policy(tmp_path) == [f"bosett_server/web/start/templates/start/page.html:1 {fault}"]


@pytest.mark.parametrize(
    "html",
    [
        "<script src=\"{% static 'built/site.js' %}\" defer></script>",
        '<a href="https://example.org/">elsewhere</a>',
        "{# <p style='a'> #}<!-- <script>a</script> -->{% comment %}<style>{% endcomment %}",
        '<p data-style="a" aria-label="on = off">a</p>',
        '<input value="{{ value }}" {% if a > b %}checked{% endif %}>',
    ],
)
def test_what_the_policy_allows_is_let_be(tmp_path: Path, html: str) -> None:
    plant(tmp_path, "bosett_server/web/start/templates/start/page.html", html)
    assert refused_by_the_policy(tmp_path) == []
