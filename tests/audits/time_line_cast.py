"""The time line of the public facts, and how a test reads and fills its pages."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import Client

from jbn_oversight.accounts.models import Role, User
from reports.demo.recording import public_source

EVENTS = "/oversight/jbn/events/"
ON = "?on=2025-09-30"
MARCH = "2025-03-01-de-nieuwe-bestuurder-van-jbn-treedt-aan"
"""The event of one letter, that clashes with what another source says."""
REPORT = "2025-02-21-aef-levert-het-eindrapport-met-herstelplan-op"
MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}


def signed_in(user: User) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def read(user: User, path: str = EVENTS + ON) -> str:
    """The page as they get it."""
    response = signed_in(user).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def words(page: str) -> str:
    """The text of a page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def timeline_of(page: str) -> str:
    """The text of the time line alone."""
    found = re.search(r'<ol class="jbn-timeline">(.*?)</ol>', page, re.DOTALL)
    assert found
    return words(found.group(1))


def state(page: str) -> str:
    """The mark of what the writer saw, from a form."""
    found = re.search(r'name="seen" value="(\d*)"', page)
    return found.group(1) if found else ""


def filled(**changes: object) -> dict[str, object]:
    """A form that is right as it is."""
    return {
        "claim": "De stuurgroep spreekt over de wachtlijst",
        "kind": "politics",
        "event": "eind april 2025",
        "event_source": public_source("raadsbrief-2025").code,
        **changes,
    }


def add(user: User, **changes: object) -> HttpResponse:
    """Send the form for a new event."""
    return signed_in(user).post(EVENTS + "add/", filled(**changes))  # type: ignore[return-value]
