"""The page on which people choose how often they are told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jbn_oversight.http import PortalRequest
from jbn_oversight.notices.actions.noting import choose
from jbn_oversight.notices.forms import RhythmsForm
from jbn_oversight.notices.selectors import chosen_by
from jbn_oversight.notices.sentences import told_always
from jbn_oversight.refusals import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: PortalRequest) -> HttpResponse:
    """How often one is told of what, and what always comes at once, with the reason."""
    data = request.POST if request.method == "POST" else None
    form = RhythmsForm(data, chosen=chosen_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            choose(rhythms=form.cleaned_data, at=request.at, by=request.user)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Your choice was saved."))
            return redirect("notices:mine")
    return render(request, "notices/mine.html", {"form": form, "always": told_always()})
