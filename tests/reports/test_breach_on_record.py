"""A breach on one screen: what, when, who had seen it, what was done, whose copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import breaches, emergency
from reports.briefings.decisions.models import BreachStep, StepKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.printing.models import PersonalCopy
from tests.factories.briefings import approved, invited, now
from tests.factories.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]
DAY = timedelta(days=1)


def read_by(client: Client, cast: Cast) -> Briefing:
    """A briefing within its embargo that the council member opened."""
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    invited(cast, briefing, cast.clerk, at=at, accepted=True)
    client.force_login(cast.council_member)
    client.get(reverse("reports:briefing", args=[briefing.public_id]))
    return briefing


def test_who_had_seen_it_is_frozen_into_the_record(client: Client, cast: Cast) -> None:
    briefing = read_by(client, cast)
    at = now()
    breach = breaches.record_breach(
        briefing=briefing, what="In de krant", noticed_at=at, at=at, by=cast.adviser
    )
    client.force_login(cast.clerk)
    client.get(reverse("reports:briefing", args=[briefing.public_id]))
    breach.refresh_from_db()
    assert [row["name"] for row in breach.seen_by] == ["Karin Raad"]


def test_one_screen_says_it_all(client: Client, cast: Cast) -> None:
    briefing = read_by(client, cast)
    client.force_login(cast.second_adviser)
    records = reverse("reports:briefing_breaches", args=[briefing.public_id])
    said = {"what": "De krant belde.", "day": "2025-01-02", "hour": "09:30"}
    screen = client.post(records, said).headers["Location"]
    client.post(screen, {"do": "step", "kind": "notified", "text": "Griffier gebeld."})
    emergency.close_dossier(briefing=briefing, reason="Lek", at=now(), by=cast.adviser)
    page = client.get(screen).content.decode()
    for words in ("De krant belde.", "2 januari 2025", "Karin Raad", "Griffier gebeld.", "Lek"):
        assert words in page
    work = client.get(reverse("reports:briefing_work", args=[briefing.public_id]))
    assert records in work.content.decode()


def test_whose_copy_got_out_is_found_by_its_code(client: Client, cast: Cast) -> None:
    briefing = read_by(client, cast)
    version = briefing.latest_version()
    assert version is not None
    client.get(reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id]))
    copy = PersonalCopy.objects.get()
    at = now()
    breach = breaches.record_breach(
        briefing=briefing, what="Foto", noticed_at=at, at=at, by=cast.adviser
    )
    client.force_login(cast.adviser)
    screen = reverse("reports:briefing_breach", args=[briefing.public_id, breach.public_id])
    client.post(screen, {"do": "trace", "trace-code": copy.code.lower()})
    step = BreachStep.objects.get()
    assert step.kind == StepKind.TRACED
    assert "Karin Raad" in step.text
    client.post(screen, {"do": "trace", "trace-code": "ZZZZZZZZ"})
    assert BreachStep.objects.count() == 2


def test_only_makers_put_it_on_record(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    for who in ("council_member", "clerk", "auditor", "administrator", "municipal_adviser"):
        with pytest.raises(PermissionDenied):
            breaches.record_breach(
                briefing=briefing, what="x", noticed_at=at, at=at, by=getattr(cast, who)
            )


def test_a_report_says_what_and_was_not_noticed_tomorrow(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    for what, noticed in (("  ", at), ("x", at + DAY)):
        with pytest.raises(RefusedError):
            breaches.record_breach(
                briefing=briefing, what=what, noticed_at=noticed, at=at, by=cast.adviser
            )


def test_nobody_changes_or_removes_a_record(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    breach = breaches.record_breach(
        briefing=briefing, what="x", noticed_at=at, at=at, by=cast.adviser
    )
    breaches.add_step(breach=breach, kind=StepKind.DONE, text="y", at=at, by=cast.adviser)
    for statement in (
        "UPDATE reports_breach SET what = 'anders'",
        "UPDATE reports_breachstep SET text = 'anders'",
        "DELETE FROM reports_breachstep",
        "DELETE FROM reports_breach",
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
