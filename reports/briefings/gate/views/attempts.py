"""Doing what was asked and saying so, or saying why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages

from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError


def tried(request: PortalRequest, done: str, act: Callable[[], Any]) -> bool:
    """Do it and say so on the next page; a refusal is said there instead."""
    try:
        act()
    except RefusedError as error:
        messages.error(request, error.sentence)
        return False
    messages.success(request, done)
    return True
