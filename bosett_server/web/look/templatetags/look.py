"""`{% load look %}`: every tag and filter of the look.  `docs/look.md` shows each in use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bosett.agreement.names import source_name
from bosett.terms.days import Month
from bosett.terms.figure import Figure
from bosett.terms.source import Source
from bosett_server.access import clock
from bosett_server.access.roles import Role
from bosett_server.web.look import charts, dates, fields, figures, hexmap, icons, numbers, preferences, tables
from bosett_server.web.look.language import reading_language
from bosett_server.web.look.role_names import ROLE_NAMES
from bosett_server.web.look.sources import publisher_words
from bosett_server.web.look.steps import Step

register = template.Library()

register.filter("number", numbers.number)
register.filter("signed", numbers.signed)
register.filter("kroner", numbers.kroner)
register.filter("percent", numbers.percent)
register.filter("publisher", publisher_words)
register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.wordmark, name="wordmark")
register.simple_tag(figures.figure_html, name="figure")


@register.filter
def date_text(day: date) -> SafeString:
    """`10. februar 2026`, for running text."""
    return dates.time_element(day, dates.date_words(day))


@register.filter
def date_table(day: date) -> SafeString:
    """`10.02.2026`, for tables."""
    return dates.time_element(day, dates.date_digits(day))


@register.filter
def month_text(month: Month) -> str:
    """`februar 2026`."""
    return dates.month_words(month)


@register.filter
def stated(text: str) -> str:
    """`02.03.2026` or `mars 2026`, as precisely as a source tells it."""
    return dates.as_stated(text)


@register.filter
def source_words(title: str) -> str:
    """What a source is called in the reader's language; one that is not ours is called what it calls itself."""
    return source_name(title).in_language(reading_language())


@register.filter
def figure_word(figure: Figure) -> str:
    """The figure as one line of text, for attributes and sentences."""
    return figures.figure_text(figure)


@register.filter
def role_name(role: Role) -> str:
    """A role in the words of those who have it."""
    return str(ROLE_NAMES[role])


@register.simple_tag(takes_context=True)
def preference(context: Context, name: str) -> str:
    """The reader's choice of `scheme`, `density` or `shortcuts`."""
    request = context.get("request")
    return preferences.choice(request.COOKIES if request else {}, name)


@register.inclusion_tag("look/figure_legend.html")
def figure_legend() -> dict[str, Any]:
    """What each of the six signs means."""
    return {"signs": figures.legend()}


@register.inclusion_tag("look/deadline.html")
def deadline(due: date, today: date | None = None) -> dict[str, Any]:
    """The day something is due and how long is left; `today` from the service's clock if not given."""
    return {"deadline": dates.Deadline(due, today or clock.today())}


@register.inclusion_tag("look/interval.html")
def interval(low: int, high: int, times_of_ten: int = 8) -> dict[str, Any]:
    """An interval in words: `8 av 10 ganger mellom 9 800 og 12 400`."""
    return {"low": low, "high": high, "times": times_of_ten}


@register.inclusion_tag("look/source_note.html")
def source_note(source: Source, definition: str = "", rule: str = "", version: str = "") -> dict[str, Any]:
    """Source and definition ("Kilde og definisjon") beside a figure."""
    return {"source": source, "definition": definition, "rule": rule, "version": version}


@register.inclusion_tag("look/status.html")
def status(label: str, tone: str = "neutral") -> dict[str, Any]:
    """A state in words with its sign; tone neutral, info, success, warning or danger."""
    signs = {"neutral": "circle", "info": "info", "success": "check", "warning": "warning", "danger": "cross"}
    return {"label": label, "tone": tone, "icon_name": signs[tone]}


@register.inclusion_tag("look/modelled.html")
def modelled(label: str = "") -> dict[str, Any]:
    """The mark that a figure comes out of a model, not out of a count."""
    return {"label": label}


@register.inclusion_tag("look/empty_state.html")
def empty_state(heading: str, text: str, action_url: str = "", action_label: str = "") -> dict[str, Any]:
    """What will come here and how to begin."""
    return {"heading": heading, "text": text, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("look/steps.html")
def stages(label: str, steps: list[Step]) -> dict[str, Any]:
    """A household's way as a line of stages: done, here now, to come, left out."""
    return {"label": label, "steps": steps}


@register.inclusion_tag("look/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """Breadcrumb from label and address in turn; the last label needs no address."""
    links = [(pairs[i], pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)]
    return {"links": links}


@register.inclusion_tag("look/chips.html")
def filter_chips(chips: list[tuple[str, str]], clear_url: str = "") -> dict[str, Any]:
    """Filters in use as (words, address without it); each can be taken away."""
    return {"chips": chips, "clear_url": clear_url}


@register.inclusion_tag("look/pagination.html", takes_context=True)
def pagination(context: Context, number: int, pages: int, param: str = "page") -> dict[str, Any]:
    """Previous, the pages round this one, next; keeps the rest of the address."""
    near = sorted({1, pages, *range(max(1, number - 1), min(pages, number + 1) + 1)})
    links = [(page, index > 0 and page - near[index - 1] > 1) for index, page in enumerate(near)]
    query = context["request"].GET
    return {"number": number, "pages": pages, "links": links, "param": param, "query": query}


@register.inclusion_tag("look/data_table.html", takes_context=True)
def data_table(context: Context, table: tables.Table) -> dict[str, Any]:
    """A `Table` with caption, sort links, checkboxes and a sticky heading."""
    return {"table": table, "query": context["request"].GET}


@register.inclusion_tag("look/sort_heading.html")
def sort_heading(table: tables.Table, column: tables.Column, query: QueryDict) -> dict[str, Any]:
    """A column heading; one that sorts is a link that turns the order round."""
    direction = table.direction(column)
    key = f"-{column.key}" if direction == "ascending" else column.key
    return {"column": column, "direction": direction, "address": address_with(query, sort=key, page="")}


@register.filter
def beside(values: tuple[object, ...], others: tuple[object, ...]) -> list[tuple[object, object]]:
    """Two lists of the same length, pair by pair."""
    return list(zip(values, others, strict=True))


@register.simple_block_tag
def bulk_bar(content: str) -> SafeString:
    """The bar with the number of selected rows and your buttons; put it in the table's form."""
    return render_to_string("look/bulk_bar.html", {"buttons": SafeString(content)})


@register.inclusion_tag("look/column_chooser.html", takes_context=True)
def column_chooser(
    context: Context,
    table_name: str,
    columns: tuple[tables.Column, ...],
    shown: tuple[tables.Column, ...] | None = None,
) -> dict[str, Any]:
    """Lets the reader choose columns; `preferences.chosen_columns` with the same name gives them back.

    `shown` are those that stand on the page where the address decides; the choice takes the address's away.
    """
    request = context["request"]
    chosen = preferences.chosen_columns(request.COOKIES, table_name)
    if shown is not None:
        chosen = [column.key for column in shown]
    query = request.GET.copy()
    query.pop("columns", None)
    return {
        "name": f"columns_{table_name}",
        "first": columns[0],
        "columns": [(column, chosen is None or column.key in chosen) for column in columns[1:]],
        "next": f"{request.path}?{query.urlencode()}" if query else request.path,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def table_body(table: tables.Table) -> SafeString:
    """Every row of a `Table`."""
    return tables.body(table)


@register.simple_tag
def table_cell(value: object, kind: tables.Kind) -> SafeString:
    """One cell's content."""
    return tables.cell(value, kind)


@register.simple_tag
def address_with(query: QueryDict, **changes: str | int) -> str:
    """The address's query with some parts changed; an empty value takes a part away."""
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = str(value)
        if value == "":
            del changed[name]
    return f"?{changed.urlencode()}"


@register.simple_tag
def address_at(query: QueryDict, name: str, value: str | int) -> str:
    """As `address_with`, when the part's name is itself a variable."""
    return address_with(query, **{name: value})


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """Round a table of your own: scrolls sideways inside a region the keyboard can reach."""
    return tables.region(content, label)


@register.inclusion_tag("look/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with label, help and error, tied together for the screen reader."""
    return fields.parts(bound)


@register.inclusion_tag("look/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong, on top, with links to the fields; takes focus.  Nothing when nothing is wrong."""
    return {"errors": fields.summary(form)}


@register.inclusion_tag("look/undo.html", takes_context=True)
def undo(context: Context, label: str, url: str, seconds: int = 10) -> dict[str, Any]:
    """What was done and a button that undoes it, offered for `seconds`."""
    return {"label": label, "url": url, "seconds": seconds, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def chart(drawing: charts.Chart) -> SafeString:
    """Any chart: finding, measure and day, drawing, source, the same data as a table."""
    return charts.render(drawing)


@register.simple_tag
def hexagon_map(drawing: hexmap.HexMap) -> SafeString:
    """The map with one equal cell per municipality, legend with counts, and its table."""
    return hexmap.render(drawing)
