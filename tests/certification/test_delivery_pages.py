"""The pages about deliveries: who sees them, handing over, how it ends, what it changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from cases.deliveries.actions.receiving import receive_delivery
from cases.models import Delivery, Intake, IntakeState
from certification.deliveries import actions
from certification.deliveries.tasks import import_delivery, sweep
from certification.models import ComplianceRun
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.rules import LEASE
from tests.factories.deliveries import FIRST, LAST, DeliveryFiles, read, valid_delivery
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db

SEEING = {
    "contract_manager",
    "second_contract_manager",
    "municipal_contract_manager",
    "groningen_contract_manager",
    "institution",
}
DELIVERING = SEEING - {"municipal_contract_manager"}


@pytest.fixture(autouse=True)
def _own_spool_and_no_broker(tmp_path: Path) -> Iterator[object]:
    """Messages only nudge; these tests call the tasks themselves."""
    directory = tmp_path / "spool"
    directory.mkdir()
    with (
        override_settings(SPOOL_DIR=directory),
        patch("jbn_oversight.celery.app.send_task") as sent,
    ):
        yield sent


def signed_in(user: User) -> Client:
    """A client of somebody."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def hand_over(client: Client, delivery: DeliveryFiles, path: Path) -> Intake:
    """Upload the delivery as a zip; the attempt."""
    file = SimpleUploadedFile("jan jansen.zip", delivery.zip(path / "d.zip").read_bytes())
    answer = client.post(
        reverse("certification:upload"),
        {"institution": "jbn", "period_from": "2025-01", "period_until": "2025-03", "file": file},
    )
    assert answer.status_code == 302, answer.content.decode()
    return Intake.objects.latest("pk")


def spool() -> list[str]:
    """Names of the uploads that wait."""
    return [path.name for path in Path(settings.SPOOL_DIR).iterdir()]


def test_each_person_sees_what_their_roles_allow(cast: Cast) -> None:
    for name, user in cast.everyone().items():
        client = signed_in(user)
        months = client.get(reverse("certification:deliveries")).status_code
        upload = client.get(reverse("certification:upload")).status_code
        assert months == (200 if name in SEEING else 404), name
        expected = 200 if name in DELIVERING else 403 if name in SEEING else 404
        assert upload == expected, name
    assert Client().get(reverse("certification:deliveries")).status_code == 404


def test_an_upload_is_imported_by_a_worker_and_leaves_the_spool(
    cast: Cast, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    client = signed_in(cast.institution)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        intake = hand_over(client, valid_delivery(), tmp_path)
    assert intake.state == IntakeState.QUEUED
    assert intake.spool_name in spool()
    waiting = client.get(reverse("certification:intake", args=[intake.public_id]))
    assert b"data-live" in waiting.content
    import_delivery(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.ACCEPTED
    assert spool() == []
    delivery = Delivery.objects.get()
    assert delivery.received_by == cast.institution
    assert ComplianceRun.objects.filter(requested_by=cast.institution).count() == 1
    page = client.get(reverse("certification:delivery", args=[delivery.public_id]))
    assert page.status_code == 200
    months = client.get(reverse("certification:deliveries") + "?on=2025-04-10")
    assert months.status_code == 200


def test_a_refused_upload_tells_what_to_mend_and_leaves_the_spool(
    cast: Cast, tmp_path: Path
) -> None:
    client = signed_in(cast.contract_manager)
    wrong = valid_delivery().cell("measures.csv", 0, "youth_key", "111222333")
    wrong.cell("staffing.csv", 0, "period", "2031-01")
    intake = hand_over(client, wrong, tmp_path)
    import_delivery(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.REFUSED
    assert spool() == []
    assert not Delivery.objects.exists()
    for address in ("", "?sort=column"):
        page = client.get(reverse("certification:intake", args=[intake.public_id]) + address)
        text = page.content.decode()
        assert "youth_key" in text
        assert "BSN" in text
        assert "111222333" not in text
        assert "jan jansen" not in text
    rows = list(
        csv.reader(
            io.StringIO(
                client.get(reverse("certification:intake_errors", args=[intake.public_id]))
                .content.decode()
                .lstrip("\ufeff")
            ),
            delimiter=";",
        )
    )
    assert len(rows[0]) == 4
    assert rows[1][:3] == ["measures.csv", "2", "youth_key"]
    assert "111222333" not in str(list(Intake.objects.values()))


def test_an_empty_delivery_to_fill_in_is_read_as_it_is_by_who_may_see_deliveries(
    cast: Cast, tmp_path: Path
) -> None:
    address = reverse("certification:empty_delivery")
    for user in (cast.institution, cast.contract_manager):
        path = tmp_path / "d.zip"
        path.write_bytes(signed_in(user).get(address).content)
        parsed = read(path)
        assert [len(table) for table in parsed.tables.values()] == [0, 0, 0, 0]
        assert parsed.warnings == ()
    for user in (cast.alderman, cast.council_member, cast.nobody):
        assert signed_in(user).get(address).status_code == 404


def test_an_attempt_is_hidden_from_who_may_not_see_it(cast: Cast, tmp_path: Path) -> None:
    intake = hand_over(signed_in(cast.institution), valid_delivery(), tmp_path)
    for user in (cast.alderman, cast.council_member, cast.administrator, cast.nobody):
        for name in ("intake", "intake_errors"):
            address = reverse(f"certification:{name}", args=[intake.public_id])
            assert signed_in(user).get(address).status_code == 404


def test_a_workbook_and_a_zip_of_the_same_contents_are_the_same_delivery(
    cast: Cast, tmp_path: Path
) -> None:
    client = signed_in(cast.institution)
    data = {"institution": "jbn", "period_from": "2025-01", "period_until": "2025-03"}
    files = (valid_delivery().workbook(tmp_path / "d.xlsx"), valid_delivery().zip(tmp_path / "d"))
    for path in files:
        file = SimpleUploadedFile("wat dan ook", path.read_bytes())
        client.post(reverse("certification:upload"), {**data, "file": file})
        import_delivery(Intake.objects.latest("pk").pk)
    states = list(Intake.objects.order_by("pk").values_list("state", flat=True))
    assert states == [IntakeState.ACCEPTED, IntakeState.UNCHANGED]


def test_a_second_message_finds_nothing_to_do(cast: Cast, tmp_path: Path) -> None:
    intake = hand_over(signed_in(cast.institution), valid_delivery(), tmp_path)
    import_delivery(intake.pk)
    import_delivery(intake.pk)
    intake.refresh_from_db()
    assert (intake.attempts, Delivery.objects.count()) == (1, 1)


def test_a_lost_message_is_made_up_for_by_the_sweeper(cast: Cast, tmp_path: Path) -> None:
    intake = hand_over(signed_in(cast.institution), valid_delivery(), tmp_path)
    sweep()
    assert not Delivery.objects.exists()  # a worker may still be about to take it
    Intake.objects.filter(pk=intake.pk).update(next_try_at=utc_now())
    sweep()
    assert Delivery.objects.count() == 1


def test_an_upload_whose_worker_died_is_taken_over(cast: Cast, tmp_path: Path) -> None:
    intake = hand_over(signed_in(cast.institution), valid_delivery(), tmp_path)
    Intake.objects.filter(pk=intake.pk).update(
        state=IntakeState.RUNNING, attempts=1, next_try_at=utc_now() - timedelta(minutes=2)
    )
    sweep()
    intake.refresh_from_db()
    assert (intake.state, intake.attempts) == (IntakeState.ACCEPTED, 2)


def test_an_upload_whose_worker_died_says_that_it_stands_still(cast: Cast, tmp_path: Path) -> None:
    client = signed_in(cast.institution)
    intake = hand_over(client, valid_delivery(), tmp_path)
    pages = [
        reverse("certification:intake", args=[intake.public_id]),
        reverse("certification:deliveries"),
    ]
    row = Intake.objects.filter(pk=intake.pk)
    row.update(state=IntakeState.RUNNING, attempts=1, next_try_at=utc_now())
    for page in pages:
        text = client.get(page).content.decode()
        assert "staat stil" in text
        assert "bezig" not in text
    row.update(next_try_at=utc_now() + LEASE)
    for page in pages:
        text = client.get(page).content.decode()
        assert "staat stil" not in text
        assert "bezig" in text


def test_a_failure_is_kept_without_contents(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    intake = hand_over(signed_in(cast.institution), valid_delivery(), tmp_path)
    failing = patch.object(actions, "receive_delivery", side_effect=ValueError("Youth-01"))
    with failing:
        import_delivery(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.FAILED
    assert "Youth-01" not in caplog.text
    assert spool() == [intake.spool_name]


def test_a_version_shows_how_many_rows_it_changed(cast: Cast, tmp_path: Path) -> None:
    given: dict[str, Any] = {
        "institution": institution(),
        "period_from": FIRST,
        "period_until": LAST,
        "by": None,
    }
    receive_delivery(path=valid_delivery().folder(tmp_path / "one"), **given)
    changed = valid_delivery().cell("measures.csv", 0, "plan_adopted_on", "2025-02-11")
    changed.cell("veilig_thuis.csv", 1, "notification_key", "Call-3")
    second = receive_delivery(path=changed.folder(tmp_path / "two"), **given)
    page = signed_in(cast.institution).get(
        reverse("certification:delivery", args=[second.delivery.public_id])
    )
    rows = {row.file: (row.added, row.gone, row.changed) for row in page.context["comparison"]}
    assert rows["measures.csv"] == (0, 0, 1)
    assert rows["veilig_thuis.csv"] == (1, 1, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [("period_until", "2024-12"), ("period_until", "2199-01"), ("period_from", "January")],
)
def test_a_wrong_period_is_told_in_the_form(cast: Cast, field: str, value: str) -> None:
    data = {"institution": "jbn", "period_from": "2025-01", "period_until": "2025-03"}
    file = SimpleUploadedFile("d.zip", b"PK")
    answer = signed_in(cast.institution).post(
        reverse("certification:upload"), {**data, field: value, "file": file}
    )
    assert answer.status_code == 200
    assert not Intake.objects.exists()
