"""Hand over a table of verdicts: look at it first, then record all of it or nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from audits.exports import download
from audits.forms.imprecise_days import SaidForm, SourceField
from audits.imports.tables import MOST_BYTES, RowError
from audits.inspections.imports import (
    INSTITUTION,
    NORM,
    REMARK,
    VERDICT,
    WORDS,
    ReadVerdict,
    as_csv,
    read_verdicts,
    record_verdicts,
)
from audits.inspections.views.forms import to_page
from audits.inspections.views.objects import inspected_or_404
from audits.models.inspections import InspectedInstitution
from audits.permissions import recorded_institution, seen_institution
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError


class TableForm(SaidForm):
    """The file, or the table that was looked at, and the source that it was taken from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("CSV or XLSX, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    from_source = SourceField(
        label=gettext_lazy("Where the verdicts stand"),
        help_text=gettext_lazy("The report, or who tells of it."),
    )
    table = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_BYTES)

    def clean_file(self) -> UploadedFile[Any] | None:
        """Not too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 2 MB. Hand over less at once."))
        return file

    def clean(self) -> dict[str, Any]:
        """A file, or the table of the page before."""
        cleaned = super().clean()
        if not cleaned.get("file") and not cleaned.get("table") and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned

    def content(self) -> bytes:
        """What is to be read."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        return file.read() if file else str(self.cleaned_data["table"]).encode()


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verdicts_import(
    request: PortalRequest, institution_code: str, inspection_id: str
) -> HttpResponse:
    """Read a table, show beside what is known what it changes, and record it once confirmed."""
    institution = recorded_institution(request, institution_code)
    own = inspected_or_404(institution, inspection_id)
    if own.inspection.framework is None:
        raise Http404
    source = own.published_source
    form = TableForm(
        request.POST or None,
        request.FILES or None,
        initial={"from_source": source.code if source else ""},
        at=request.at,
    )
    errors: list[RowError] = []
    rows: tuple[ReadVerdict, ...] = ()
    if request.method == "POST" and form.is_valid():
        found = read_verdicts(own.inspection, form.content())
        if isinstance(found, list):
            errors = found
        else:
            rows = found
        is_confirmed = request.POST.get("act") == "record" and not form.cleaned_data["file"]
        if rows and is_confirmed and _recorded(request, form, rows):
            return to_page(own)
    context = {
        "institution": institution,
        "inspected": own,
        "form": form,
        "errors": errors,
        "rows": rows,
        "changes": sum(row.is_change for row in rows),
        "table": as_csv(rows) if rows else "",
        "columns": (INSTITUTION, NORM, VERDICT, REMARK),
        "words": tuple(WORDS),
        "norms": list(own.inspection.framework.themes.all()),
    }
    return render(request, "audits/inspections/import.html", context)


def _recorded(request: PortalRequest, form: TableForm, rows: tuple[ReadVerdict, ...]) -> bool:
    try:
        with transaction.atomic():
            source = form.source_of("from_source", request.user)
            assert source is not None
            changed = record_verdicts(rows=rows, source=source, by=request.user)
    except RefusedError as error:
        form.refuse(error)
        return False
    messages.success(
        request,
        ngettext("%(n)s verdict recorded.", "%(n)s verdicts recorded.", changed) % {"n": changed}
        if changed
        else _("Everything was recorded already. Nothing changed."),
    )
    return True


@require_safe
@login_required
def verdicts_example(request: PortalRequest, institution_code: str) -> HttpResponse:
    """A table to start from: the columns, and one row that says how to fill them."""
    institution = seen_institution(request, institution_code)
    inspected = (
        InspectedInstitution.objects.of(institution)
        .filter(inspection__framework__isnull=False)
        .select_related("inspection__framework")
        .first()
    )
    framework = inspected.inspection.framework if inspected else None
    themes = list(framework.themes.all()) if framework else []
    lines = [[INSTITUTION, NORM, VERDICT, REMARK]]
    lines += [[institution.name, theme.title, "niet beoordeeld", ""] for theme in themes]
    text = "\r\n".join(";".join(f'"{cell}"' for cell in line) for line in lines) + "\r\n"
    return download(text.encode("utf-8-sig"), "text/csv; charset=utf-8", "oordelen.csv")
