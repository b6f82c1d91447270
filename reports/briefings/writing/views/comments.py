"""Comments of the makers: on a section, and all of a draft together."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.gate.views.fetching import open_work, secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.writing.actions.comments import comment_on, reopen, reply, resolve
from reports.briefings.writing.forms.sections import CommentForm, ReplyForm
from reports.briefings.writing.views.sections import section_of, threads_of


@require_safe
@secret
def comments(request: PortalRequest, public_id: str) -> HttpResponse:
    """All comments on the draft, those that still ask for something first."""
    briefing = open_work(request, public_id)
    forms = [
        {"section": row, "form": CommentForm(auto_id=f"comment_{row.public_id}_%s")}
        for row in briefing.sections.all()
    ]
    threads = threads_of(briefing)
    context = page(
        request,
        briefing,
        open_threads=[one for one in threads if one["comment"].resolved_at is None],  # type: ignore[attr-defined]
        done_threads=[one for one in threads if one["comment"].resolved_at is not None],  # type: ignore[attr-defined]
        section_forms=forms,
        reply_form=ReplyForm(auto_id=False),
        back="comments",
    )
    return render(request, "reports/briefings/comments.html", context)


@require_POST
@secret
def comment_add(request: PortalRequest, public_id: str, section_id: str) -> HttpResponse:
    """Say something about some words of a section."""
    briefing = worked_on(request, public_id)
    section = section_of(briefing, section_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        _say(request, form)
        return _back(request, briefing, section_id)
    try:
        comment_on(
            section=section,
            quoted=form.cleaned_data["quoted"],
            text=form.cleaned_data["text"],
            at=request.at,
            by=request.user,
        )
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Your comment was added."))
    return _back(request, briefing, section_id)


@require_POST
@secret
def comment_do(request: PortalRequest, public_id: str, comment_id: str) -> HttpResponse:
    """Answer a comment, say that it was dealt with, or that it was not after all."""
    briefing = worked_on(request, public_id)
    comment = briefing.comments.select_related("parent", "section").filter(public_id=comment_id)
    found = comment.first()
    if found is None:
        raise Http404
    do = request.POST.get("do", "")
    try:
        if do == "reply":
            form = ReplyForm(request.POST)
            if form.is_valid():
                text = form.cleaned_data["text"]
                reply(comment=found, text=text, at=request.at, by=request.user)
            else:
                _say(request, form)
        elif do == "resolve":
            resolve(comment=found, at=request.at, by=request.user)
        elif do == "reopen":
            reopen(comment=found, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, error.sentence)
    section_id = found.section.public_id if found.section is not None else ""
    return _back(request, briefing, section_id, f"comment-{(found.parent or found).public_id}")


def _say(request: PortalRequest, form: CommentForm | ReplyForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def _back(
    request: PortalRequest, briefing: Briefing, section_id: str, anchor: str = "comments"
) -> HttpResponse:
    """Where the person came from: the section, or the page of all comments."""
    if section_id and request.POST.get("back") != "comments":
        address = reverse("reports:briefing_section", args=[briefing.public_id, section_id])
    else:
        address = reverse("reports:briefing_comments", args=[briefing.public_id])
    return redirect(f"{address}#{anchor}")
