"""The texts of an approved version, one a place: how far their printing is, and their PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VariantQuerySet, VersionVariant
from reports.briefings.printing.actions.renderings import Text, progress, set_aside
from reports.briefings.printing.views.makers_files import makers_pdf


class SetAsideForm(forms.Form):
    """Why readers of a place get the common text."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("The makers see this. Readers of this place get the common text."),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One text as the page shows it."""

    name: str
    key: str
    state: str
    """printed, failed, still (it lost its worker), waiting or aside."""
    reason: str
    is_common: bool


@require_safe
@secret
def texts(request: PortalRequest, public_id: str, version_id: str) -> HttpResponse:
    """Each text of the version, with a bar that shows how many are printed."""
    briefing, version = _version(request, public_id, version_id)
    maker = maker_of(briefing, request.user, request.at)
    done = progress(version)
    rows = [_row(_("The common text"), version, request.at)]
    rows += [_row(str(one.place), one, request.at) for one in _variants(version)]
    context = page(
        request,
        briefing,
        version=version,
        printing=done,
        percent=100 * done.done // max(1, done.total - done.set_aside),
        rows=rows,
        may_set_aside=maker.approves or maker.publishes,
        waits=not done.finished and done.failed < done.total - done.done - done.set_aside,
    )
    return render(request, "reports/briefings/texts.html", context)


@require_safe
@secret
def text_pdf(request: PortalRequest, public_id: str, version_id: str, text_id: str) -> HttpResponse:
    """The PDF of one place's text, for makers."""
    briefing, version = _version(request, public_id, version_id)
    found = _variants(version).filter(public_id=text_id).first()
    if found is None or not briefing.is_open:
        raise Http404
    return makers_pdf(request, briefing, version, found)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def aside(request: PortalRequest, public_id: str, version_id: str, text_id: str) -> HttpResponse:
    """Go on without a text that cannot be printed; says what its readers get."""
    briefing, version = _version(request, public_id, version_id)
    variant = _variants(version).filter(public_id=text_id).first()
    if variant is None or not briefing.is_open:
        raise Http404
    maker = maker_of(briefing, request.user, request.at)
    if not (maker.approves or maker.publishes):
        raise PermissionDenied
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_aside(
                variant=variant,
                reason=form.cleaned_data["reason"],
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, _("Set aside. Its readers get the common text."))
        return redirect("reports:briefing_texts", public_id, version_id)
    context = page(request, briefing, version=version, variant=variant, form=form)
    return render(request, "reports/briefings/text_aside.html", context)


def _version(
    request: PortalRequest, public_id: str, version_id: str
) -> tuple[Briefing, BriefingVersion]:
    briefing = worked_on(request, public_id)
    version = briefing.versions.filter(public_id=version_id).first()
    if version is None:
        raise Http404
    return briefing, version


def _variants(version: BriefingVersion) -> VariantQuerySet:
    return VersionVariant.objects.filter(version=version).select_related("region", "municipality")


def _row(name: str, text: Text, at: datetime) -> _Row:
    reason, state = text.last_failure(), "waiting"
    if isinstance(text, VersionVariant) and text.set_aside_at is not None:
        state, reason = "aside", text.set_aside_reason or ""
    elif text.printed() is not None:
        state = "printed"
    elif reason:
        state = "failed"
    elif text.attempts().stands_still(at):
        state = "still"
    return _Row(name, text.public_id, state, reason, isinstance(text, BriefingVersion))
