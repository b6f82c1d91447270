"""Each place reads its own text and nobody else's; one that fails keeps the others not waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from jbn_oversight.accounts.models import Role
from jbn_oversight.celery import app
from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.printing.actions.renderings import (
    nudge,
    progress,
    render,
    set_aside,
    versions_to_print,
)
from reports.briefings.signing import actions as signing
from reports.pdf.render import render as print_document
from tests.factories.briefings import HOUR, approved, invited, now
from tests.factories.people import Cast, membership, municipality, person, region

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def texts(version: BriefingVersion, *codes: str) -> dict[str, VersionVariant]:
    """Own texts for places, as sign-off would make them."""
    found = {}
    for code in codes:
        own = {**version.content, "title": f"Titel voor {code}"}
        place: dict[str, Any] = (
            {"municipality": municipality(code)}
            if code.startswith("GM")
            else {"region": region(code)}
        )
        found[code] = VersionVariant.objects.create(
            version=version, content=own, content_sha256="0" * 64, **place
        )
    return found


def in_embargo(cast: Cast, *, printed: bool = True) -> tuple[Briefing, BriefingVersion]:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + DAY, printed=printed)
    version = briefing.latest_version()
    assert version is not None
    return briefing, version


def test_an_early_reader_gets_the_text_of_the_place_in_which_she_was_named(cast: Cast) -> None:
    briefing, version = in_embargo(cast)
    own = texts(version, "GM0106", "GM0114", "drenthe")
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    read = VersionVariant.objects.read_by(cast.council_member, now(), briefing, version)
    assert read == [own["GM0106"]]


def test_a_place_without_its_own_text_gets_that_of_its_region(cast: Cast) -> None:
    briefing, version = in_embargo(cast)
    own = texts(version, "GM0114", "drenthe")
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    read = VersionVariant.objects.read_by(cast.council_member, now(), briefing, version)
    assert read == [own["drenthe"]]


def test_within_the_embargo_another_mandate_gives_no_other_text(cast: Cast) -> None:
    briefing, version = in_embargo(cast)
    own = texts(version, "GM0106", "GM0114")
    membership(cast.council_member, Role.CLERK, municipality("GM0114"))
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    read = VersionVariant.objects.read_by(cast.council_member, now(), briefing, version)
    assert read == [own["GM0106"]]


def test_after_publication_who_has_two_councils_reads_both_texts(cast: Cast) -> None:
    briefing, version = in_embargo(cast)
    own = texts(version, "GM0106", "GM0114", "GM0014")
    for text in own.values():
        assert render(version=text, at=now())
    briefing = signing.publish(
        briefing=briefing, version=version, at=now() - HOUR, by=cast.second_adviser
    )
    both = person("two councils")
    membership(both, Role.COUNCIL_MEMBER, municipality("GM0106"))
    membership(both, Role.CLERK, municipality("GM0114"))
    membership(both, Role.CONTRACT_MANAGER, municipality("GM0014"))
    assert VersionVariant.objects.read_by(both, now(), briefing, version) == []
    after = now() + 2 * DAY
    read = VersionVariant.objects.read_by(both, after, briefing, version)
    assert {one.pk for one in read} == {own["GM0106"].pk, own["GM0114"].pk}


def test_a_text_that_was_set_aside_is_not_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    briefing, version = in_embargo(cast)
    own = texts(version, "GM0106")
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    fails_for(monkeypatch, "GM0106")
    assert not render(version=own["GM0106"], at=now())
    set_aside(variant=own["GM0106"], reason="drukt niet", at=now(), by=cast.second_adviser)
    assert VersionVariant.objects.read_by(cast.council_member, now(), briefing, version) == []


def fails_for(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    original = print_document

    def fail(document: Any) -> Any:
        if code in document.title:
            raise ValueError(document.title)
        return original(document)

    monkeypatch.setattr(rendering, "print_document", fail)


def test_a_text_that_fails_is_named_and_the_others_go_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, version = in_embargo(cast, printed=False)
    own = texts(version, "GM0106", "GM0114")
    fails_for(monkeypatch, "GM0106")
    for text in list(versions_to_print(now())):
        render(version=text, at=now())
    assert own["GM0106"].last_failure() == "render: ValueError"
    assert own["GM0114"].printed() is not None
    assert version.printed() is not None
    done = progress(version)
    assert (done.total, done.done, done.failed, done.finished) == (3, 2, 1, False)


def test_nothing_is_published_while_a_text_is_neither_printed_nor_set_aside(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing, version = in_embargo(cast)
    own = texts(version, "GM0106")
    with pytest.raises(RefusedError, match="Assen"):
        signing.publish(briefing=briefing, version=version, at=now(), by=cast.second_adviser)
    fails_for(monkeypatch, "GM0106")
    render(version=own["GM0106"], at=now())
    set_aside(variant=own["GM0106"], reason="drukt niet", at=now(), by=cast.second_adviser)
    assert progress(version).finished
    signing.publish(briefing=briefing, version=version, at=now(), by=cast.second_adviser)


def test_only_who_signs_or_publishes_sets_aside_and_only_what_failed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, version = in_embargo(cast)
    (own,) = texts(version, "GM0106").values()
    with pytest.raises(RefusedError):
        set_aside(variant=own, reason="zomaar", at=now(), by=cast.second_adviser)
    fails_for(monkeypatch, "GM0106")
    render(version=own, at=now())
    with pytest.raises(PermissionDenied):
        set_aside(variant=own, reason="drukt niet", at=now(), by=cast.adviser)
    with pytest.raises(RefusedError):
        set_aside(variant=own, reason="  ", at=now(), by=cast.second_adviser)


def test_each_text_gets_its_own_message(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    _, version = in_embargo(cast)
    own = texts(version, "GM0106", "drenthe")
    sent: list[list[str]] = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **more: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        nudge(version)
    texts_of_all: list[rendering.Text] = [version, *own.values()]
    assert sorted(sent) == sorted([one.public_id] for one in texts_of_all)


def test_a_text_printed_while_an_emergency_closes_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing, version = in_embargo(cast, printed=False)
    original = print_document

    def closed_meanwhile(document: Any) -> Any:
        row = Briefing.objects.get(pk=briefing.pk)
        row.closed_at, row.closed_by, row.closing_reason = now(), cast.adviser, "lek"
        row.save()
        return original(document)

    monkeypatch.setattr(rendering, "print_document", closed_meanwhile)
    assert not render(version=version, at=now())
    assert version.printed() is None
    assert version.last_failure() == "closed meanwhile"
    assert list(versions_to_print(now() + DAY)) == []


def test_the_database_keeps_a_text_as_it_was_signed(cast: Cast) -> None:
    _, version = in_embargo(cast)
    (own,) = texts(version, "GM0106").values()
    own.content = {}
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        own.save()
    with pytest.raises(IntegrityError, match="variant_once"), transaction.atomic():
        texts(version, "GM0106")
