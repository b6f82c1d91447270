"""The screens with which administrators keep organisations and what holds of them over time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.forms.kinds import KINDS, OrganisationKind, Spans
from jbn_oversight.organisations.forms.organisations import EndMunicipalityForm, KeptForm
from jbn_oversight.organisations.models import Municipality, MunicipalityRegion, Region
from jbn_oversight.organisations.selectors.organisations import MANAGE, changes_of

_METHODS = ["GET", "HEAD", "POST"]


def _kind(request: PortalRequest, code: str) -> OrganisationKind:
    """The kind of organisation, for who manages them. Raises Http404 for everybody else."""
    if not request.actor.may(MANAGE) or code not in KINDS:
        raise Http404
    return KINDS[code]


def _row(kind: OrganisationKind, key: str) -> Any:
    row = kind.model._default_manager.filter(**{kind.key: key}).first()
    if row is None:
        raise Http404
    return row


def _spans(spans: Spans, row: Any) -> Any:
    return spans.model.objects.filter(**{spans.owner: row}).order_by("-from_on", "pk")


def _span(spans: Spans, row: Any, number: int) -> Any:
    """The dated row by its place in time, the first one first: keys of rows show nowhere."""
    rows = list(spans.model.objects.filter(**{spans.owner: row}).order_by("from_on", "pk"))
    if not 1 <= number <= len(rows):
        raise Http404
    return rows[number - 1]


def _tabs(kind: OrganisationKind) -> list[tuple[str, str, bool]]:
    return [
        (str(each.heading), reverse("organisations:list", args=[code]), each is kind)
        for code, each in KINDS.items()
    ]


@require_safe
@login_required
def organisations(request: PortalRequest, kind_code: str) -> HttpResponse:
    """All organisations of a kind, with what holds of each today."""
    kind = _kind(request, kind_code)
    now: dict[int, list[str]] = {}
    if kind.spans:
        for span in kind.spans.model.objects.running(request.today):
            owner = getattr(span, f"{kind.spans.owner}_id")
            now.setdefault(owner, []).append(kind.spans.says(span))
    rows = [
        (row, kind.name(row, request.today), getattr(row, kind.key), now.get(row.pk, []))
        for row in kind.model._default_manager.all()
    ]
    context = {"kind": kind, "tabs": _tabs(kind), "rows": rows}
    return render(request, "organisations/list.html", context)


@require_safe
@login_required
def organisation(request: PortalRequest, kind_code: str, organisation_key: str) -> HttpResponse:
    """One organisation: its names, what holds of it over time, who changed what."""
    kind = _kind(request, kind_code)
    row = _row(kind, organisation_key)
    spans = list(_spans(kind.spans, row)) if kind.spans else []
    context = {
        "kind": kind,
        "row": row,
        "key": organisation_key,
        "name": kind.name(row, request.today),
        "spans": [
            (span, kind.spans.says(span), len(spans) - place)
            for place, span in enumerate(spans)
            if kind.spans
        ],
        "members": _members(row),
        "changes": changes_of(row, *spans),
    }
    return render(request, "organisations/organisation.html", context)


def _members(row: Any) -> list[MunicipalityRegion]:
    """The municipalities of a region, those of today and those of before and later."""
    if not isinstance(row, Region):
        return []
    rows = MunicipalityRegion.objects.filter(region=row).select_related("municipality")
    return list(rows.order_by("municipality__sort_name", "from_on"))


def _form_page(
    request: PortalRequest,
    form: KeptForm[Any],
    kind: OrganisationKind,
    title: Any,
    back: str,
    done: str,
) -> HttpResponse | None:
    """The page of a form, or None where it was kept and ``done`` was said."""
    if request.method == "POST" and form.is_valid() and form.keep(request.user):
        messages.success(request, done)
        return None
    context = {"kind": kind, "form": form, "title": title, "back": back}
    return render(request, "organisations/form.html", context)


@require_http_methods(_METHODS)
@login_required
def add(request: PortalRequest, kind_code: str) -> HttpResponse:
    """Add an organisation."""
    kind = _kind(request, kind_code)
    form = kind.form(request.POST or None, instance=kind.model())
    back = reverse("organisations:list", args=[kind.code])
    page = _form_page(request, form, kind, kind.add, back, _("It is added."))
    key = getattr(form.instance, kind.key)
    return page or redirect("organisations:organisation", kind.code, key)


@require_http_methods(_METHODS)
@login_required
def change(request: PortalRequest, kind_code: str, organisation_key: str) -> HttpResponse:
    """Change what an organisation is called."""
    kind = _kind(request, kind_code)
    row = _row(kind, organisation_key)
    title = _("Change %(name)s") % {"name": kind.name(row, request.today)}
    form = kind.form(request.POST or None, instance=row)
    back = reverse("organisations:organisation", args=[kind.code, organisation_key])
    return _form_page(request, form, kind, title, back, _("The change is kept.")) or redirect(back)


@require_http_methods(_METHODS)
@login_required
def end(request: PortalRequest, organisation_key: str) -> HttpResponse:
    """Let a municipality end on a day, as another one or not."""
    kind = _kind(request, "municipalities")
    row: Municipality = _row(kind, organisation_key)
    title = _("End of %(name)s") % {"name": row}
    form = EndMunicipalityForm(request.POST or None, instance=row)
    back = reverse("organisations:organisation", args=[kind.code, organisation_key])
    return _form_page(request, form, kind, title, back, _("The change is kept.")) or redirect(back)


@require_http_methods(_METHODS)
@login_required
def add_span(request: PortalRequest, kind_code: str, organisation_key: str) -> HttpResponse:
    """Say what holds of an organisation from a day on."""
    kind = _kind(request, kind_code)
    row = _row(kind, organisation_key)
    if kind.spans is None:
        raise Http404
    form = kind.spans.form(
        request.POST or None, instance=kind.spans.model(**{kind.spans.owner: row})
    )
    back = reverse("organisations:organisation", args=[kind.code, organisation_key])
    page = _form_page(request, form, kind, kind.spans.add, back, _("It is added."))
    return page or redirect(back)


@require_http_methods(_METHODS)
@login_required
def change_span(
    request: PortalRequest, kind_code: str, organisation_key: str, span_number: int
) -> HttpResponse:
    """Change what holds of an organisation, or let it end."""
    kind = _kind(request, kind_code)
    row = _row(kind, organisation_key)
    if kind.spans is None:
        raise Http404
    span = _span(kind.spans, row, span_number)
    form = kind.spans.form(request.POST or None, instance=span)
    back = reverse("organisations:organisation", args=[kind.code, organisation_key])
    page = _form_page(request, form, kind, kind.spans.change, back, _("The change is kept."))
    return page or redirect(back)
