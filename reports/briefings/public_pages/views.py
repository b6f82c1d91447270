"""Public pages: what anybody may read without an account, once it is out, if so chosen."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from jbn_oversight.accounts.models import Role
from jbn_oversight.files.views import serve
from jbn_oversight.http import TimedRequest
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.document.selectors.corrections import corrections_beside
from reports.briefings.document.selectors.documents import document_of_content, file_name
from reports.briefings.gate.views.downloads import pdf_name
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant
from reports.documents.exports import figures_csv
from reports.documents.rules import BriefingDocument

View = Callable[..., HttpResponse]


class PublishedText:
    """One text of a published version, for everybody."""

    def __init__(self, request: TimedRequest, page_key: str, text_id: str = "") -> None:
        """Fetch it through the gate of public pages. Raises Http404."""
        rows = Briefing.objects.public(request.at).filter(public_address__key=page_key)
        briefing = rows.select_related("region", "municipality", "institution").first()
        version = briefing.published_version if briefing else None
        if briefing is None or version is None:
            raise Http404
        self.key, self.briefing = page_key, briefing
        self.version: BriefingVersion = version
        version.briefing = briefing
        self.variants = list(
            VersionVariant.objects.filter(version=version, set_aside_at__isnull=True)
            .select_related("region", "municipality")
            .defer("content")
        )
        self.variant = next((one for one in self.variants if one.public_id == text_id), None)
        if text_id and self.variant is None:
            raise Http404
        if self.variant is not None:
            self.variant.version = version
        self.text: BriefingVersion | VersionVariant = self.variant or version

    def document(self) -> BriefingDocument:
        """What was frozen."""
        return document_of_content(self.text.content)

    def address(self, what: str, *more: str) -> str:
        """The address of one form of this text."""
        if self.variant is not None:
            return reverse(f"reports:public_own_{what}", args=[self.key, self.variant.public_id])
        return reverse(f"reports:public_{what}", args=[self.key, *more])

    def out_at(self) -> datetime:
        """The instant from which anybody could read it; its publication was recorded before."""
        published, until = self.version.published_at, self.briefing.embargo_until
        assert published is not None  # public() asks for both
        assert until is not None
        return max(published, until)


def for_everybody(view: View) -> View:
    """May be kept, but only shown again after asking: only what is public at that moment.

    A cache sends the hash and hears 304 or the end: a withdrawal or an emergency works at once.
    The answer is the same for everybody, signed in or not.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def open_to_all(request: TimedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if "ETag" not in response:
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        etag = response["ETag"]
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in known or f"W/{etag}" in known:
            response = HttpResponseNotModified()
            response["ETag"] = etag
        del response["Cache-Control"]
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return open_to_all


@for_everybody
def page(request: TimedRequest, page_key: str, text_id: str = "") -> HttpResponse:
    """The text as a page, the forms to download, and who could read it before."""
    found = PublishedText(request, page_key, text_id)
    document = found.document()
    # All of it in the language of the document: anyone who looks gets the same words.
    with translation.override(document.language):
        context = _context(request, found, document)
        # Without the request: no name, no form and no token of who happens to look.
        response = HttpResponse(render_to_string("reports/briefings/public.html", context))
    response["Content-Language"] = document.language
    return response


def _context(
    request: TimedRequest, found: PublishedText, document: BriefingDocument
) -> dict[str, object]:
    page_key = found.key
    return {
        "document": replace(document, embargo_line=None),
        "corrections": corrections_beside(
            found.text,
            document,
            found.briefing.institution,
            request.at,
        ),
        "published": moment_in_words(found.out_at()),
        "owner": str(found.briefing.owner),
        "place": str(found.variant.place) if found.variant else "",
        "texts": [
            (str(one.place), reverse("reports:public_own_page", args=[page_key, one.public_id]))
            for one in found.variants
        ],
        "common_address": reverse("reports:public_page", args=[page_key]),
        "pdf_address": found.address("pdf") if found.text.printed() is not None else "",
        "has_figures": figures_csv(document) is not None,
        "csv_address": found.address("csv"),
        "json_address": found.address("json"),
        "attachment_links": [
            (one.title, reverse("reports:public_attachment", args=[page_key, one.public_id]))
            for one in found.version.attachments.all()
        ],
        "early": early_access(found.briefing),
    }


def early_access(briefing: Briefing) -> list[tuple[str, str, int]]:
    """Who could read it before its hour: organisation, role and how many people. No names.

    Those who were removed before they accepted the terms never could.
    """
    rows = (
        briefing.early_readers.filter(accepted_at__isnull=False)
        .values("municipality__name", "region__name", "role")
        .annotate(people=Count("user", distinct=True))
    )
    roles = dict(Role.choices)
    found = [
        (
            one["municipality__name"] or one["region__name"],
            str(roles.get(one["role"], one["role"])),
            one["people"],
        )
        for one in rows
    ]
    return sorted(found)


@for_everybody
def pdf(request: TimedRequest, page_key: str, text_id: str = "") -> HttpResponse:
    """The plain PDF."""
    found = PublishedText(request, page_key, text_id)
    printed = found.text.printed()
    if printed is None or printed.pdf is None:
        raise Http404
    return serve(printed.pdf, download_name=pdf_name(found.version), public=True)


@for_everybody
def figures_as_csv(request: TimedRequest, page_key: str, text_id: str = "") -> HttpResponse:
    """The figures, one line each: the file that travels in the PDF."""
    found = PublishedText(request, page_key, text_id)
    response = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


@for_everybody
def figures_as_json(request: TimedRequest, page_key: str, text_id: str = "") -> HttpResponse:
    """The same lines with what a machine must know of them."""
    found = PublishedText(request, page_key, text_id)
    document = found.document()
    rows = csv.DictReader(io.StringIO(_csv(found).decode("utf-8")))
    figures = {
        "title": document.title,
        "publisher": str(found.briefing.owner),
        "subject": document.subject,
        "institution": found.briefing.institution.name,
        "text_of": str(found.variant.place) if found.variant else None,
        "language": document.language,
        "version": found.version.number,
        "published": found.out_at().isoformat(),
        "figures_as_of": document.as_of.isoformat(),
        "fictional": document.fictional,
        "page": request.build_absolute_uri(found.address("page")),
        "columns": COLUMNS,
        "rows": list(rows),
    }
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _csv(found: PublishedText) -> bytes:
    attached = figures_csv(found.document())
    if attached is None:
        raise Http404
    return attached.data


COLUMNS: Final = {
    "kpi": "code of the indicator",
    "scope": "kind of place: institution, region or municipality",
    "scope_code": "code of the place; a municipality has its CBS code",
    "period": "month, YYYY-MM",
    "numerator": "counted cases, protected against small numbers",
    "denominator": "cases among which was counted",
    "value": "the figure in its unit; empty where there is none to show",
    "norm": "the norm that held in that month",
    "verdict": "the figure beside its norm",
    "name": "the indicator in words",
    "place": "the place in words",
    "shown": "the figure as the document shows it",
    "remark": "what to know before quoting it",
}


@for_everybody
def attachment(request: TimedRequest, page_key: str, attachment_id: str) -> HttpResponse:
    """A file that was published with it."""
    found = PublishedText(request, page_key)
    rows = found.version.attachments.filter(public_id=attachment_id).select_related("stored")
    one = rows.first()
    if one is None:
        raise Http404
    name = file_name(one.title, one.position, one.stored.content_type)
    return serve(one.stored, download_name=name, public=True)
