"""Pages of signing in where ours differ: the address that somebody asked for is not forgotten."""

from __future__ import annotations

from typing import Final

from allauth.account import views
from django.http import HttpResponse
from django.urls import reverse

from jbn_oversight.signed_out import is_safe, next_address, with_next

AFTER_RESET: Final = "address_after_reset"
"""In the session of the browser that asked for a new password; the mail does not carry it."""


class PasswordResetView(views.PasswordResetView):  # type: ignore[misc]
    """Asks for a link by mail, and says so, wherever the person is going afterwards."""

    def get_success_url(self) -> str:
        """The page that says to look in the mailbox."""
        return with_next(reverse("account_reset_password_done"), next_address(self.request))

    def form_valid(self, form: object) -> HttpResponse:
        """Remember where to go once the password is new."""
        if address := next_address(self.request):
            self.request.session[AFTER_RESET] = address
        response: HttpResponse = super().form_valid(form)
        return response


class PasswordResetFromKeyView(views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Takes the new password; the way on is through signing in."""

    def get_success_url(self) -> str:
        """The page that says that it is done, with the way to where the person was going."""
        address = self.request.session.pop(AFTER_RESET, "")
        known = address if is_safe(self.request, address) else ""
        return with_next(reverse("account_reset_password_from_key_done"), known)
