"""Title, publisher, address and code of a paper are told as far as its embargo lets."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from django.test import Client
from django.utils import translation

from audits.documents.actions.documents import Embargo, name_readers, release, withdraw
from audits.documents.selectors import documents_seen
from audits.models.timeline import TimelineEvent
from audits.selectors.visibility import sight_of
from certification.certificates.actions import save_by
from certification.models import Certificate, DocumentVersion
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import utc_now
from jbn_oversight.embargo import Answer, Term, answer
from tests.audits.certificate_cast import make_certificate
from tests.factories.papers import SENTINEL, paper
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NEUTRAL = "een stuk dat nog niet openbaar is"
GONE = "een stuk dat is ingetrokken"
MAKERS = ("adviser", "contract_manager")
NAMED = "region_alderman"
OTHERS = ("alderman", "second_adviser", "auditor", "privacy_officer", "institution")


def sealed(cast: Cast, stage: str) -> DocumentVersion:
    """A paper of the adviser, released by the contract manager, at a stage of its embargo."""
    now = utc_now()
    at, window, until = {
        "before": (now - HOUR, now + HOUR, now + DAY),
        "within": (now - 2 * HOUR, now - HOUR, now + DAY),
    }.get(stage, (now - 2 * DAY, now - DAY, now - HOUR))
    embargo = Embargo(
        until=until,
        releaser=cast.contract_manager,
        window_opens_at=window,
        readers=(cast.region_alderman.memberships.get(),),
    )
    version = paper(by=cast.adviser, at=at, embargo=embargo)
    if stage in ("released early", "open", "withdrawn"):
        release(version=version, at=now - DAY, by=cast.contract_manager)
    if stage == "withdrawn":
        withdraw(version=version, reason="Vergissing", at=now, by=cast.adviser)
    version.refresh_from_db()
    return version


def by_the_rule(version: DocumentVersion, user: User, at: datetime) -> bool:
    """Whether the pure rule lets the person read, or the person is one of its makers."""
    if user.pk in (version.added_by_id, version.asked_releaser_id):
        return True
    reader = version.readers.filter(membership__user=user).first()
    terms = tuple(Term(row.from_on, row.until_on) for row in Membership.objects.filter(user=user))
    facts = version.embargo_facts(reader, terms)
    return answer(facts, at) in (Answer.WITHIN, Answer.AFTER)


@pytest.mark.parametrize("stage", ["before", "within", "unreleased", "open", "withdrawn"])
def test_a_source_is_named_to_whom_the_rule_gives_the_paper(cast: Cast, stage: str) -> None:
    version = sealed(cast, stage)
    source, now = version.document.source, utc_now()
    for name in (*MAKERS, NAMED, *OTHERS):
        user = cast.everyone()[name]
        sight = sight_of(user, now)
        assert sight.names(source) is by_the_rule(version, user, now), name
        with translation.override("nl"):
            neutral = GONE if stage == "withdrawn" else NEUTRAL
            assert sight.words(source) == (str(source) if sight.names(source) else neutral)
            assert (SENTINEL in sight.publisher(source)) is sight.names(source)
    for stranger in (None, cast.nobody):
        assert sight_of(stranger, now).names(source) is (stage == "open")


def test_the_title_opens_on_the_hour_and_not_a_second_before(cast: Cast) -> None:
    version = sealed(cast, "before")
    source, hour = version.document.source, version.embargo_until
    release(version=version, at=utc_now(), by=cast.contract_manager)
    for user in (cast.alderman, None):
        assert not sight_of(user, hour - timedelta(seconds=1)).names(source)
        assert sight_of(user, hour).names(source)
    named = version.window_opens_at
    assert named is not None
    assert not sight_of(cast.region_alderman, named - timedelta(seconds=1)).names(source)
    assert sight_of(cast.region_alderman, named).names(source)


def test_a_reader_who_is_named_no_longer_loses_the_title_at_once(cast: Cast) -> None:
    version = sealed(cast, "within")
    source, now = version.document.source, utc_now()
    assert sight_of(cast.region_alderman, now).names(source)
    name_readers(version=version, memberships=(), at=now, by=cast.adviser)
    assert not sight_of(cast.region_alderman, now).names(source)


def test_a_next_version_under_embargo_hides_no_title_that_is_known(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    assert sight_of(cast.alderman, utc_now()).shut == {}
    assert sight_of(None, utc_now()).names(version.document.source)


def rests_on(certificate: Certificate, version: DocumentVersion, by: User) -> Certificate:
    """Let each day of the certificate, and an event, be told by the paper."""
    source = version.document.source
    certificate.decided_source = certificate.starts_source = source
    if certificate.ends:
        certificate.ends_source = source
    save_by(certificate, by)
    event = TimelineEvent(
        institution=certificate.institution,
        code="proef",
        claim="Verzonnen gebeurtenis",
        kind="politics",
        event_on=date(2025, 4, 1),
        event_precision="day",
        source=source,
    )
    save_by(event, by)
    return certificate


def surfaces(certificate: Certificate) -> list[str]:
    base = "/oversight/jbn/"
    page = f"{base}certificates/{certificate.public_id}/"
    return [
        base,
        page,
        f"{page}edit/",
        f"{base}events/",
        f"{base}events/proef/",
        f"{base}events/proef/edit/",
        f"{base}side-by-side/",
        f"{base}registers/certificates.xlsx",
        f"{base}registers/timeline.xlsx",
        f"{base}registers/certificates.pdf",
        "/overview/jbn/",
    ]


def read(user: User, address: str) -> str:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    response = client.get(address)
    assert response.status_code in (200, 403), address
    body = response.content
    assert SENTINEL.lower() not in str(response.headers).lower()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "".join(
                packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
            )
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        told = " ".join(page.get_textpage().get_text_range() for page in document)
        return " ".join(told.split())
    return body.decode()


@pytest.mark.parametrize("stage", ["within", "unreleased"])
def test_no_page_and_no_export_names_it_to_others(cast: Cast, stage: str) -> None:
    version = sealed(cast, stage)
    certificate = rests_on(make_certificate(cast.adviser), version, cast.adviser)
    for name in ("alderman", "second_adviser"):
        for address in surfaces(certificate):
            told = read(cast.everyone()[name], address)
            assert SENTINEL.lower() not in told.lower(), f"{name}: {address}"
    assert NEUTRAL in read(cast.alderman, surfaces(certificate)[1])
    assert NEUTRAL in read(cast.alderman, "/oversight/jbn/registers/certificates.xlsx")
    assert "nog niet openbaar" in read(cast.alderman, surfaces(certificate)[9])


def test_its_named_reader_finds_the_title_and_after_the_hour_everybody_does(cast: Cast) -> None:
    version = sealed(cast, "within")
    certificate = rests_on(make_certificate(cast.adviser), version, cast.adviser)
    page, register = surfaces(certificate)[1], surfaces(certificate)[7]
    for address in (page, register):
        assert SENTINEL in read(cast.region_alderman, address)
    version.window_opens_at = version.embargo_until = utc_now() - HOUR
    version.added_at = utc_now() - DAY
    version.released_at, version.released_by = utc_now() - HOUR, cast.contract_manager
    save_by(version, cast.contract_manager)
    for address in (page, register):
        assert SENTINEL in read(cast.alderman, address)


def test_a_changed_fact_keeps_the_source_that_its_writer_may_not_know(cast: Cast) -> None:
    version = sealed(cast, "within")
    certificate = rests_on(make_certificate(cast.adviser), version, cast.adviser)
    event = TimelineEvent.objects.get(code="proef")
    client = Client()
    client.force_login(
        cast.second_adviser,
        backend="jbn_oversight.accounts.sign_in.backends.PortalBackend",
    )
    address = f"/oversight/jbn/events/{event.code}/edit/"
    page = client.get(address)
    sent = {
        name: value
        for name, value in page.context["form"].initial.items()
        if value not in (None, "")
    }
    sent |= {"claim": "Verzonnen gebeurtenis, anders gezegd", "event": "1 april 2025"}
    assert sent["event_source"] == "kept-1"
    response = client.post(address, sent)
    assert response.status_code == 302, response.content.decode()
    event.refresh_from_db()
    assert event.claim.endswith("anders gezegd")
    assert event.source == version.document.source
    assert certificate.decided_source == event.source


def test_the_list_of_documents_does_not_count_it(cast: Cast) -> None:
    sealed(cast, "within")
    now = utc_now()
    for name in OTHERS:
        assert documents_seen(institution(), cast.everyone()[name], now) == []
    assert len(documents_seen(institution(), cast.region_alderman, now)) == 1
