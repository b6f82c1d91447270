"""Which institution somebody is looking at, where there is more than one to see.

There is no first one: who sees several chooses, and the choice stays until another is chosen.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

_KEY: Final = "institution"


def seen_institution(request: PortalRequest, code: str, right: str) -> Institution:
    """The institution by its code, for who has the right there; it is the chosen one from now on.

    Raises Http404 for one that does not exist or is not theirs.
    """
    seen = request.actor.places(right).institutions
    if code not in seen:
        raise Http404
    if len(seen) > 1 and chosen_institution(request) != code:
        request.session[_KEY] = code
    return Institution.objects.get(code=code)


def chosen_institution(request: HttpRequest) -> str:
    """The code of the institution that the person last looked at; empty where none was chosen.

    Only a wish: anyone who uses it asks whether the person may see that institution.
    """
    session = getattr(request, "session", None)
    return str(session.get(_KEY, "")) if session is not None else ""


def limit_institutions(form: forms.BaseForm, codes: Collection[str], field: str) -> None:
    """Let a form offer these institutions. Where there are several, none is chosen beforehand."""
    choice: Any = form.fields[field]
    choice.empty_label = _("Choose an institution") if len(codes) > 1 else None
    choice.queryset = Institution.objects.filter(code__in=codes).order_by("name")
