"""What an action says when it will not do what was asked."""

from __future__ import annotations

from django.utils.functional import Promise


class RefusedError(Exception):
    """The person may do this, but not now or not so; the message says what to do instead."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message
