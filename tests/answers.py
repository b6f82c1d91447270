"""Answers laid side by side: the page of who is not signed in differs by its way in alone."""

from __future__ import annotations

import re

_WAY_IN = re.compile(rb'href="/account/sign-in/[^"]*"')


def without_way_in(body: bytes) -> bytes:
    """The page without the address that its link to sign in carries."""
    return _WAY_IN.sub(b"", body)


def headers_of(headers: dict[str, str], body: bytes) -> dict[str, str]:
    """The headers; the length says no more than how long the carried address is."""
    if _WAY_IN.search(body):
        return {name: value for name, value in headers.items() if name != "Content-Length"}
    return headers
