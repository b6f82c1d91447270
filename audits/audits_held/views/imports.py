"""Import of the table of findings: show first what would happen, then store all or nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe
from openpyxl import Workbook

from audits.audits_held.forms.audits import report_of
from audits.audits_held.imports import (
    COLUMNS,
    EXAMPLE,
    TABLE,
    ImportStep,
    Planned,
    plan_import,
    store_import,
)
from audits.audits_held.selectors.pages import title_of
from audits.audits_held.views.objects import audit_or_404
from audits.exports import XLSX, download
from audits.forms.imprecise_days import SaidForm, SourceField
from audits.frameworks.forms import clean_size
from audits.frameworks.imports.uploads import read_rows
from audits.imports.problems import WrongFileError, WrongRow
from audits.models.audits import Audit
from audits.permissions import recorded_institution, seen_institution
from audits.rules.audit_days import is_held
from certification.models.sources import Source
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

SALT: Final = "audits.findings_import"
PREVIEW_HOLDS: Final = timedelta(hours=1)
Rows = list[tuple[int, Mapping[str, str]]]


class FindingsUploadForm(SaidForm):
    """The file and the report that it was taken from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or CSV, at most 2 MB and 2,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    source = SourceField(label=gettext_lazy("Source of the findings"))

    def clean_file(self) -> UploadedFile[Any]:
        """Not too large."""
        return clean_size(self.cleaned_data["file"])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def findings_import(request: PortalRequest, institution_code: str, audit_id: str) -> HttpResponse:
    """Choose a file, see what it would do, and store it whole.

    Between the two steps the rows travel in the page, signed for this person and audit; what
    they would do is worked out again before anything is stored.
    """
    institution = recorded_institution(request, institution_code)
    audit = audit_or_404(institution, audit_id)
    if request.method == "POST" and "store" in request.POST:
        return _store(request, institution, audit)
    form = FindingsUploadForm(
        request.POST or None,
        request.FILES or None,
        at=request.at,
        initial={"source": report_of(audit)},
    )
    wrong: tuple[WrongRow, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            rows = read_rows(form.cleaned_data["file"], TABLE)
            with transaction.atomic():
                source = form.source_of("source", request.user)
                assert source is not None  # the field is required
                planned = plan_import(audit=audit, rows=rows, source=source)
        except WrongFileError as error:
            wrong = error.wrong
        else:
            return _preview(request, institution, audit, planned, _token(request, rows, source))
    return _choose(request, institution, audit, form, wrong)


def _choose(
    request: PortalRequest,
    institution: Institution,
    audit: Audit,
    form: FindingsUploadForm,
    wrong: tuple[WrongRow, ...],
) -> HttpResponse:
    context = {
        "institution": institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "was_held": is_held(audit),
        "form": form,
        "wrong": wrong,
        "columns": COLUMNS,
    }
    return render(request, "audits/audits_held/import.html", context)


def _preview(
    request: PortalRequest,
    institution: Institution,
    audit: Audit,
    planned: list[Planned],
    token: str,
) -> HttpResponse:
    context = {
        "institution": institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "planned": planned,
        "sentence": _sentence(planned),
        "token": token,
        "changes_anything": any(each.step is not ImportStep.SAME for each in planned),
    }
    return render(request, "audits/audits_held/import.html", context)


def _token(request: PortalRequest, rows: Rows, source: Source) -> str:
    signer = signing.TimestampSigner(salt=f"{SALT}:{request.user.pk}:{request.path}")
    kept = [(number, dict(cells)) for number, cells in rows]
    return signer.sign_object({"rows": kept, "source": source.pk}, compress=True)


def _store(request: PortalRequest, institution: Institution, audit: Audit) -> HttpResponse:
    signer = signing.TimestampSigner(salt=f"{SALT}:{request.user.pk}:{request.path}")
    try:
        kept = signer.unsign_object(request.POST.get("rows", ""), max_age=PREVIEW_HOLDS)
    except signing.BadSignature:
        messages.error(request, _("This preview is too old. Choose the file once more."))
        return redirect("audits:findings_import", institution.code, audit.public_id)
    rows = [(number, cells) for number, cells in cast(Any, kept)["rows"]]
    source = Source.objects.get(pk=cast(Any, kept)["source"])
    try:
        stored = store_import(audit=audit, rows=rows, source=source, by=request.user)
    except WrongFileError as error:
        form = FindingsUploadForm(at=request.at, initial={"source": source.code})
        return _choose(request, institution, audit, form, error.wrong)
    messages.success(request, _("Stored. %(sentence)s") % {"sentence": _sentence(stored)})
    return redirect("audits:audit", institution.code, audit.public_id)


def _sentence(planned: list[Planned]) -> str:
    """How many rows add, change or leave a finding."""
    total = len(planned)
    counts = {step: sum(each.step is step for each in planned) for step in ImportStep}
    return ngettext(
        "Of %(total)s finding: %(new)s added, %(changed)s changed, %(same)s as it was.",
        "Of %(total)s findings: %(new)s added, %(changed)s changed, %(same)s as they were.",
        total,
    ) % {
        "total": total,
        "new": counts[ImportStep.NEW],
        "changed": counts[ImportStep.CHANGED],
        "same": counts[ImportStep.SAME],
    }


@require_safe
@login_required
def findings_example(request: PortalRequest, institution_code: str) -> HttpResponse:
    """A made-up table to start from; all of it is text, so that 3.10 stays 3.10."""
    seen_institution(request, institution_code)
    book = Workbook()
    sheet = book.create_sheet("bevindingen", 0)
    for row in (tuple(COLUMNS), *EXAMPLE):
        sheet.append(row)
    for column in sheet.iter_cols(max_row=500, max_col=len(COLUMNS)):
        for cell in column:
            cell.number_format = "@"
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return download(out.getvalue(), XLSX, "bevindingen-voorbeeld.xlsx")
