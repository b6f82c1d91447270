"""The command that imports: exit status, and problems on standard error, Dutch by default."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cases.models import Delivery, Intake, IntakeState
from certification.models import ComplianceRun, KpiResult
from tests.factories.deliveries import valid_delivery

pytestmark = pytest.mark.django_db
LINE = re.compile(r"^([^:]*):(\d*):([^:]*): (\S.*)$")


def run(path: Path, **options: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    given = {"institution": "jbn", "first": "2025-01", "last": "2025-03", **options}
    arguments = [
        str(path),
        f"--institution={given['institution']}",
        f"--from={given['first']}",
        f"--until={given['last']}",
    ]
    try:
        with translation.override("nl"):
            call_command("import_delivery", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_an_accepted_delivery_is_stored_and_computed(tmp_path: Path) -> None:
    status, out, err = run(valid_delivery().folder(tmp_path / "d"))
    assert (status, err) == (0, "")
    assert "Aanvaard" in out
    assert Delivery.objects.count() == 1
    assert ComplianceRun.objects.get().state == "succeeded"
    assert KpiResult.objects.current().filter(kpi="running_measures").exists()


def test_the_same_delivery_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    run(valid_delivery().folder(tmp_path / "d"))
    status, out, err = run(valid_delivery().zip(tmp_path / "d.zip"))
    assert (status, err) == (0, "")
    assert "Niets veranderd" in out
    assert (Delivery.objects.count(), ComplianceRun.objects.count()) == (1, 1)


def test_a_refused_delivery_says_where_and_what_and_stores_the_attempt_alone(
    tmp_path: Path,
) -> None:
    wrong = valid_delivery().cell("measures.csv", 1, "youth_key", "111-222-333")
    wrong.cell("waiting.csv", 0, "entered_on", "31-02-2025")
    del wrong.rows["staffing.csv"]
    status, out, err = run(wrong.folder(tmp_path / "d"))
    assert (status, out) == (1, "")
    lines = [LINE.fullmatch(line) for line in err.splitlines()]
    assert [line.groups()[:3] for line in lines if line] == [
        ("measures.csv", "3", "youth_key"),
        ("waiting.csv", "2", "entered_on"),
        ("staffing.csv", "", ""),
    ]
    assert "burgerservicenummer" in err
    assert "111" not in err
    assert "31-02" not in err
    assert not Delivery.objects.exists()
    assert Intake.objects.get().state == IntakeState.REFUSED


def test_more_problems_than_are_told_are_counted(tmp_path: Path) -> None:
    wrong = valid_delivery()
    wrong.rows["veilig_thuis.csv"] = [
        {"notification_key": f"K{n}", "municipality": "GM0014"} for n in range(250)
    ]
    status, out, err = run(wrong.folder(tmp_path / "d"))
    lines = err.splitlines()
    assert (status, len(lines)) == (1, 200)
    assert all(LINE.fullmatch(line) for line in lines)
    assert "250" in out


@pytest.mark.parametrize(
    "options",
    [{"institution": "other"}, {"first": "2025-1"}, {"first": "2025-04"}],
    ids=["institution", "month", "order"],
)
def test_wrong_arguments_are_refused_with_a_sentence(
    tmp_path: Path, options: dict[str, str]
) -> None:
    with pytest.raises(CommandError):
        run(valid_delivery().folder(tmp_path / "d"), **options)
    assert not Intake.objects.exists()


def test_a_period_in_the_future_is_refused(tmp_path: Path) -> None:
    status, _out, err = run(valid_delivery().folder(tmp_path / "d"), last="2199-01")
    assert status == 1
    assert LINE.fullmatch(err.strip())
    assert "nog niet voorbij" in err
