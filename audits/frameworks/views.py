"""The frameworks of norms, loading one from a file, and the words for findings."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from audits.exports import download
from audits.forms.submitted import recorded, sent
from audits.frameworks.actions import load_framework, save_category
from audits.frameworks.forms import CategoryForm, FrameworkUploadForm
from audits.frameworks.imports.rows import EXAMPLE
from audits.frameworks.imports.uploads import read_framework
from audits.imports.problems import WrongFileError, WrongRow
from audits.models.findings import FindingCategory
from audits.permissions import may_record, recorded_institution, seen_institution
from audits.selectors.history import changes_of
from audits.selectors.visibility import sight_for
from certification.certificates.selectors import authority_name
from certification.models.frameworks import NormFramework
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Authority, AuthorityKind
from jbn_oversight.refusals import RefusedError
from jbn_oversight.spreadsheets import csv_text


@require_safe
@login_required
def frameworks(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Every framework with its themes and requirements, and the bodies' words."""
    institution = seen_institution(request, institution_code)
    rows = NormFramework.objects.select_related("authority", "source").prefetch_related(
        "themes__requirements", "authority__names"
    )
    context = {
        "institution": institution,
        "frameworks": [
            {"row": row, "authority": authority_name(row.authority, request.today)} for row in rows
        ],
        "categories": FindingCategory.objects.select_related("authority"),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/audits_held/frameworks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def framework_load(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Load a framework from a file, or say what is wrong in which row."""
    institution = recorded_institution(request, institution_code)
    form = FrameworkUploadForm(request.POST or None, request.FILES or None)
    wrong: tuple[WrongRow, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            file = read_framework(form.cleaned_data["file"])
            loaded = load_framework(file=file, by=request.user)
        except WrongFileError as error:
            wrong = error.wrong
        except RefusedError as error:
            form.add_error("file", error.sentence)
        else:
            messages.success(request, _said(loaded.changed, loaded.requirements))
            return redirect("audits:frameworks", institution.code)
    context = {"institution": institution, "form": form, "wrong": wrong}
    return render(request, "audits/audits_held/framework_form.html", context)


def _said(changed: bool, requirements: int) -> str:
    if not changed:
        return _("Nothing changed: this framework is here already.")
    return ngettext(
        "The framework is loaded, with %(n)s new requirement.",
        "The framework is loaded, with %(n)s new requirements.",
        requirements,
    ) % {"n": requirements}


def _example(on: date) -> list[tuple[str, ...]]:
    """The example, of the body that certifies here, so that it can be loaded as it is."""
    body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
    if body is None:
        return list(EXAMPLE)
    head, first, *rest = EXAMPLE
    own = {"instantie": body.code, "uitgever": authority_name(body, on)}
    return [head, tuple(own.get(*pair) for pair in zip(head, first, strict=True)), *rest]


@require_safe
@login_required
def framework_example(request: PortalRequest, institution_code: str) -> HttpResponse:
    """A made-up framework as CSV, to start from."""
    seen_institution(request, institution_code)
    data = csv_text(_example(request.today), delimiter=";").encode("utf-8-sig")
    return download(data, "text/csv; charset=utf-8", "normenkader-voorbeeld.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def category_edit(
    request: PortalRequest, institution_code: str, category_code: str | None = None
) -> HttpResponse:
    """Add a body's word for how grave a finding is, or change it."""
    institution = recorded_institution(request, institution_code)
    row = None
    if category_code:
        rows = FindingCategory.objects.filter(code=category_code)
        if body := request.GET.get("body", "").replace("\0", ""):
            rows = rows.filter(authority__code=body)
        if len(rows) != 1:
            raise Http404  # two bodies may have the same word: then the address says whose
        row = rows[0]
    form = CategoryForm(sent(request), instance=row or FindingCategory())

    def save() -> FindingCategory:
        return save_category(category=form.record(request.user), by=request.user)

    if recorded(request, form, save, _("The word is recorded.")):
        return redirect("audits:frameworks", institution.code)
    context = {
        "institution": institution,
        "form": form,
        "category": row,
        "changes": changes_of(row, sight=sight_for(request)) if row else (),
    }
    return render(request, "audits/audits_held/category_form.html", context)
