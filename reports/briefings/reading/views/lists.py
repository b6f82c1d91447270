"""The list of briefings: what is new for me first, then what I work on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jbn_oversight.embargo import Answer, overdue
from jbn_oversight.http import PortalRequest
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.gate.permissions import DRAFT_RIGHT, owners_for
from reports.briefings.gate.selectors.texts import texts_read_by
from reports.briefings.gate.sentences import standing
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingKind, ReadingLog
from reports.briefings.writing.actions.drafts import start as start_briefing
from reports.briefings.writing.forms.drafts import StartForm

MOST_WORDS = 10
PER_PAGE = 50


def _words(text: str) -> list[str]:
    return text.split()[:MOST_WORDS]


@require_safe
@login_required
def briefings(request: PortalRequest) -> HttpResponse:
    """What this person may read and works on, and no trace of anything else."""
    can_read = request.actor.may("reports.see_briefings")
    can_make = request.actor.may("reports.make_briefings")
    if not (can_read or can_make):
        raise PermissionDenied
    # PostgreSQL keeps no NUL, and so finds none.
    search = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    context = {
        "search": search,
        "readable": (readable := _readable(request, search)),
        "new": [row for row in readable if row["is_new"]],
        "seen": [row for row in readable if not row["is_new"]],
        "worked_on": _worked_on(request, search) if can_make else [],
        "can_draft": request.actor.may(DRAFT_RIGHT),
        "can_make": can_make,
    }
    return render(request, "reports/briefings/list.html", context)


def _readable(request: PortalRequest, search: str) -> list[dict[str, Any]]:
    """Rows of what may be read now: unread first, then the newest. Search looks in these only."""
    visible = Briefing.objects.visible_to(request.user, request.at).select_related(
        "region", "municipality"
    )
    texts = [
        (text, content)
        for briefing in visible
        for text in texts_read_by(request.user, request.at, briefing)[:1]
        if _matches(content := text.content, search)
    ]
    opened = set(
        ReadingLog.objects.filter(
            briefing_public_id__in=[text.briefing.public_id for text, _content in texts],
            reader_public_id=request.user.public_id,
            kind=ReadingKind.OPEN,
        ).values_list("briefing_public_id", "version_number")
    )
    rows = []
    for text, content in texts:
        briefing, version = text.briefing, text.version
        is_within = briefing.answer == Answer.WITHIN.value
        is_late = is_within and overdue(briefing.embargo_facts(), request.at)
        assert briefing.embargo_until is not None  # briefing_hour_from_approval_on
        rows.append(
            {
                "briefing": briefing,
                "title": content["title"],
                "number": version.number,
                "approved_at": version.approved_at,
                "owner": briefing.owner,
                "is_new": (briefing.public_id, version.number) not in opened,
                "embargo": _embargo_words(
                    moment_in_words(briefing.embargo_until), is_within=is_within, is_late=is_late
                ),
            }
        )
    rows.sort(key=lambda row: (not row["is_new"], -row["approved_at"].timestamp()))
    return rows


def _embargo_words(until: str, *, is_within: bool, is_late: bool) -> str:
    """How the embargo of a briefing stands, for its reader."""
    if is_late:
        return _("under embargo: not published yet")
    words = _("under embargo until %(moment)s") if is_within else _("ended on %(moment)s")
    return words % {"moment": until}


def _matches(content: Mapping[str, Any], search: str) -> bool:
    """Whether each word stands in the text that this very reader gets."""
    words = [word.casefold() for word in _words(search)]
    if not words:
        return True
    parts = [content["title"], content["subject"]]
    for section in content["sections"]:
        parts.append(section["heading"])
        parts += [part.get("markdown", "") for part in section.get("parts", [section])]
    found = "\n".join(parts).casefold()
    return all(word in found for word in words)


def _worked_on(request: PortalRequest, search: str) -> list[dict[str, Any]]:
    rows = Briefing.objects.worked_on_by(request.user, request.at)
    for word in _words(search):
        matching = rows.filter(sections__text__icontains=word).values("pk")
        rows = rows.filter(
            Q(title__icontains=word) | Q(subject__icontains=word) | Q(pk__in=matching)
        )
    rows = rows.select_related("region", "municipality", "publisher")
    return [{"briefing": briefing, "standing": standing(briefing, request.at)} for briefing in rows]


@login_required
def new(request: PortalRequest) -> HttpResponse:
    """Start a briefing."""
    if not request.actor.may(DRAFT_RIGHT):
        raise PermissionDenied
    form = StartForm(
        request.POST if request.method == "POST" else None,
        owners=owners_for(request.actor),
        institutions=request.actor.places(DRAFT_RIGHT).institutions,
    )
    if request.method == "POST" and form.is_valid():
        briefing = start_briefing(
            institution=form.cleaned_data["institution"],
            owner=form.chosen_owner,
            title=form.cleaned_data["title"],
            language=form.cleaned_data["language"],
            document_type=form.cleaned_data["document_type"],
            at=request.at,
            by=request.user,
        )
        return redirect("reports:briefing_edit", briefing.public_id)
    return render(request, "reports/briefings/new.html", {"form": form})


@require_safe
@login_required
def log(request: PortalRequest) -> HttpResponse:
    """Who opened and downloaded what, for the privacy officer and the auditor: no contents."""
    if not request.actor.may("reports.see_logs"):
        raise PermissionDenied
    places = request.actor.places("reports.see_logs")
    owners = [f"region:{slug}" for slug in places.regions]
    owners += [f"municipality:{code}" for code in places.municipalities]
    rows = ReadingLog.objects.filter(owner__in=owners)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/briefings/log.html", {"page": page, "of_one": False})
