"""Two versions side by side, or a version and the draft: words and figures that changed.

Of the common text, or of the text of one place.
"""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Region
from reports.briefings.document.rules.differences import Wording, figures_changed, sections_changed
from reports.briefings.document.selectors.documents import (
    document_of_content,
    document_of_draft,
    version_label,
)
from reports.briefings.document.selectors.quoted_figures import Reader
from reports.briefings.gate.views.fetching import open_work, secret
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant
from reports.briefings.writing.views.previews import reader_of
from reports.documents import sentences as printing
from reports.documents.rules import BriefingDocument
from reports.figures.rules.figures import QuotedFigure

DRAFT = "draft"


class _InWords(Wording):
    """Figures and other parts in the language that is active."""

    def figure(self, figure: QuotedFigure) -> str:
        """The figure as it stands in running text."""
        return f"{printing.value_of(figure)} ({printing.stand_of(figure)})"

    def part(self, kind: Literal["table", "chart", "picture"], title: str) -> str:
        """A line in square brackets."""
        words = {
            "table": _("[table: %(title)s]"),
            "chart": _("[chart: %(title)s]"),
            "picture": _("[picture: %(title)s]"),
        }
        return words[kind] % {"title": title}


@require_safe
@secret
def compare(request: PortalRequest, public_id: str) -> HttpResponse:
    """The chosen two; without a choice the latest version and the draft."""
    briefing = open_work(request, public_id)
    versions = list(briefing.versions.order_by("-number"))
    choices = [(DRAFT, _("the draft"))]
    choices += [(one.public_id, version_label(one.number)) for one in versions]
    old = request.GET.get("old") or (versions[0].public_id if versions else DRAFT)
    new = request.GET.get("new") or DRAFT
    if not {old, new} <= {key for key, _label in choices}:
        raise Http404
    chosen = request.GET.get("for", "")
    reader, readers = reader_of(briefing, request.today, chosen)
    before, after = (_document(request, briefing, key, reader) for key in (old, new))
    with translation.override(briefing.language):
        changes = sections_changed(before, after, value=_InWords())
    changed = sum(not one.is_same for one in changes)
    names = dict(choices)
    context = page(
        request,
        briefing,
        choices=choices,
        old=old,
        new=new,
        readers=readers,
        chosen=chosen,
        reader=reader,
        names=names,
        old_name=names[old],
        new_name=names[new],
        changes=changes,
        sentence=_how_many(changed, names[old], names[new], is_alone=not versions),
        facts=_facts(before, after),
        figures=figures_changed(before, after),
        files=_files(request, briefing, old, new),
        has_versions=bool(versions),
    )
    return render(request, "reports/briefings/compare.html", context)


def _how_many(changed: int, old: str, new: str, *, is_alone: bool) -> str:
    """How many sections differ; ``is_alone`` where the draft has nothing beside it."""
    if is_alone:
        return _("There is no approved version yet to compare the draft with.")
    words = {"n": changed, "old_name": old, "new_name": new}
    if not changed:
        return _("No section differs between %(old_name)s and %(new_name)s.") % words
    return (
        ngettext(
            "%(n)s section differs between %(old_name)s and %(new_name)s.",
            "%(n)s sections differ between %(old_name)s and %(new_name)s.",
            changed,
        )
        % words
    )


def _document(
    request: PortalRequest, briefing: Briefing, key: str, reader: Reader
) -> BriefingDocument:
    """What that place reads in the draft or the version; the common text where it has no other."""
    if key == DRAFT:
        return document_of_draft(briefing, request.at, place=reader)
    version = briefing.versions.get(public_id=key)
    return document_of_content((_own(version, reader) or version).content)


def _own(version: BriefingVersion, reader: Reader) -> VersionVariant | None:
    if reader is None:
        return None
    field = "region" if isinstance(reader, Region) else "municipality"
    return version.variants.filter(set_aside_at=None, **{field: reader}).first()


def _facts(before: BriefingDocument, after: BriefingDocument) -> list[tuple[str, str, str]]:
    """What differs in the heading: name, before, after."""

    def said(document: BriefingDocument) -> dict[str, str]:
        return {
            _("Title"): document.title,
            _("To"): ", ".join(document.addressees),
            _("From"): document.sender,
            _("Date"): printing.day_of(document.on) if document.on else "",
            _("Subject"): document.subject,
            _("Status"): document.status_line,
            _("Embargo"): document.embargo_line or "",
        }

    old, new = said(before), said(after)
    return [(name, old[name], new[name]) for name in old if old[name] != new[name]]


def _files(
    request: PortalRequest, briefing: Briefing, old: str, new: str
) -> tuple[list[str], list[str]]:
    """Titles of files that came, and of files that went."""

    def of(key: str) -> dict[tuple[str, str], str]:
        rows = (
            briefing.attachments.filter(removed_at=None)
            if key == DRAFT
            else briefing.versions.get(public_id=key).attachments.all()
        )
        names = rows.values_list("title", "stored__sha256")
        return {(title, sha256): title for title, sha256 in names}

    before, after = of(old), of(new)
    came = [title for key, title in after.items() if key not in before]
    return came, [title for key, title in before.items() if key not in after]
