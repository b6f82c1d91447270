"""Forms about people."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.accounts.sign_in.actions import ask_for_new_password
from jbn_oversight.clock import utc_now

LONGEST_ADDRESS = 254
"""Of any e-mail address (RFC 5321)."""


class CouncilPersonForm(forms.Form):
    """A clerk adds somebody of the own council."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person's own address; not one that a group shares."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.COUNCIL_MEMBER, Role.COUNCIL_MEMBER.label), (Role.CLERK, Role.CLERK.label)],
    )
    from_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("Until (this day no longer counts)"),
        required=False,
        help_text=_("Leave empty where the end is not known."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, object]:
        """The end lies after the beginning."""
        data = super().clean() or {}
        start, end = data.get("from_on"), data.get("until_on")
        if start and end and end <= start:
            raise ValidationError({"until_on": _("Choose a day after the first day.")})
        return data


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Somebody types an address; nothing here depends on whether anybody has it."""

    def clean_email(self) -> str:
        """The address as it was typed, without a look at who there is."""
        email = str(self.cleaned_data["email"])
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is too long. Type the address of your account."))
        return email

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Write down what was asked; a worker finds out whose address it is."""
        email: str = self.cleaned_data["email"]
        ask_for_new_password(email=email, at=utc_now())
        return email
