"""What the pages with a form about inspections have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audits.forms.imprecise_days import WithSources
from audits.forms.submitted import CanBeRefused, recorded, taken_back
from audits.inspections.actions.inspections import Removable, remove
from audits.inspections.views.objects import inspected_or_404
from audits.letters.forms import Pasted
from audits.models.inspections import InspectedInstitution
from audits.permissions import recorded_institution
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution


@dataclass(frozen=True, slots=True)
class FormPage:
    """What a page with a form says, beside the form itself."""

    title: str
    lead: str
    letter: Pasted | None = None
    """Above the form, where a letter can be pasted."""
    row: Removable | None = None
    """What is recorded already and can be taken back."""


def recorded_inspection(request: PortalRequest, code: str, key: str) -> InspectedInstitution:
    """The institution's own place in the inspection, for who may record about it.

    Raises Http404 unseen, PermissionDenied for who only sees it.
    """
    return inspected_or_404(recorded_institution(request, code), key)


def answer(
    request: PortalRequest,
    own: InspectedInstitution,
    form: CanBeRefused,
    save: Callable[[], object],
    page: FormPage,
) -> HttpResponse:
    """Do what was sent and go back to the inspection, or show the page with the form."""
    row = page.row

    def take_back() -> None:
        if row is not None:
            remove(row=row, by=request.user)

    done = recorded(request, form, lambda: (save(),), _("Saved."))
    if done or taken_back(request, take_back if row else None):
        return to_page(own)
    assert own.institution is not None  # its own place
    return form_page(request, own.institution, own, form, page)


def to_page(own: InspectedInstitution) -> HttpResponse:
    """Back to the page of the inspection."""
    assert own.institution is not None  # its own place
    return redirect("audits:inspection", own.institution.code, own.public_id)


def form_page(
    request: PortalRequest,
    institution: Institution,
    inspected: InspectedInstitution | None,
    form: CanBeRefused,
    page: FormPage,
) -> HttpResponse:
    """The page of a form; ``inspected`` is None for an inspection that is still to be recorded."""
    context = {
        "institution": institution,
        "inspected": inspected,
        "form": form,
        "page": page,
        "has_sources": isinstance(form, WithSources),
    }
    return render(request, "audits/inspections/form.html", context)
