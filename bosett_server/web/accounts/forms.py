"""Forms of log-in and of rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from bosett_server.access.roles import Role
from bosett_server.actions.accounts import GRANTABLE
from bosett_server.words.accounts import ROLE_NAMES


class LoginForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class UserForm(forms.Form):
    """A new user."""

    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[UnicodeUsernameValidator()],
        help_text=_("What the person writes to log in. It cannot be changed later."),
    )  # fmt: skip
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    oidc_subject = forms.CharField(
        label=_("Identifier at the log-in provider"), required=False, max_length=255,
        help_text=_("Leave it empty for a user with a password."),
    )  # fmt: skip


class GrantForm(forms.Form):
    """A role in a place for a span of days."""

    role = forms.ChoiceField(label=_("Role"))
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    centre = forms.TypedChoiceField(label=_("Reception centre"), required=False, coerce=int, empty_value=None)
    party = forms.ChoiceField(
        label=_("Ministry"), required=False, help_text=_("Only for the role Ministry: in whose name the user speaks."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput())
    ends_on = forms.DateField(
        label=_("First day without it"), required=False, widget=forms.DateInput(),
        help_text=_("Leave it empty for a right without an end. It comes up for review all the same."),
    )  # fmt: skip
    stands_in_for = forms.CharField(
        label=_("Stands in for"), required=False, max_length=150,
        help_text=_("The user name of the one who is away, with the same role in the same place."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        places: tuple[list[tuple[str, str]], ...],
        parties: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, ROLE_NAMES[role.value]) for role in Role if role in GRANTABLE]
        self._choose("role", roles)
        for name, found in zip(
            ("municipality", "county", "centre", "party"), (*places, parties), strict=True
        ):
            self._choose(name, [("", _("None")), *found])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class NamedForm(forms.Form):
    """Who may see one household with a protected address."""

    username = forms.CharField(label=_("User name"), max_length=150)
    reference = forms.CharField(
        label=_("The household's reference"), max_length=20,
        help_text=_("You get it from the one who asks. You do not see the household yourself."),
    )  # fmt: skip
    ends_on = forms.DateField(label=_("First day without it"), required=False, widget=forms.DateInput())
