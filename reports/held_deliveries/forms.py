"""What somebody says of a delivery that waits."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.personal_numbers import no_personal_numbers

RIGHT: Final = "right"
WRONG: Final = "wrong"


class HeldDeliveryForm(forms.Form):
    """Whether it is right, and why."""

    decision = forms.ChoiceField(
        label=_("Is this delivery right?"),
        choices=[
            (RIGHT, _("Yes, this is right: let it count")),
            (WRONG, _("No, send it back: the figures stay as they are")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("No names of people. The institution and the contract managers read this."),
        max_length=1000,
        validators=[no_personal_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
