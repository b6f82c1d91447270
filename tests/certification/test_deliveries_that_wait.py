"""A delivery that would change much waits until somebody says that it is right."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from cases.deliveries.selectors import previous_of
from cases.models import Delivery, DeliveryHold, DeliveryMonth, Intake, IntakeState
from cases.models.staffing import StaffingVersion
from certification.deliveries.tasks import import_delivery
from certification.models import ComplianceRun, KpiResult
from jbn_oversight.accounts.models import User
from tests.factories.deliveries import DeliveryFiles, valid_delivery
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
ORDINARY = {"GM0014": 20, "GM0106": 20}


def delivery(running: dict[str, int] = ORDINARY, **more: object) -> DeliveryFiles:
    """A delivery of measures that ran all the time."""
    files = valid_delivery()
    row = dict.fromkeys(files.headers["measures.csv"], "")
    files.rows["measures.csv"] = [
        {
            **row,
            "case_key": f"Z{municipality}-{number}",
            "youth_key": f"J{municipality}-{number}",
            "municipality": municipality,
            "measure": "11",
            "entry": "extension",
            "ordered_on": "2024-06-03",
        }
        for municipality, count in running.items()
        for number in range(count)
    ]
    files.rows["waiting.csv"] = []
    return files


def run(
    path: Path, first: str = "2025-01", last: str = "2025-03", reason: str = ""
) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command."""
    out, err = io.StringIO(), io.StringIO()
    given = ["--institution=jbn", f"--from={first}", f"--until={last}"]
    given += [f"--accept-changes={reason}"] if reason else []
    try:
        with translation.override("nl"):
            call_command("import_delivery", str(path), *given, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def running(month: date = date(2025, 3, 1)) -> int | None:
    row = KpiResult.objects.current().filter(
        kpi="running_measures", scope="institution", month=month
    )
    found = row.values_list("numerator", flat=True).first()
    return None if found is None else int(found)


HALF = {"GM0014": 20}


def test_a_supplier_whose_delivery_lost_half_the_measures_keeps_the_figures(tmp_path: Path) -> None:
    assert run(delivery().folder(tmp_path / "one"))[0] == 0
    status, out, err = run(delivery(HALF).folder(tmp_path / "half"))
    assert status == 3
    assert "20, waar er 40" in err
    assert "Aanvaard" not in out
    assert running() == 40
    assert Intake.objects.latest("pk").state == IntakeState.HELD
    held = DeliveryHold.objects.get()
    assert not DeliveryMonth.objects.filter(delivery=held.delivery).exists()
    assert not StaffingVersion.objects.filter(delivery=held.delivery).exists()
    assert ComplianceRun.objects.count() == 1


def test_a_supplier_goes_on_with_a_reason(tmp_path: Path) -> None:
    run(delivery().folder(tmp_path / "one"))
    status, out, _err = run(delivery(HALF).folder(tmp_path / "half"), reason="Overgedragen.")
    assert (status, running()) == (0, 20)
    held = DeliveryHold.objects.get()
    assert (held.decision, held.reason, held.decided_by) == ("accepted", "Overgedragen.", None)
    assert "Aanvaard" in out


def test_a_supplier_may_give_the_reason_when_it_is_handed_over_again(tmp_path: Path) -> None:
    run(delivery().folder(tmp_path / "one"))
    half = delivery(HALF).folder(tmp_path / "half")
    assert run(half)[0] == 3
    assert run(half)[0] == 3
    assert DeliveryHold.objects.count() == 1
    assert run(half, reason="Het klopt.")[0] == 0
    assert running() == 20
    assert set(Intake.objects.values_list("state", flat=True)) == {"accepted"}
    assert run(half)[0] == 0
    assert Delivery.objects.count() == 2


def test_the_first_delivery_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    assert run(delivery(HALF).folder(tmp_path / "half"))[0] == 0


def test_a_new_month_is_held_against_the_month_before_it(tmp_path: Path) -> None:
    assert run(delivery().folder(tmp_path / "one"))[0] == 0
    files = delivery(HALF)
    files.rows["staffing.csv"] = []
    status, _out, err = run(files.folder(tmp_path / "next"), "2025-04", "2025-04")
    assert status == 3
    assert "eind van april 2025: 20, waar er 40" in err
    assert "staffing.csv" in err


def test_a_file_that_is_empty_all_at_once_holds(tmp_path: Path) -> None:
    assert run(delivery().folder(tmp_path / "one"))[0] == 0
    files = delivery()
    files.rows["veilig_thuis.csv"] = []
    status, _out, err = run(files.folder(tmp_path / "two"))
    assert status == 3
    assert "veilig_thuis.csv" in err


def test_a_newer_delivery_takes_the_place_of_one_that_waits(tmp_path: Path) -> None:
    run(delivery().folder(tmp_path / "one"))
    run(delivery(HALF).folder(tmp_path / "half"))
    run(delivery({"GM0014": 21}).folder(tmp_path / "other"))
    assert list(DeliveryHold.objects.order_by("pk").values_list("decision", flat=True)) == [
        "replaced",
        "",
    ]
    assert run(delivery({"GM0014": 20, "GM0106": 21}).folder(tmp_path / "right"))[0] == 0
    assert not DeliveryHold.objects.waiting().exists()
    assert running() == 41
    assert list(Intake.objects.order_by("pk").values_list("state", flat=True)) == [
        "accepted",
        "rejected",
        "rejected",
        "accepted",
    ]


# Through the pages.


@pytest.fixture
def _spool(tmp_path: Path) -> Iterator[object]:
    directory = tmp_path / "spool"
    directory.mkdir()
    with (
        override_settings(SPOOL_DIR=directory),
        patch("jbn_oversight.celery.app.send_task") as sent,
    ):
        yield sent


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


@pytest.fixture
def held(tmp_path: Path, cast: Cast, _spool: object) -> Intake:
    """Half of the measures, handed over by the institution on its page."""
    run(delivery().folder(tmp_path / "one"))
    path = delivery(HALF).zip(tmp_path / "half.zip")
    given = {
        "institution": "jbn",
        "period_from": "2025-01",
        "period_until": "2025-03",
        "file": SimpleUploadedFile("levering.zip", path.read_bytes()),
    }
    answer = signed_in(cast.institution).post(reverse("certification:upload"), given)
    assert answer.status_code == 302
    intake = Intake.objects.latest("pk")
    import_delivery(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.HELD
    return intake


def address(intake: Intake) -> str:
    return reverse("reports:held_delivery", args=[intake.public_id])


def test_the_page_of_the_attempt_leads_to_what_would_change(held: Intake, cast: Cast) -> None:
    client = signed_in(cast.institution)
    page = client.get(reverse("certification:intake", args=[held.public_id]))
    assert f'href="{address(held)}"' in page.content.decode()
    text = client.get(address(held)).content.decode()
    assert "20, waar er 40" in text
    assert "Lopende maatregelen" in text
    assert "Nu, maart 2025" in text
    # What stays as it is is the same words on both sides, and is not set in bold.
    assert text.count("100,0% (1 van 1)") == 2
    assert "<strong>100,0%" not in text


@pytest.mark.parametrize("who", ["institution", "contract_manager", "groningen_contract_manager"])
def test_a_supplier_or_contract_manager_lets_it_through_with_a_reason(
    held: Intake, cast: Cast, who: str
) -> None:
    client = signed_in(getattr(cast, who))
    without = client.post(address(held), {"decision": "right", "reason": "  "})
    assert without.status_code == 200
    named = client.post(address(held), {"decision": "right", "reason": "Kind 111222333."})
    assert "111222333" not in str(named.context["form"].errors)
    assert DeliveryHold.objects.get().waits
    answer = client.post(address(held), {"decision": "right", "reason": "Zij verhuisden."})
    assert answer.status_code == 302
    row = DeliveryHold.objects.get()
    assert (row.decision, row.reason, row.decided_by) == (
        "accepted",
        "Zij verhuisden.",
        getattr(cast, who),
    )
    held.refresh_from_db()
    assert held.state == IntakeState.ACCEPTED
    assert ComplianceRun.objects.filter(state="queued").exists()
    assert DeliveryMonth.objects.current().filter(delivery=held.delivery).count() == 3
    assert StaffingVersion.objects.current().filter(delivery=held.delivery).exists()
    assert "Zij verhuisden." in client.get(address(held)).content.decode()
    assert held.delivery is not None
    assert previous_of(held.delivery) == Delivery.objects.earliest("pk")


def test_who_sends_it_back_leaves_the_figures_as_they_were(held: Intake, cast: Cast) -> None:
    client = signed_in(cast.contract_manager)
    client.post(address(held), {"decision": "wrong", "reason": "De helft ontbreekt."})
    held.refresh_from_db()
    assert held.state == IntakeState.REJECTED
    assert running() == 40
    assert not ComplianceRun.objects.exclude(state="succeeded").exists()
    again = client.post(address(held), {"decision": "right", "reason": "Toch goed."})
    assert "Toch goed." not in again.content.decode()
    assert DeliveryHold.objects.get().decision == "rejected"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("municipal_contract_manager", 403),
        ("alderman", 404),
        ("adviser", 404),
        ("council_member", 404),
        ("administrator", 404),
        ("privacy_officer", 404),
    ],
)
def test_nobody_else_decides_or_sees_the_figures(
    held: Intake, cast: Cast, who: str, status: int
) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(address(held)).status_code == status
    given = {"decision": "right", "reason": "Ja."}
    assert client.post(address(held), given).status_code == status
    assert DeliveryHold.objects.get().waits


def test_those_who_may_decide_read_on_every_page_that_it_waits(held: Intake, cast: Cast) -> None:
    mine = reverse("organisations:mine")
    for who, told in (("institution", True), ("contract_manager", True), ("alderman", False)):
        page = signed_in(getattr(cast, who)).get(mine).content.decode()
        assert ("Een levering wacht op uw beslissing" in page) is told, who
