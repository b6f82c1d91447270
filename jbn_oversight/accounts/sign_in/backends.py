"""Signing in: by e-mail and password, through allauth, counted by axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.http import client_address
from jbn_oversight.mail.actions.queueing import queue_mail
from jbn_oversight.prepared_queries import StandingQuery
from jbn_oversight.signed_out import is_safe

_PERSON = StandingQuery("person", lambda key: User.objects.filter(pk=key).order_by(), {"key": int})
"""Asked for at every request of somebody who is signed in."""


def may_sign_in(user: User) -> bool:
    """Active people; fictional ones only where the portal runs as a demonstration."""
    return user.is_active and (settings.DEMO or not user.is_demo)


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, which also refuses the demonstration's people elsewhere.

    It gives no permission to anybody: rights come from memberships alone.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the person may sign in here at all."""
        return isinstance(user, User) and may_sign_in(user)

    def _check_password(self, user: Any, password: str) -> bool:
        """Right password and allowed. allauth would let its views go on with the others."""
        return bool(user.check_password(password)) and self.user_can_authenticate(user)

    def get_user(self, user_id: Any) -> Any:
        """The person of a session, while they may still sign in."""
        user = _PERSON.first(key=int(user_id))
        return user if user is not None and may_sign_in(user) else None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: Django's own permissions open nothing here."""
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Never: Django's own permissions open nothing here."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Never: Django's own permissions open nothing here."""
        return False


class PortalAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's behaviour where ours differs: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by a clerk or an administrator."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put what allauth would send in the outbox: no request speaks to a mail server."""
        found = {"request": allauth_context.request, "email": email, **context}
        message = self.render_mail(template_prefix, email, found)
        queue_mail(
            to=email,
            subject=message.subject,
            body=str(message.body),
            kind=template_prefix.rpartition("/")[2][:40],
            at=utc_now(),
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address behind the trusted proxies."""
        return client_address(request)

    def is_safe_url(self, url: str) -> bool:
        """Only paths of this portal, for where somebody goes after signing in."""
        return is_safe(allauth_context.request, url)


def attempted_email(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The e-mail address somebody tried to sign in with, in lower case."""
    given = credentials or {}
    attempt = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(attempt).strip().lower()


def display_name(user: User | AnonymousUser) -> str:
    """How a person is called on screen and in mail."""
    return user.name if isinstance(user, User) else ""
