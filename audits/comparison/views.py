"""The themes of "side by side": which norms and figures each joins, and changing that."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.comparison.actions.themes import remove_theme, save_theme
from audits.comparison.forms import ThemeForm, norm_of
from audits.forms.submitted import recorded, sent, taken_back
from audits.models.comparison import ComparisonTheme
from audits.permissions import may_explain, seen_institution
from audits.selectors.history import LIST_PARTED, Change, changes_of, with_removed
from audits.selectors.visibility import sight_for
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

_HIDDEN: Final = frozenset({"code"})


@require_safe
@login_required
def themes(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Every theme with what it joins; the same for all institutions."""
    institution = seen_institution(request, institution_code)
    rows = ComparisonTheme.objects.prefetch_related("norm_themes__framework")
    context = {
        "institution": institution,
        "lines": [{"row": row, "norms": _norms(row), "figures": _figures(row)} for row in rows],
        "explains": may_explain(request.actor, institution),
        "changes": _changes(request),
    }
    return render(request, "audits/comparison/themes.html", context)


def _norms(row: ComparisonTheme) -> list[str]:
    """The norms by the name of their framework, each once whatever the versions."""
    rows = row.norm_themes.all()
    named = {norm_of(each): f"{each.framework.title}: {each.title}" for each in rows}
    return [named[norm] for norm in sorted(named)]


def _figures(row: ComparisonTheme) -> list[str]:
    return [_(KPIS[code].label) for code in row.kpis if code in KPIS]


def _changes(request: PortalRequest) -> tuple[Change, ...]:
    """Who changed what of every theme, those that were taken back too; the newest first."""
    found = []
    for row in with_removed(ComparisonTheme):
        for change in changes_of(row, sight=sight_for(request), leave_out=_HIDDEN):
            named = replace(change, about=f"{change.about}: {row.title}")
            found.append(replace(named, before=_labels(named.before), after=_labels(named.after)))
    return tuple(sorted(found, key=lambda change: change.at, reverse=True))


def _labels(codes: str) -> str:
    """Codes of figures as they are called on pages."""
    parts = codes.split(LIST_PARTED)
    return LIST_PARTED.join(_(KPIS[code].label) if code in KPIS else code for code in parts)


def _explained_institution(request: PortalRequest, code: str) -> Institution:
    """The institution, for who explains there. Raises Http404 unseen, PermissionDenied else."""
    institution = seen_institution(request, code)
    if not may_explain(request.actor, institution):
        raise PermissionDenied
    return institution


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def theme_edit(
    request: PortalRequest, institution_code: str, theme_code: str | None = None
) -> HttpResponse:
    """Add a theme, change what it joins, or take it back."""
    institution = _explained_institution(request, institution_code)
    row = get_object_or_404(ComparisonTheme, code=theme_code) if theme_code else None
    form = ThemeForm(sent(request), instance=row or ComparisonTheme())

    def save() -> ComparisonTheme:
        return save_theme(
            theme=form.record(request.user), norms=form.norms_chosen(), by=request.user
        )

    def remove() -> None:
        if row is not None:
            remove_theme(theme=row, by=request.user)

    done = recorded(request, form, save, _("The theme is recorded."))
    if done or taken_back(request, remove if row else None):
        return redirect("audits:themes", institution.code)
    context = {"institution": institution, "row": row, "form": form}
    return render(request, "audits/comparison/theme_form.html", context)
