"""Doing an act and saying so, or saying why not."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from reports.briefings.errors import RefusedError


def tried(request: HttpRequest, done: str, act: Callable[[], object]) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        act()
    except RefusedError as error:
        messages.error(request, str(error.message))
        return False
    messages.success(request, done)
    return True
