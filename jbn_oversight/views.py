"""The pages that belong to no floor: home, about, accessibility, language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.navigation import first_page
from jbn_oversight.organisations.selectors.choosing import chosen_institution


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """To the first page that is theirs; to signing in for anyone who is not signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.user is None:
        return redirect("account_login")
    return redirect(
        first_page(actor, chosen_institution(request)) or reverse("accounts:what_may_i_do")
    )


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What the portal is, for whom, and whom to ask."""
    return render(request, "pages/about.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Tijdelijk besluit digitale toegankelijkheid overheid)."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language, for the person or for this browser."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        chosen = settings.LANGUAGE_CODE
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(target if safe else reverse("home"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    if isinstance(request.user, User):
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return response
