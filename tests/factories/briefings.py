"""Briefings at every stage of their way, made by the same actions that people use.

``SENTINEL`` stands in everything that is secret: anyone who finds it where it should not be has
found a leak.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.files.scan.look import clean
from jbn_oversight.files.storage import store
from jbn_oversight.organisations.models import Municipality, Region
from reports.briefings.decisions.actions import acts
from reports.briefings.decisions.models import ActKind
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from reports.briefings.signing.selectors.checklist import SOONEST
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.files import page_of_text
from tests.factories.people import Cast, institution, municipality, region

SENTINEL = "Zilvervos"
ATTACHED = clean(page_of_text(f"Rapport {SENTINEL}", font=SENTINEL), "application/pdf").data
"""As it is after cleaning: nothing in it was to be taken out."""
PRINTED = b"%PDF-1.7 printed " + SENTINEL.encode()
HOUR = timedelta(hours=1)


def some_draft(
    until: datetime | None, window: datetime | None = None, *, public: bool = False
) -> drafting.DraftFields:
    """A complete draft with the sentinel in every field that holds text."""
    return drafting.DraftFields(
        title=f"Titel {SENTINEL}",
        subject=f"Onderwerp {SENTINEL}",
        addressees=f"Raad {SENTINEL}",
        sender=f"Wethouder {SENTINEL}",
        status_line=f"Status {SENTINEL}",
        contact="Afdeling Jeugd, 050 000 00 00",
        window_opens_at=window,
        embargo_until=until,
        public_page=public,
        sections=((f"Kop {SENTINEL}", f"Tekst met {SENTINEL} erin."), ("Risico's", "Geen.")),
        audience=frozenset({municipality("GM0106")}),
    )


def drafted(
    cast: Cast,
    *,
    at: datetime,
    until: datetime | None = None,
    window: datetime | None = None,
    owner: Region | Municipality | None = None,
    attachment: bool = False,
    public: bool = False,
) -> Briefing:
    """Written by the adviser of Drenthe, with approver and publisher named."""
    briefing = drafting.start(
        institution=institution(),
        owner=owner or region("drenthe"),
        title=f"Titel {SENTINEL}",
        language="nl",
        at=at,
        by=cast.adviser,
    )
    briefing = drafting.edit(
        briefing=briefing,
        draft=some_draft(until, window, public=public),
        revision=briefing.draft_revision,
        at=at,
        by=cast.adviser,
    )
    if attachment:
        drafting.attach(
            briefing=briefing,
            title=f"Bijlage {SENTINEL}",
            data=ATTACHED,
            content_type="application/pdf",
            at=at,
            by=cast.adviser,
        )
    return makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.second_adviser,
        co_writers=[],
        at=at,
        by=cast.adviser,
    )


def approved(
    cast: Cast,
    *,
    at: datetime,
    until: datetime,
    window: datetime | None = None,
    printed: bool = True,
    attachment: bool = False,
    public: bool = False,
) -> Briefing:
    """Signed off by the alderman of Drenthe; ``printed`` puts a made-up PDF in place."""
    # An hour is never set nearer than this, so anyone who wants it now signed earlier.
    signed = min(at, until - SOONEST)
    briefing = drafted(
        cast, at=signed, until=until, window=window, attachment=attachment, public=public
    )
    return sign_off(cast, briefing, at=signed, printed=printed)


def sign_off(cast: Cast, briefing: Briefing, *, at: datetime, printed: bool = True) -> Briefing:
    """Submit and approve the draft as it is."""
    briefing.refresh_from_db()
    revision = briefing.draft_revision
    signing.submit(briefing=briefing, revision=revision, at=at, by=cast.adviser)
    version = signing.approve(briefing=briefing, revision=revision, at=at, by=cast.region_alderman)
    assert version is not None
    if printed:
        put_pdf(version, at=at)
    briefing.refresh_from_db()
    return briefing


def mandate_of(user: User) -> Membership:
    """The first role of somebody."""
    mandate = Membership.objects.filter(user=user).order_by("pk").first()
    assert mandate is not None
    return mandate


def put_pdf(version: BriefingVersion, *, at: datetime) -> None:
    """A file as rendering would leave it, without rendering."""
    stored = store(PRINTED, content_type="application/pdf", name="briefing.pdf")
    Rendering.objects.create(version=version, started_at=at, finished_at=at, pdf=stored)


def published(
    cast: Cast,
    *,
    at: datetime,
    until: datetime,
    attachment: bool = False,
    public: bool = False,
) -> Briefing:
    """Published by the second adviser; open from ``until`` on."""
    briefing = approved(cast, at=at, until=until, attachment=attachment, public=public)
    version = briefing.latest_version()
    assert version is not None
    return signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)


def decided(
    cast: Cast, briefing: Briefing, kind: ActKind, *, at: datetime, **proposed: Any
) -> Briefing:
    """An act of the two people who are not the author: the alderman, then the adviser."""
    proposed.setdefault("reason", "Daarom.")
    act = acts.propose(briefing=briefing, kind=kind, at=at, by=cast.region_alderman, **proposed)
    acts.confirm(act=act, at=at, by=cast.second_adviser)
    briefing.refresh_from_db()
    return briefing


def withdrawn(cast: Cast, briefing: Briefing, *, at: datetime, reason: str = "Lek") -> Briefing:
    """Closed for everybody and for good."""
    return decided(cast, briefing, ActKind.WITHDRAW, at=at, reason=reason)


def invited(
    cast: Cast, briefing: Briefing, user: User, *, at: datetime, accepted: bool = False
) -> EarlyReader:
    """Named as an early reader in the first role that runs; ``accepted`` the terms as well."""
    mandate = mandate_of(user)
    reader = readers.invite(briefing=briefing, mandate=mandate, at=at, by=cast.adviser)
    if accepted:
        reader.accepted_at = at
        reader.save()
    return reader


def looked(client: Client, address: str) -> dict[str, str]:
    """What the form of a page on which people decide sends, once somebody looked at it."""
    return {"shown": client.get(address).context["shown"], "confirmed": "1"}


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)
