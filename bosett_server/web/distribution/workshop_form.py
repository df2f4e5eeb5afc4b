"""The workshop's controls: an address holds them all, so that a trial can be kept as a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bosett.distribution import Criterion, Direction, Method, Rounding, Transform
from bosett.distribution.methods import published_parts
from bosett.distribution.settings import POPULATION, ByHand, CriteriaSettings, Deduction
from bosett.sources.criteria_columns import Scale
from bosett.sources.fitted_requests import FITTED_YEARS, fitted_requests
from bosett_server.queries.distribution_columns import Column
from bosett_server.web.distribution.codes import split_codes

MOST = 100_000
FITTED = "fitted-"
METHODS: dict[str, Any] = {
    Method.WEIGHTS.value: _("Own weights"),
    **{f"{FITTED}{year}": _("Fitted to the requests of %(year)s") % {"year": year} for year in FITTED_YEARS},
    Method.NORWAY_2018.value: _("Norway 2018"),
    Method.DENMARK.value: _("Denmark"),
    Method.GERMANY.value: _("Germany"),
    Method.EU.value: _("The European Union"),
    Method.SWITZERLAND.value: _("Switzerland"),
}
TRANSFORMS = [
    (Transform.AS_IS.value, _("as it is")),
    (Transform.SQUARE_ROOT.value, _("square root")),
    (Transform.RANK.value, _("rank")),
]
CAUSES = {
    "centre": "centre_places",
    "earlier": "settled_before",
    "moves": "moved_here",
    "pressure": "pressed",
}
OF_SHARE = frozenset({"pressure"})
"""Causes whose indicator is a part of the municipality's own share, not persons."""
CAUSE_WORDS: dict[str, Any] = {
    "centre": _("Off for places in reception centres, per cent"),
    "earlier": _("Off for those settled the last known year, per cent"),
    "moves": _("Off for refugees who have moved in, per cent"),
    "pressure": _("Off the own share at full pressure on housing and services, per cent"),
}


class WorkshopForm(forms.Form):
    """Everything that is chosen; fields of methods that are not chosen are left out."""

    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items()), required=False)
    need = forms.IntegerField(label=_("Persons to divide"), min_value=0, max_value=1_000_000)
    floor = forms.IntegerField(
        label=_("Fewest persons for a municipality that is asked"),
        min_value=0,
        max_value=1000,
        required=False,
    )
    most = forms.DecimalField(
        label=_("Most persons for each 1,000 inhabitants"), min_value=0, max_value=1000, decimal_places=2,
        required=False,
    )  # fmt: skip
    size_minimum = forms.IntegerField(
        label=_("Smallest population that is asked"), min_value=0, max_value=1_000_000, required=False
    )
    excluded = forms.CharField(
        label=_("Municipalities that are not asked"), required=False, max_length=2000,
        help_text=_("Municipality codes with a blank between, such as 0301 4601."),
    )  # fmt: skip
    by_hand = forms.CharField(
        label=_("Numbers set by hand"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line for each: code; persons; reason. The others share the rest."),
    )  # fmt: skip
    em_under15 = forms.IntegerField(
        label=_("Of them unaccompanied minors under 15"), min_value=0, max_value=MOST, required=False
    )
    em_15_17 = forms.IntegerField(
        label=_("Of them unaccompanied minors 15–17"), min_value=0, max_value=MOST, required=False
    )
    through_counties = forms.BooleanField(label=_("Divide between the counties first"), required=False)
    rounding = forms.ChoiceField(
        label=_("How shares become whole persons"), required=False,
        choices=[
            (Rounding.LARGEST_REMAINDER.value, _("Largest remainder")),
            (Rounding.SAINTE_LAGUE.value, _("Sainte-Laguë")),
        ],
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, *, columns: Sequence[Column], known_codes: frozenset[str],
                 **kwargs: Any) -> None:  # fmt: skip
        kwargs.setdefault("label_suffix", "")
        super().__init__(data, **kwargs)
        self.columns = columns
        self.known_codes = known_codes
        language = get_language() or "nb"
        names = [(one.key, one.name(language if language in ("en", "nn") else "nb")) for one in columns]
        self.method_chosen = self._chosen(data)
        if self.method_chosen == Method.WEIGHTS.value:
            for key, name in names:
                self._add_weight(key, name)
        elif not self.method_chosen.startswith(FITTED):
            for part in published_parts(Method(self.method_chosen)):
                self.fields[f"part_{part}"] = forms.ChoiceField(
                    label=PARTS.get(part, part),
                    choices=[("", _("Choose an indicator")), *names],
                    required=False,
                )
        for cause, words in CAUSE_WORDS.items():
            self.fields[f"off_{cause}"] = forms.IntegerField(
                label=words, min_value=0, max_value=100, required=False
            )

    def _chosen(self, data: Mapping[str, Any] | None) -> str:
        told = str((data or self.initial or {}).get("method") or Method.WEIGHTS.value)
        return told if told in METHODS else Method.WEIGHTS.value

    def _add_weight(self, key: str, name: str) -> None:
        self.fields[f"w_{key}"] = forms.IntegerField(
            label=name, min_value=0, max_value=100, required=False,
            widget=forms.NumberInput(
                attrs={"type": "range", "min": 0, "max": 100, "step": 1, "class": "slider__range"}
            ),
        )  # fmt: skip
        self.fields[f"less_{key}"] = forms.BooleanField(label=_("Fewer gives a larger share"), required=False)
        self.fields[f"times_{key}"] = forms.BooleanField(label=_("Times population"), required=False)
        self.fields[f"how_{key}"] = forms.ChoiceField(
            label=_("Transformation"), choices=TRANSFORMS, required=False
        )
        self.fields[f"cap_{key}"] = forms.IntegerField(
            label=_("Largest part for one municipality, per cent"), min_value=1, max_value=100, required=False
        )

    def sliders(self) -> list[dict[str, Any]]:
        """Each criterion's controls together, for the template."""
        return [
            {
                "weight": self[f"w_{one.key}"], "column": one, "value": self[f"w_{one.key}"].value() or 0,
                "drawn": _drawn(self[f"w_{one.key}"]),
                "more": [self[f"{kind}_{one.key}"] for kind in ("less", "times", "how", "cap")],
            }
            for one in self.columns
            if f"w_{one.key}" in self.fields
        ]  # fmt: skip

    def parts(self) -> list[forms.BoundField]:
        """Which indicator plays which part of a published method."""
        return [self[name] for name in self.fields if name.startswith("part_")]

    def bounds(self) -> list[forms.BoundField]:
        """Floors, caps, exclusions, deductions, groups."""
        names = ["floor", "most", "size_minimum", "excluded", "by_hand", "em_under15", "em_15_17"]
        return [
            self[name] for name in [*names, *(f"off_{c}" for c in CAUSES), "through_counties", "rounding"]
        ]

    def bounds_used(self) -> bool:
        """Whether any of them is set, so that they stand open."""
        return any(bound.value() for bound in self.bounds() if bound.name != "rounding")

    def clean_excluded(self) -> tuple[str, ...]:
        """The codes; one that is none is told."""
        codes, unknown = split_codes(self.cleaned_data["excluded"], self.known_codes)
        if unknown:
            told = {"codes": ", ".join(unknown[:5])}
            raise forms.ValidationError(_("No municipality has the code %(codes)s."), params=told)
        return codes

    def clean_by_hand(self) -> tuple[ByHand, ...]:
        """Each line as code, persons and reason; a line that is not so is told by its number."""
        found = []
        for number, line in enumerate(self.cleaned_data["by_hand"].splitlines(), start=1):
            parts = [part.strip() for part in line.split(";", 2)]
            if parts == [""]:
                continue
            if (
                len(parts) < 3
                or parts[0] not in self.known_codes
                or not parts[1].isdigit()
                or len(parts[2]) < 5
            ):
                raise forms.ValidationError(
                    _("Line %(line)s: write code; persons; reason of at least five letters."),
                    params={"line": number},
                )
            found.append(ByHand(parts[0], int(parts[1]), parts[2]))
        return tuple(found)

    def settings(self) -> CriteriaSettings:
        """What is chosen, as the library takes it; BadInput when the weights don't sum to 1."""
        told = self.cleaned_data
        method, fitted = self.method_chosen, self.method_chosen.startswith(FITTED)
        return CriteriaSettings(
            method=Method.WEIGHTS if fitted else Method(method),
            weights=fitted_weights(int(method.removeprefix(FITTED))) if fitted else self._weights(),
            columns=self._columns(),
            floor=told["floor"],
            most_per_thousand=None if told["most"] is None else Fraction(told["most"]),
            size_minimum=told["size_minimum"] or 0,
            excluded=frozenset(told["excluded"]),
            by_hand=told["by_hand"],
            em_under15=told["em_under15"] or 0,
            em_15_17=told["em_15_17"] or 0,
            deductions=tuple(
                Deduction(cause, column, Fraction(told[f"off_{cause}"]), of_share=cause in OF_SHARE)
                for cause, column in CAUSES.items()
                if told[f"off_{cause}"]
            ),
            through_counties=told["through_counties"],
            rounding=Rounding(told["rounding"] or Rounding.LARGEST_REMAINDER.value),
        )  # fmt: skip

    def _columns(self) -> tuple[tuple[str, str], ...]:
        names = [name for name in self.fields if name.startswith("part_")]
        chosen = [(name.removeprefix("part_"), self.cleaned_data[name]) for name in names]
        return tuple(sorted((part, column) for part, column in chosen if column))

    def weight_sum(self) -> int:
        """Per cent that the weights sum to."""
        return sum(self.cleaned_data.get(f"w_{one.key}") or 0 for one in self.columns)

    def _weights(self) -> tuple[Criterion, ...]:
        told = self.cleaned_data
        return tuple(
            Criterion(
                column=one.key,
                weight=Fraction(told[f"w_{one.key}"], 100),
                direction=Direction.LESS if told[f"less_{one.key}"] else Direction.MORE,
                times=POPULATION if told[f"times_{one.key}"] and one.key != POPULATION else None,
                transform=Transform(told[f"how_{one.key}"] or Transform.AS_IS.value),
                at_most=Fraction(told[f"cap_{one.key}"], 100) if told[f"cap_{one.key}"] else None,
            )
            for one in self.columns
            if told.get(f"w_{one.key}")
        )


def _drawn(bound: forms.BoundField) -> str:
    """A slider without a value would stand in the middle: nothing chosen is 0."""
    return bound.as_widget(attrs={} if bound.value() not in (None, "") else {"value": "0"})


PARTS: dict[str, Any] = {
    "population": _("Population"),
    "labour_market": _("The labour market"),
    "introduction_results": _("Results of the introduction programme"),
    "tax": _("Tax revenue"),
    "gdp": _("GDP"),
    "immigrants": _("Immigrants already there"),
    "family_reunifications": _("Family reunifications"),
    "compensation": _("Compensation"),
}


def fitted_weights(year: int) -> tuple[Criterion, ...]:
    """The fitted weights in whole per cent; what rounding leaves goes to the largest."""
    found = sorted(fitted_requests(year).weights, key=lambda one: -one.weight)
    percents = [round(100 * one.weight) for one in found]
    percents[0] += 100 - sum(percents)
    return tuple(
        Criterion(one.column, Fraction(percent, 100))
        for one, percent in zip(found, percents, strict=True)
        if percent
    )


def starting_point(columns: Iterable[Column], need: int | None) -> dict[str, Any]:
    """What the workshop begins with: all by population, rates marked as such."""
    told: dict[str, Any] = {"method": Method.WEIGHTS.value, "need": need, "w_population": 100}
    return told | {f"times_{one.key}": one.scale is Scale.RATE for one in columns if one.key != POPULATION}


def as_fields(settings: CriteriaSettings, need: int | None) -> dict[str, Any]:
    """Kept settings as the controls show them."""
    told: dict[str, Any] = {
        "method": settings.method.value, "need": need, "floor": settings.floor,
        "most": None if settings.most_per_thousand is None else float(settings.most_per_thousand),
        "size_minimum": settings.size_minimum, "excluded": " ".join(sorted(settings.excluded)),
        "by_hand": "\n".join(f"{one.municipality}; {one.persons}; {one.reason}" for one in settings.by_hand),
        "em_under15": settings.em_under15, "em_15_17": settings.em_15_17,
        "through_counties": settings.through_counties, "rounding": settings.rounding.value,
    }  # fmt: skip
    for one in settings.weights:
        told |= {
            f"w_{one.column}": int(100 * one.weight), f"less_{one.column}": one.direction is Direction.LESS,
            f"times_{one.column}": one.times is not None, f"how_{one.column}": one.transform.value,
            f"cap_{one.column}": None if one.at_most is None else int(100 * one.at_most),
        }  # fmt: skip
    told |= {f"part_{part}": column for part, column in settings.columns}
    return told | {f"off_{one.cause}": int(one.percent) for one in settings.deductions}
