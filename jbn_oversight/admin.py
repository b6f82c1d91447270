"""Django's admin, for equated days alone.

Nobody has a superuser flag: who is administrator today may use it, anyone who is not finds
nothing here. It holds no figures and no briefings.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.statutory_days.act_kinds import EQUATED_DAYS
from jbn_oversight.statutory_days.models import EquatedDay, EquatedDayList

M = TypeVar("M", bound=models.Model)


class PortalAdminSite(admin.AdminSite):
    """The admin of anyone who holds the role administrator today."""

    site_header = _("Administration")
    site_title = _("JBN Oversight")
    index_title = _("Equated days")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether an administrator asks."""
        actor = getattr(request, "actor", None)
        return bool(actor and actor.may("accounts.manage"))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """For anyone who is no administrator nothing is here, not even a way to sign in."""
        guarded = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return checked

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one place to sign in, and for others the admin does not exist."""
        raise Http404


site = PortalAdminSite(name="admin")


class PortalAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """A model in the admin: administrators add and change, and end rather than delete."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """None: an address asks for no rows by a field of its choice, such as a password's hash."""
        return False

    def _administrator(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return self._administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return self._administrator(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Administrators."""
        return self._administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return self._administrator(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep the row, and write down who did; Django holds both in one transaction."""
        super().save_model(request, obj, form, change)
        by = request.user if isinstance(request.user, User) else None
        day = getattr(obj, "day", None) or obj.known_from
        record_act(kind=EQUATED_DAYS.saved(new=not change), on=obj, key=day.isoformat(), by=by)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was true stays known; give it an end instead."""
        return False


site.register([EquatedDay, EquatedDayList], PortalAdmin)
