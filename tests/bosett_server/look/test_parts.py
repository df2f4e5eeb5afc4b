"""Tables, forms, tags and the reader's choices."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override

from bosett.terms.figure import Figure, State
from bosett_server.web.look import preferences, views
from bosett_server.web.look.tables import Column, Row, Table, cell
from bosett_server.web.look.templatetags.look import address_with


def shown(source: str, **values: object) -> str:
    request = RequestFactory().get("/households/?sort=-ready&page=3&q=a%26b")
    with override("nb"):
        return Template("{% load look %}" + source).render(Context({"request": request, **values}))


class Answer(forms.Form):
    persons = forms.IntegerField(label="Personer", help_text="Alle personer", min_value=0)
    meeting = forms.DateField(label="Møte", required=False)
    state = forms.ChoiceField(label="Svar", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])


TABLE = Table(
    "Klare",
    (Column("name", "Navn", sortable=True), Column("asked", "Anmodet", "number", sortable=True)),
    (Row(("<b>H-1", Figure.missing(State.AWAITING)), "7", "/h/7"), Row(("H-2", 1300), "8", "/h/8")),
    sort="-asked",
    selectable=True,
)


def test_a_field_is_tied_to_its_help_and_its_error() -> None:
    html = shown("{% field form.persons %}", form=Answer({"persons": "-1"}))
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    ids = described[1].split()
    assert ids == ["id_persons_help", "id_persons_error"]
    assert all(f'id="{name}"' in html for name in ids)
    assert 'aria-invalid="true"' in html
    assert '<label class="ds-label" for="id_persons">' in html


def test_a_field_without_help_or_error_refers_to_nothing() -> None:
    html = shown("{% field form.meeting %}", form=Answer())
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html
    assert "(valgfritt)" in html


def test_a_date_is_given_to_the_browser_in_iso_form() -> None:
    html = shown("{% field form.meeting %}", form=Answer(initial={"meeting": date(2026, 2, 10)}))
    assert 'type="date"' in html
    assert 'value="2026-02-10"' in html


def test_a_group_of_choices_has_a_legend_and_its_error_reaches_the_first_choice() -> None:
    form = Answer({"persons": "4"})
    html = shown("{% error_summary form %}{% field form.state %}", form=form)
    assert "<legend" in html
    assert 'href="#id_state_0"' in html
    assert 'id="id_state_0"' in html


def test_the_error_summary_names_each_field_and_is_absent_without_errors() -> None:
    html = shown("{% error_summary form %}", form=Answer({"persons": "-1"}))
    assert html.count("<li>") == 2
    assert "Personer: " in html
    assert "Svar: " in html
    assert "2 ting må rettes" in html
    assert shown("{% error_summary form %}", form=Answer({"persons": "1", "state": "a"})).strip() == ""


def test_a_table_names_its_rows_escapes_its_cells_and_turns_the_order_round() -> None:
    html = shown("{% data_table table %}", table=TABLE)
    assert "&lt;b&gt;H-1" in html
    assert "<b>H-1" not in html
    assert 'aria-sort="descending"' in html
    assert 'aria-label="Velg H-2"' in html
    assert "1\u202f300" in html
    assert "?sort=asked&amp;q=a%26b" in html
    assert 'role="region"' in html
    assert 'tabindex="0"' in html


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table("x", TABLE.columns, (Row(("a",)),))


def test_a_row_that_can_be_selected_needs_a_key() -> None:
    with pytest.raises(ValueError, match="no key"):
        Table("x", TABLE.columns, (Row(("a", 1)),), selectable=True)


def test_only_safe_html_passes_a_cell_unescaped() -> None:
    assert cell("<i>", "text") == "&lt;i&gt;"
    assert cell(mark_safe("<i>a</i>"), "text") == "<i>a</i>"
    assert cell(True, "number") == "True"


def test_an_address_keeps_what_is_not_changed() -> None:
    query = QueryDict("sort=name&page=3&q=æ")
    assert address_with(query, sort="-name", page="") == "?sort=-name&q=%C3%A6"
    assert query["page"] == "3"


def test_pages_near_this_one_and_the_ends_can_be_reached() -> None:
    html = shown("{% pagination 4 36 %}")
    assert re.findall(r"[?&;]page=(\d+)", html) == ["3", "1", "3", "4", "5", "36", "5"]
    assert html.count("pages__gap") == 2
    assert shown("{% pagination 1 1 %}").strip() == ""


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("scheme", "dark", True),
        ("scheme", "pink", False),
        ("columns_households", "name.persons", True),
        ("columns_households", "name;drop", False),
        ("sessionid", "x", False),
    ],
)
def test_only_known_choices_are_stored(name: str, value: str, stored: bool) -> None:
    assert preferences.accepted(name, value) is stored


def test_a_forged_cookie_falls_back_to_the_usual() -> None:
    assert preferences.choice({"look_scheme": '"><script>'}, "scheme") == "auto"
    assert preferences.choice({"look_scheme": "dark"}, "scheme") == "dark"
    assert preferences.chosen_columns({"look_columns_a": "name.persons"}, "a") == ["name", "persons"]
    assert preferences.chosen_columns({"look_columns_a": "<b>"}, "a") is None


def test_a_choice_is_kept_and_leads_back_to_the_same_page() -> None:
    response = views.preferences(
        RequestFactory().post("/look/preferences", {"density": "compact", "next": "/households/?page=2"})
    )
    assert (response.status_code, response["Location"]) == (302, "/households/?page=2")
    assert response.cookies["look_density"].value == "compact"
    assert response.cookies["look_density"]["httponly"]


def test_a_choice_never_leads_to_another_host() -> None:
    for elsewhere in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        request = RequestFactory().post("/look/preferences", {"scheme": "dark", "next": elsewhere})
        assert views.preferences(request)["Location"] == "/"


def test_an_unknown_choice_is_refused_and_nothing_is_stored() -> None:
    response = views.preferences(RequestFactory().post("/look/preferences", {"scheme": "pink"}))
    assert response.status_code == 400
    assert not response.cookies


def test_chosen_columns_are_kept_and_shown_and_the_first_always_stays() -> None:
    chosen = {"columns_homes": ["name", "asked"], "next": "/"}
    response = views.preferences(RequestFactory().post("/look/preferences", chosen))
    kept = preferences.chosen_columns(
        {"look_columns_homes": response.cookies["look_columns_homes"].value}, "homes"
    )
    assert kept == ["name", "asked"]
    assert TABLE.showing(kept) == TABLE
    only = TABLE.showing([])
    assert [column.key for column in only.columns] == ["name"]
    assert [row.cells for row in only.rows] == [("<b>H-1",), ("H-2",)]
    assert TABLE.showing(None) is TABLE
