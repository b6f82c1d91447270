"""People at the register of documents, and papers in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.documents.actions.documents import Embargo
from audits.forms.imprecise_days import NEW
from certification.models import DocumentVersion
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from tests.factories.files import page_of_text
from tests.factories.papers import paper
from tests.factories.people import Cast

HOUR = timedelta(hours=1)
LIST = "/oversight/jbn/documents/"
SINCE = "Mon, 1 Jan 2024 00:00:00 GMT"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def read(user: User, path: str = LIST) -> tuple[int, str]:
    response = client_of(user).get(path)
    return response.status_code, response.content.decode(errors="replace")


def post(user: User, path: str, **data: Any) -> Any:
    return client_of(user).post(path, data)


def page_of(version: DocumentVersion) -> str:
    return f"{LIST}{version.document.public_id}/"


def version_page(version: DocumentVersion, end: str = "") -> str:
    return f"{LIST}versions/{version.public_id}/{end}"


def sealed(cast: Cast, *, window: bool = True, named: tuple[User, ...] = ()) -> DocumentVersion:
    """A letter of the adviser's under embargo for a day; the second adviser releases it."""
    now = utc_now()
    embargo = Embargo(
        until=now + 24 * HOUR,
        releaser=cast.second_adviser,
        window_opens_at=now if window else None,
        readers=tuple(user.memberships.get() for user in named),
    )
    return paper(by=cast.adviser, at=now, embargo=embargo)


def move_to_the_past(version: DocumentVersion) -> DocumentVersion:
    """As it is when the hour has passed."""
    moved = version.added_at - 48 * HOUR
    version.added_at, version.embargo_until = moved, version.embargo_until - 48 * HOUR
    if version.window_opens_at:
        version.window_opens_at -= 48 * HOUR
    version.save()
    return version


def filled(**changed: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("brief.pdf", page_of_text("Een brief"), "application/pdf")
    return {
        "kind": "letter",
        "source": NEW,
        "new_source_publisher": "Een instantie",
        "new_source_title": "Een brief over toezicht",
        "dated": "eind maart 2025",
        "file": file,
        **changed,
    }
