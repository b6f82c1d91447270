"""Screens of people and roles, for administrators and for who decides with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jbn_oversight.accounts.managing import actions, selectors, sentences
from jbn_oversight.accounts.managing import policies as rules
from jbn_oversight.accounts.managing.forms import AddressForm, NameForm, NewPersonForm, RoleForm
from jbn_oversight.accounts.models import AccountChange, ChangeKind, Membership, User
from jbn_oversight.http import PortalRequest, TimedRequest
from jbn_oversight.refusals import RefusedError

ON_A_PAGE = 50


def _administrator(request: PortalRequest) -> None:
    if not request.actor.may("accounts.manage"):
        raise Http404


def _person(request: PortalRequest, person_id: str) -> User:
    """Somebody whom this administrator sees, else 404."""
    _administrator(request)
    people = selectors.people_of(request.user, request.today)
    return get_object_or_404(people, public_id=person_id)


def _managed(request: PortalRequest, person_id: str) -> User:
    """Somebody whom this administrator may change, else 403."""
    person = _person(request, person_id)
    if not rules.may_manage(request.user, person, request.today):
        raise PermissionDenied
    return person


@require_safe
def accounts(request: PortalRequest) -> HttpResponse:
    """Everybody in the places that the administrator looks after; by name or address."""
    _administrator(request)
    words = request.GET.get("q", "")[:100]
    people = selectors.people_of(request.user, request.today)
    page = Paginator(selectors.searched(people, words), ON_A_PAGE).get_page(request.GET.get("page"))
    roles: dict[int, list[Membership]] = {}
    running = Membership.objects.with_places().running(request.today)
    for row in running.filter(user__in=[person.pk for person in page]):
        roles.setdefault(row.user_id, []).append(row)
    rows = [(person, roles.get(person.pk, [])) for person in page]
    return render(request, "accounts/accounts.html", {"page": page, "rows": rows, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: PortalRequest) -> HttpResponse:
    """Add somebody with a role."""
    _administrator(request)
    form = NewPersonForm(
        request.POST if request.method == "POST" else None,
        places=rules.places_of(request.user, request.today),
        initial={"from_on": request.today},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = _given(request, form, email=data["email"], name=data["name"])
        if given is not None:
            return redirect("accounts:account", given)
    return render(request, "accounts/account_new.html", {"form": form})


def _given(request: PortalRequest, form: RoleForm, *, email: str, name: str) -> str | None:
    """Give the role of the form; whose public id, or None with the refusal on the form."""
    try:
        given = actions.give_role(
            email=email, name=name, at=request.at, by=request.user, **form.given()
        )
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return None
    if given.change is not None:
        messages.info(request, _("This role waits for a second person."))
        return given.change.person.public_id
    assert given.membership is not None
    messages.success(request, _("The role was given."))
    return given.membership.user.public_id


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PortalRequest, person_id: str) -> HttpResponse:
    """One person: roles, and what may be changed; giving one more role."""
    person = _person(request, person_id)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        places=rules.places_of(request.user, request.today),
        initial={"from_on": request.today},
    )
    sent = request.method == "POST" and form.is_valid()
    if sent and _given(request, form, email=person.email, name=person.name) is not None:
        return redirect("accounts:account", person_id)
    return _page(request, person, role_form=form)


def _page(request: PortalRequest, person: User, **forms: Any) -> HttpResponse:
    rows = Membership.objects.with_places().filter(user=person)
    context = {
        "person": person,
        "managed": rules.may_manage(request.user, person, request.today),
        "rows": [
            (
                row,
                row.until_on is None or row.until_on > request.today,
                rules.looks_after(request.user, row.place, request.today),
            )
            for row in rows
        ],
        "waiting": [
            sentences.what(change)
            for change in AccountChange.objects.waiting(request.at).with_all().filter(person=person)
        ],
        "role_form": RoleForm(
            places=rules.places_of(request.user, request.today),
            initial={"from_on": request.today},
        ),
        "name_form": NameForm(initial={"name": person.name}),
        "address_form": AddressForm(),
        **forms,
    }
    return render(request, "accounts/account.html", context)


@require_POST
def account_name(request: PortalRequest, person_id: str) -> HttpResponse:
    """Another name."""
    person = _managed(request, person_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, person, name_form=form)
    actions.rename(person=person, name=form.cleaned_data["name"], at=request.at, by=request.user)
    messages.success(request, _("The name was changed."))
    return redirect("accounts:account", person_id)


@require_POST
def account_address(request: PortalRequest, person_id: str) -> HttpResponse:
    """Ask for another address."""
    person = _managed(request, person_id)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_address(
                person=person,
                address=form.cleaned_data["email"],
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error("email", error.sentence)
        else:
            words = _("Both addresses get a mail. The change waits for a second person.")
            messages.info(request, words)
            return redirect("accounts:account", person_id)
    return _page(request, person, address_form=form)


@require_POST
def account_close(request: PortalRequest, person_id: str) -> HttpResponse:
    """Close the account, at once."""
    person = _managed(request, person_id)
    try:
        actions.close_account(person=person, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("The account is closed."))
    return redirect("accounts:account", person_id)


@require_POST
def account_open(request: PortalRequest, person_id: str) -> HttpResponse:
    """Ask to open the account again."""
    person = _managed(request, person_id)
    try:
        actions.ask_reopening(person=person, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.info(request, _("Opening the account waits for a second person."))
    return redirect("accounts:account", person_id)


@require_POST
def role_end(request: PortalRequest, person_id: str, role_id: str) -> HttpResponse:
    """End a role today."""
    person = _person(request, person_id)
    row = get_object_or_404(Membership.objects.with_places(), user=person, public_id=role_id)
    if not rules.looks_after(request.user, row.place, request.today) or person == request.user:
        raise PermissionDenied  # of oneself: nobody may be left to undo it
    actions.end_role(membership=row, at=request.at, by=request.user)
    messages.success(request, _("The role of %(name)s has ended.") % {"name": person.name})
    return redirect("accounts:account", person_id)


@require_safe
def decisions(request: PortalRequest) -> HttpResponse:
    """What waits for this person as the second one, and what they asked for themselves."""
    if not request.actor.may("accounts.decide"):
        raise Http404
    found = selectors.changes_for(request.user, request.at)
    context = {
        "to_decide": [_row(change) for change, decides in found if decides],
        "waiting": [_row(change) for change, decides in found if not decides],
        "given": selectors.roles_given_around(request.user, request.at),
    }
    return render(request, "accounts/decisions.html", context)


def _row(change: AccountChange) -> dict[str, Any]:
    return {
        "change": change,
        "what": sentences.what(change),
        "is_address": change.kind == ChangeKind.ADDRESS,
    }


@require_POST
def decide(request: PortalRequest, change_id: str) -> HttpResponse:
    """Agree with a change or refuse it."""
    if not request.actor.may("accounts.decide"):
        raise Http404
    change = next(
        (
            one
            for one, _own in selectors.changes_for(request.user, request.at)
            if one.public_id == change_id
        ),
        None,
    )
    if change is None:
        raise Http404
    act = actions.agree if request.POST.get("act") == "agree" else actions.refuse
    try:
        done = act(change=change, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _said(done))
    return redirect("accounts:decisions")


def _said(change: AccountChange) -> str:
    if change.refused_at is not None:
        return _("This will not happen.")
    if change.done_at is not None:
        return _("Done.")
    return _("You agreed. It waits for the new address to be confirmed.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_link(request: TimedRequest, token: str) -> HttpResponse:
    """What the link in a mail about an address leads to. A look changes nothing; the button does.

    Programs that read mail follow links; they press no button.
    """
    read = sentences.read_token(token)
    change = None
    if read is not None:
        change = AccountChange.objects.filter(public_id=read[0]).first()
    if read is None or change is None:
        raise Http404
    done, refusal = False, ""
    if request.method == "POST":
        try:
            done = actions.answer_link(token=token, at=request.at) is not None
        except RefusedError as error:
            refusal = error.sentence
    context = {
        "is_new": read[1] == "new",
        "done": done,
        "refusal": refusal,
        "over": not done and not change.is_waiting(request.at),
    }
    return render(request, "accounts/address_link.html", context)
