"""Pages about people: what may I do, who is in my council, who was given which role."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jbn_oversight.accounts.forms import CouncilPersonForm
from jbn_oversight.accounts.managing.actions import end_role, give_role
from jbn_oversight.accounts.managing.selectors import log_of_changes, log_of_roles
from jbn_oversight.accounts.models import (
    IN_A_MUNICIPALITY_ONLY,
    Membership,
    Role,
    User,
)
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Municipality


@require_safe
@login_not_required
def here(request: HttpRequest) -> JsonResponse:
    """Who is signed in in this browser, and a fresh token for its forms.

    For a page that stood open while somebody signed out and in again in another tab. Nobody is
    null; what others may know of a person does not stand here.
    """
    user = request.user
    person = user.public_id if isinstance(user, User) else None
    response = JsonResponse({"person": person, "csrf": get_token(request)})
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
@login_required
def what_may_i_do(request: PortalRequest) -> HttpResponse:
    """My roles, what each lets me do, and the whole table of roles and rights."""
    mine = list(request.actor.memberships)
    context = {
        "memberships": mine,
        "rights": list(request.actor.rights()),
        "table": [
            (right, [(role, role in right.roles, role in right.region_roles) for role in Role])
            for right in all_rights().values()
        ],
        "roles": list(Role),
    }
    return render(request, "accounts/what_may_i_do.html", context)


def _own_council(request: PortalRequest) -> Municipality:
    codes = request.actor.places("accounts.manage_people").municipalities
    chosen = request.GET.get("municipality", "")
    code = chosen if chosen in codes else min(codes, default="")
    if not code:
        raise Http404
    return Municipality.objects.get(cbs_code=code)


@login_required
def people(request: PortalRequest) -> HttpResponse:
    """The people of the clerk's own council; adding one."""
    council = _own_council(request)
    form = CouncilPersonForm(
        request.POST if request.method == "POST" else None, initial={"from_on": request.today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = give_role(
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                place=council,
                from_on=form.cleaned_data["from_on"],
                until_on=form.cleaned_data["until_on"],
                at=request.at,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if given.membership is None:
                messages.info(request, _("This role waits for a second person."))
            else:
                name = given.membership.user.name
                messages.success(request, _("%(name)s was added.") % {"name": name})
            return redirect("accounts:people")
    rows = Membership.objects.with_places().filter(
        municipality=council, role__in=IN_A_MUNICIPALITY_ONLY
    )
    running = {row.pk for row in rows.running(request.today)}
    context = {
        "council": council,
        "form": form,
        "current": [row for row in rows if row.pk in running],
        "coming": [row for row in rows if row.from_on > request.today],
        "ended": [row for row in rows if row.until_on and row.until_on <= request.today],
    }
    return render(request, "accounts/people.html", context)


@require_POST
@login_required
def end(request: PortalRequest, public_id: str) -> HttpResponse:
    """The clerk ends a role in the own council from today on."""
    council = _own_council(request)
    membership = get_object_or_404(Membership, public_id=public_id, municipality=council)
    if membership.role not in IN_A_MUNICIPALITY_ONLY:
        raise Http404
    if membership.user_id == request.user.pk:
        raise PermissionDenied  # nobody is left to undo it
    end_role(membership=membership, at=request.at, by=request.user)
    messages.success(request, _("The role of %(name)s has ended.") % {"name": membership.user.name})
    return redirect("accounts:people")


@require_safe
@login_required
def log(request: PortalRequest) -> HttpResponse:
    """Who was given which role in the places of this person, when and by whom, newest first."""
    if not request.actor.may("accounts.see_account_log"):
        raise Http404
    places = request.actor.places("accounts.see_account_log")
    page = Paginator(log_of_roles(places), 50).get_page(request.GET.get("page"))
    changes = log_of_changes(places)[:200]
    return render(request, "accounts/log.html", {"page": page, "changes": changes})
