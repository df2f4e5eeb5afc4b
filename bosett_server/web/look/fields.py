"""Form fields as parts that a template puts together, each tied to its label, help and error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, DateInput, FileInput, Textarea
from django.forms.widgets import CheckboxSelectMultiple, Input, RadioSelect


@dataclass(frozen=True)
class Fault:
    """One line of the error summary and the element it leads to."""

    text: str
    target: str


def parts(bound: BoundField) -> dict[str, Any]:
    """What `look/field.html` needs: kind, ids, the widget ready to print."""
    widget = bound.field.widget
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    described = _described_by(bound)
    return {
        "bound": bound,
        "group": group,
        "tick": isinstance(widget, CheckboxInput),
        "optional": not bound.field.required and not isinstance(widget, CheckboxInput),
        "described": described,
        "help_id": f"{bound.auto_id}_help",
        "error_id": f"{bound.auto_id}_error",
        "widget": "" if group else bound.as_widget(attrs=_attributes(bound, described)),
    }


def _described_by(bound: BoundField) -> str:
    ids = [f"{bound.auto_id}_help"] if bound.help_text else []
    return " ".join([*ids, f"{bound.auto_id}_error"] if bound.errors else ids)


def _attributes(bound: BoundField, described: str) -> dict[str, str | bool]:
    widget = bound.field.widget
    attributes: dict[str, str | bool] = {"class": f"ds-input {widget.attrs.get('class', '')}".strip()}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if isinstance(widget, DateInput) and widget.input_type == "text":
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    if _is_one_line(widget):
        attributes["autocomplete"] = widget.attrs.get("autocomplete", "off")
    return attributes


def _is_one_line(widget: object) -> bool:
    return isinstance(widget, Input) and not isinstance(widget, CheckboxInput | FileInput | Textarea)


def summary(form: BaseForm) -> list[Fault]:
    """Every error of a bound form in the order of its fields, those of the whole form first."""
    faults = [Fault(str(text), "form-content") for text in form.non_field_errors()]
    for bound in form:
        faults += [Fault(f"{bound.label}: {text}", _first_id(bound)) for text in bound.errors]
    return faults


def _first_id(bound: BoundField) -> str:
    group = isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if group else str(bound.auto_id)
