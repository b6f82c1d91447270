"""Writing: the heading of the draft, and one section at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.http import PortalRequest
from jbn_oversight.public_id import new_public_id
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.document.rules.differences import words_changed
from reports.briefings.document.rules.kinds import is_required, section_template
from reports.briefings.document.selectors.documents import DraftedSection, document_of_draft
from reports.briefings.document.selectors.quoted_figures import (
    Reader,
    problem_words,
    problems_in,
    quoting_for,
)
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.fetching import open_work, secret
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import Comment, SectionDraft
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.drafts import edit_heading
from reports.briefings.writing.actions.sections import TypedElsewhereError, TypedText
from reports.briefings.writing.forms.drafts import DraftForm
from reports.briefings.writing.forms.sections import CommentForm, ReplyForm, SectionForm, code_of
from reports.briefings.writing.selectors import offers_for
from reports.briefings.writing.views.previews import Choices, reader_of

LONGEST_INSERT: Final = 2_000


def written_by(request: PortalRequest, public_id: str) -> Briefing:
    """The briefing, for who may write in it: seen but not yours to write is 403."""
    briefing = open_work(request, public_id)
    if not maker_of(briefing, request.user, request.at).writes:
        raise PermissionDenied
    return briefing


def section_of(briefing: Briefing, section_id: str) -> Section:
    """A section of the draft by its identifier, else 404."""
    rows = briefing.sections.select_related("region", "municipality", "briefing")
    section = rows.filter(public_id=section_id).first()
    if section is None:
        raise Http404
    return section


def order_of(briefing: Briefing, here: Section | None = None) -> list[dict[str, object]]:
    """The sections in order with their state, for the list on the left."""
    open_comments = Comment.objects.filter(briefing=briefing).unresolved()
    asked = {row.section_id for row in open_comments}
    return [
        {
            "section": row,
            "is_here": row == here,
            "is_written": bool(row.text.strip()),
            "is_required": is_required(briefing.document_type, row.key),
            "has_comments": row.pk in asked,
        }
        for row in briefing.sections.select_related("region", "municipality")
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def heading(request: PortalRequest, public_id: str) -> HttpResponse:
    """The form of everything but the sections: heading, hours, audience, figures."""
    briefing = written_by(request, public_id)
    posted = request.method == "POST"
    form = DraftForm(request.POST if posted else None, briefing=briefing, at=request.at)
    if posted and form.is_valid():
        try:
            edit_heading(
                briefing=briefing,
                draft=form.draft(),
                seen=form.cleaned_data["seen"],
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Saved."))
            done = request.POST.get("do") == "done"
            return redirect(f"reports:briefing_{'work' if done else 'edit'}", public_id)
    context = page(request, briefing, form=form, order=order_of(briefing))
    return render(request, "reports/briefings/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def section(request: PortalRequest, public_id: str, section_id: str) -> HttpResponse:
    """One section: its text, what can be inserted, and what others say of it."""
    briefing = written_by(request, public_id)
    found = section_of(briefing, section_id)
    if request.method != "POST":
        return _editor(request, found, _opened(request, found))
    form = SectionForm(request.POST, section=found, on=request.today)
    if not form.is_valid():
        return _editor(request, found, form)
    is_kept = True
    try:
        # First kept, then saved: whatever goes wrong in between, no word is lost.
        try:
            _keep(request, found, form)
        except TypedElsewhereError:
            is_kept = False
        return _did(request, found, form)
    except ChangedMeanwhileError as error:
        if is_kept:
            return redirect("reports:briefing_section", public_id, section_id)
        form.add_error(None, error.sentence)
        return _editor(request, found, form, clash=True)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _editor(request, found, form)


def _did(request: PortalRequest, found: Section, form: SectionForm) -> HttpResponse:
    """Insert, preview or save, by the button that was pressed. Raises RefusedError."""
    briefing, do = found.briefing, request.POST.get("do")
    insert = request.POST.get("insert", "")[:LONGEST_INSERT]
    here = redirect("reports:briefing_section", briefing.public_id, found.public_id)
    if insert:
        _insert_at_the_end(request, found, form, insert)
        return here
    if do == "preview":
        return _editor(request, found, form, preview=True)
    sections.save_section(section=found, typed=form.typed(), at=request.at, by=request.user)
    messages.success(request, _("Saved."))
    later = briefing.sections.filter(position__gt=found.position).first()
    if do == "next" and later is not None:
        return redirect("reports:briefing_section", briefing.public_id, later.public_id)
    return here


def _keep(request: PortalRequest, found: Section, form: SectionForm) -> SectionDraft | None:
    # With the revision on which it began, also where the writer saw a later one beside it.
    typed = replace(form.typed(), base_revision=form.cleaned_data["base"])
    return sections.keep_copy(section=found, typed=typed, at=request.at, by=request.user)


def _insert_at_the_end(
    request: PortalRequest, found: Section, form: SectionForm, insert: str
) -> None:
    """Without script: what was chosen goes to the end of the working copy."""
    data = form.cleaned_data
    text = f"{data['text'].rstrip()}\n\n{insert.strip()}\n".lstrip()
    typed = TypedText(
        data["heading"], text, data["base"]
    )  # comes from no page: over what was there
    sections.keep_copy(section=found, typed=typed, at=request.at, by=request.user)


def _copy(request: PortalRequest, found: Section) -> SectionDraft | None:
    copy = SectionDraft.objects.filter(section=found, user=request.user).first()
    if copy is not None and sections.is_saved(found, copy.heading, copy.text, copy.base_revision):
        return None
    return copy


def _opened(request: PortalRequest, found: Section) -> SectionForm:
    copy = _copy(request, found)
    mine: Section | SectionDraft = copy or found
    initial = {
        "heading": mine.heading,
        "text": mine.text,
        "place": code_of(found.place) if found.place is not None else "",
        "base": copy.base_revision if copy else found.revision,
        "seen": found.revision if copy and copy.is_behind else None,
        "page": new_public_id(),
        "sequence": 0,
        "began_with": copy.mark if copy else "",
    }
    return SectionForm(initial=initial, section=found, on=request.today)


def _editor(
    request: PortalRequest,
    found: Section,
    form: SectionForm,
    *,
    preview: bool = False,
    clash: bool = False,
) -> HttpResponse:
    """The page of one section; ``clash`` where what was typed could neither be saved nor kept."""
    briefing = found.briefing
    copy = _copy(request, found)
    other = clash or (copy is not None and copy.is_behind and not form.errors)
    if clash:
        data = form.cleaned_data
        copy = SectionDraft(
            section=found,
            user=request.user,
            heading=data["heading"],
            text=form.typed().text,
            saved_at=request.at,
        )
        # The page shows the other text beside it, so who saves it now goes over that.
        form.data = {**{name: form.data.get(name) for name in form.data}, "seen": found.revision}
    reads_as, reader, readers = _reads_as(request, found)
    text = form["text"].value() or ""
    context = page(
        request,
        briefing,
        form=form,
        section=found,
        order=order_of(briefing, found),
        template=section_template(briefing.document_type, found.key),
        is_required=is_required(briefing.document_type, found.key),
        problems=[
            problem_words(one) for one in problems_in(text, quoting_for(briefing, request.at))
        ],
        offers=offers_for(briefing, request.at),
        copy=copy,
        other=found if other else None,
        other_by=_last_writer(found) if other else "",
        changes=words_changed(found.text, copy.text) if other and copy is not None else (),
        preview=_shown(request, found, form, reader) if preview else None,
        readers=readers,
        reads_as=reads_as,
        threads=threads_of(briefing, found),
        comment_form=CommentForm(auto_id="comment_%s"),
        reply_form=ReplyForm(auto_id=False),
    )
    return render(request, "reports/briefings/section.html", context)


def threads_of(briefing: Briefing, found: Section | None = None) -> list[dict[str, object]]:
    """Comments with their replies; those of one section, or all."""
    rows = Comment.objects.filter(briefing=briefing, parent=None)
    if found is not None:
        rows = rows.filter(section=found)
    rows = rows.select_related("section", "written_by", "resolved_by")
    return [
        {
            "comment": row,
            "replies": list(row.replies.select_related("written_by")),
            "is_gone": bool(row.quoted)
            and (row.section is None or row.quoted not in " ".join(row.section.text.split())),
        }
        for row in rows.prefetch_related("replies")
    ]


def _last_writer(found: Section) -> str:
    row = found.history.select_related("history_user").first()
    return row.history_user.name if row is not None and row.history_user else ""


def _shown(request: PortalRequest, found: Section, form: SectionForm, reader: Reader) -> object:
    """The section as this place would read it, with what is on the screen in the place of what
    is saved: also a section that is for others alone, for who tries what their place gets."""
    drafted = DraftedSection(form["heading"].value() or "", form["text"].value() or "")
    document = document_of_draft(found.briefing, request.at, place=reader, sections=[drafted])
    return document.sections[0]


def _reads_as(request: PortalRequest, found: Section) -> tuple[str, Reader, Choices]:
    """As whom the preview looks: as chosen, else as the place that the section is for alone."""
    on = request.today
    own = code_of(found.place) if found.place is not None else ""
    if own not in dict(reader_of(found.briefing, on, "")[1]):
        own = ""
    chosen = request.POST.get("as", own)
    return (chosen, *reader_of(found.briefing, on, chosen))


@require_POST
@secret
def section_keep(request: PortalRequest, public_id: str, section_id: str) -> HttpResponse:
    """Keep what is on the screen as a working copy; says when, for who goes on writing."""
    found = section_of(written_by(request, public_id), section_id)
    form = SectionForm(request.POST, section=found, on=request.today)
    if not form.is_valid():
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"kept": False, "words": " ".join(wrong)})
    try:
        copy = _keep(request, found, form)
    except RefusedError as error:
        return JsonResponse({"kept": False, "words": error.sentence})
    hour = date_format(timezone.localtime(copy.saved_at if copy else request.at), "H.i")
    return JsonResponse({"kept": True, "words": _("kept at %(hour)s") % {"hour": hour}})


@require_POST
@secret
def section_preview(request: PortalRequest, public_id: str, section_id: str) -> HttpResponse:
    """What is on the screen as it would be read: a part of a page."""
    found = section_of(written_by(request, public_id), section_id)
    form = SectionForm(request.POST, section=found, on=request.today)
    form.is_valid()
    wrong = problems_in(form["text"].value() or "", quoting_for(found.briefing, request.at))
    _code, reader, _choices = _reads_as(request, found)
    context = {
        "preview": _shown(request, found, form, reader),
        "problems": [problem_words(one) for one in wrong],
        "language": found.briefing.language,
    }
    return render(request, "reports/briefings/_section_preview.html", context)


@require_POST
@secret
def section_add(request: PortalRequest, public_id: str) -> HttpResponse:
    """A new section at the end, or after the one that was open."""
    briefing = written_by(request, public_id)
    after = briefing.sections.filter(public_id=request.POST.get("after", "")).first()
    try:
        new = sections.add_section(
            briefing=briefing, heading=_("New section"), after=after, at=request.at, by=request.user
        )
    except RefusedError as error:
        messages.error(request, error.sentence)
        return redirect("reports:briefing_edit", public_id)
    return redirect("reports:briefing_section", public_id, new.public_id)


@require_POST
@secret
def section_do(request: PortalRequest, public_id: str, section_id: str) -> HttpResponse:
    """Move a section, take it out of the draft, or give one's own working copy up."""
    found = section_of(written_by(request, public_id), section_id)
    do = request.POST.get("do", "")
    try:
        if do in {"up", "down"}:
            direction: Literal["up", "down"] = "up" if do == "up" else "down"
            sections.move_section(
                section=found, direction=direction, at=request.at, by=request.user
            )
        elif do == "give-up":
            page_left = request.POST.get("page", "")[:32]
            sections.give_up_copy(section=found, by=request.user, at=request.at, page=page_left)
            messages.success(request, _("Your unsaved text was thrown away."))
        elif do == "remove":
            revision = request.POST.get("revision", "")
            sections.remove_section(
                section=found,
                revision=int(revision) if revision.isdecimal() else 0,
                at=request.at,
                by=request.user,
            )
            messages.success(request, _("The section was taken out of the draft."))
            return redirect("reports:briefing_edit", public_id)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("reports:briefing_section", public_id, section_id)
