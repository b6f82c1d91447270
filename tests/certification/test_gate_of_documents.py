"""The gate in SQL beside the rule of the embargo, over every combination of their facts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from certification.certificates.actions import get_or_create_source, save_by
from certification.models import Document, DocumentReader, DocumentVersion
from certification.models.documents import DocumentKind
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.embargo import Answer, Term, answer
from jbn_oversight.files.storage import store
from tests.factories.people import Cast, institution, membership, person, region

pytestmark = pytest.mark.django_db

NOW = datetime(2031, 3, 30, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ADDED = NOW - 20 * DAY
INSTANTS = [NOW + timedelta(seconds=seconds) for seconds in (-1, 0, 1)] + [NOW - 9 * DAY, NOW + DAY]
UNTIL = (ADDED, NOW - 2 * DAY, NOW, NOW + 5 * DAY)
WINDOW = (None, ADDED, NOW, NOW + 2 * DAY)
NAMED = ("nobody", "running", "ended", "to come", "removed")


def past_history(model: Any, rows: list[Any]) -> None:
    """Many rows in one statement; their history is not what is tried here."""
    QuerySet(model).bulk_create(rows)


def document(cast: Cast) -> Document:
    source = get_or_create_source(
        code="brief", publisher="P", title="T", url="", published=None, by=None
    )
    row = Document(institution=institution(), kind=DocumentKind.LETTER, source=source)
    save_by(row, cast.adviser)
    return row


def versions(cast: Cast, paper: Document) -> list[tuple[DocumentVersion, str]]:
    """One version for each combination that the database allows, and who is named for it."""
    stored = store(b"bytes", content_type="application/pdf", name="x.pdf")
    rows = []
    facts = product(UNTIL, WINDOW, (None, ADDED, NOW - DAY), (None, NOW - DAY), NAMED)
    for number, (until, window, released, withdrawn, named) in enumerate(facts, start=1):
        if window and window > until:
            continue
        row = DocumentVersion(
            document=paper,
            number=number,
            stored=stored,
            reason="x",
            added_at=ADDED,
            added_by=cast.adviser,
            embargo_until=until,
            window_opens_at=window,
            released_at=released,
            released_by=cast.second_adviser if released else None,
            withdrawn_at=withdrawn,
            withdrawn_by=cast.adviser if withdrawn else None,
            withdrawn_reason="x" if withdrawn else "",
        )
        rows.append((row, named))
    past_history(DocumentVersion, [row for row, _named in rows])
    return rows


def name_all(
    rows: list[tuple[DocumentVersion, str]], mandates: dict[str, Membership], by: User
) -> dict[int, DocumentReader]:
    readers = {
        row.pk: DocumentReader(
            version=row,
            membership=mandates["running" if named == "removed" else named],
            named_at=ADDED,
            named_by=by,
            removed_at=NOW - DAY if named == "removed" else None,
            removed_by=by if named == "removed" else None,
        )
        for row, named in rows
        if named != "nobody"
    }
    past_history(DocumentReader, list(readers.values()))
    return readers


def mandates_of(user: User, role: Role) -> dict[str, Membership]:
    """Three mandates of one person: it runs from ten days ago, ended, is to come."""
    place, today = region("drenthe"), NOW.date()
    return {
        "running": membership(user, role, place, from_on=today - 5 * DAY, until_on=today + DAY),
        "ended": membership(user, role, place, from_on=date(2030, 1, 1), until_on=today - 12 * DAY),
        "to come": membership(user, role, place, from_on=today + 30 * DAY),
    }


@pytest.mark.parametrize("role", [Role.ALDERMAN, Role.ADMINISTRATOR])
def test_the_gate_and_the_rule_agree_on_every_combination(cast: Cast, role: Role) -> None:
    """An alderman sees the register while a mandate runs; an administrator never does."""
    user = person("Vera Lezer")
    mandates = mandates_of(user, role)
    rows = versions(cast, document(cast))
    readers = name_all(rows, mandates, cast.adviser)
    terms = tuple(Term(one.from_on, one.until_on) for one in mandates.values())
    audience = terms if role is Role.ALDERMAN else ()
    seen_at_all = 0
    for at in INSTANTS:
        by_gate = set(DocumentVersion.objects.visible_to(user, at).values_list("pk", flat=True))
        by_rule = {
            row.pk
            for row, _named in rows
            if answer(row.embargo_facts(readers.get(row.pk), audience), at)
            in (Answer.WITHIN, Answer.AFTER)
        }
        assert by_gate == by_rule, at
        seen_at_all += len(by_rule)
    assert len(rows) > 300
    assert seen_at_all > 50


def test_nobody_and_who_may_not_sign_in_see_nothing(cast: Cast) -> None:
    versions(cast, document(cast))
    assert not DocumentVersion.objects.visible_to(AnonymousUser(), NOW).exists()
    assert DocumentVersion.objects.visible_to(cast.alderman, NOW).exists()
    cast.alderman.is_active = False
    cast.alderman.save()
    assert not DocumentVersion.objects.visible_to(cast.alderman, NOW).exists()


def refused_by(name: str, **changed: object) -> None:
    row = DocumentVersion.objects.latest("pk")
    row.pk = row._state.adding = None  # type: ignore[assignment]
    row.number, row.public_id = 32_000, "x" * 22
    for field, value in changed.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        past_history(DocumentVersion, [row])


def test_the_database_refuses_a_release_by_who_added_it_after_an_embargo(cast: Cast) -> None:
    versions(cast, document(cast))
    own = {"released_at": NOW, "released_by": cast.adviser}
    refused_by("document_embargo_released_by_a_second_person", embargo_until=NOW, **own)


def test_the_database_refuses_that_somebody_is_asked_to_release_their_own(cast: Cast) -> None:
    versions(cast, document(cast))
    refused_by("document_releaser_is_another", asked_releaser=cast.adviser)
