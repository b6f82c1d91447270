"""What happens with a form that was sent: recorded, taken back, or refused with a sentence.

A view fetches what it is about, makes its form from ``sent``, and asks ``recorded`` and
``taken_back``; where neither did anything, it shows the form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from audits.letters.forms import BUTTON
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError

REMOVE: Final = "remove"
"""Name of the button that takes back what was recorded by mistake (``audits/_remove.html``)."""
Saved = TypeVar("Saved")


class Refusable(Protocol):
    """A form that can show why an action said no."""

    def is_valid(self) -> bool:
        """Whether all is filled in as it should."""

    def refuse(self, error: RefusedError) -> None:
        """Show the sentence at its field."""


class CanBeRefused(forms.BaseForm):
    """What a form needs to show why an action said no."""

    def refuse(self, error: RefusedError) -> None:
        """Show the sentence at the field that it is about, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)


class RefusableForm(CanBeRefused, forms.Form):
    """A form that can show why an action said no."""


def sent(request: PortalRequest) -> QueryDict | None:
    """What was sent with the form itself.

    None where nothing was sent, a letter was pasted, or something is to be taken back.
    """
    if request.method != "POST" or BUTTON in request.POST or REMOVE in request.POST:
        return None
    return request.POST


def recorded(
    request: PortalRequest,
    form: Refusable,
    save: Callable[[], Saved],
    words: str | Callable[[Saved], str],
) -> Saved | None:
    """What ``save`` recorded, told to the person in these words, or in those made of it.

    None where no form was sent, or it cannot be recorded: the form then says why. A source that
    was typed in goes with the fact that names it, or not at all.
    """
    if sent(request) is None or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            saved = save()
    except RefusedError as error:
        form.refuse(error)
        return None
    messages.success(request, words(saved) if callable(words) else words)
    return saved


def taken_back(request: PortalRequest, remove: Callable[[], object] | None) -> bool:
    """Whether it was asked to take something back and ``remove`` did; else it is told why not.

    ``remove`` is None where there is nothing yet to take back.
    """
    if request.method != "POST" or REMOVE not in request.POST or remove is None:
        return False
    try:
        with transaction.atomic():
            remove()
    except RefusedError as error:
        messages.error(request, error.sentence)
        return False
    messages.success(request, _("It is removed. The history keeps it."))
    return True
