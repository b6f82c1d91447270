"""What the pages with a form about inspections have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audits.inspections.refusals import RefusedError
from audits.models import InspectedInstitution
from audits.pasting import BUTTON, Pasted
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

Act = Callable[[], object]


class Refusable(Protocol):
    """A form that can show why an action said no."""

    def is_valid(self) -> bool:
        """Whether all is filled in as it should."""

    def refuse(self, error: RefusedError) -> None:
        """Show the sentence at its field."""


def sent(request: PortalRequest) -> QueryDict | None:
    """What was sent with the form itself; None where a letter was pasted, or nothing sent."""
    return request.POST if request.method == "POST" and BUTTON not in request.POST else None


def done(request: PortalRequest, form: Refusable, act: Act, remove: Act | None = None) -> bool:
    """Whether the form was sent and done; else it says why not.

    A source that was typed in goes with the fact that names it, or not at all.
    """
    if sent(request) is None:
        return False
    wants_removal = remove is not None and request.POST.get("act") == "remove"
    if not wants_removal and not form.is_valid():
        return False
    try:
        with transaction.atomic():
            if wants_removal and remove is not None:
                remove()
            else:
                act()
    except RefusedError as error:
        form.is_valid()
        form.refuse(error)
        return False
    messages.success(request, _("Removed.") if wants_removal else _("Saved."))
    return True


def to_page(institution: Institution, inspected: InspectedInstitution) -> HttpResponse:
    """Back to the page of the inspection."""
    return redirect("audits:inspection", institution.code, inspected.public_id)


def form_page(
    request: PortalRequest,
    institution: Institution,
    inspected: InspectedInstitution | None,
    form: Refusable,
    *,
    title: str | Promise,
    lead: str | Promise,
    letter: Pasted | None = None,
    may_remove: bool = False,
) -> HttpResponse:
    """The page of a form, with the letter above it where one can be pasted."""
    context = {
        "institution": institution,
        "inspected": inspected,
        "form": form,
        "title": title,
        "lead": lead,
        "letter": letter,
        "may_remove": may_remove,
        "has_sources": hasattr(form, "lines"),
    }
    return render(request, "audits/inspections/form.html", context)
