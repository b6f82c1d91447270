"""What the pages about deliveries say: late and until when, whose attempt, what to fix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cases.deliveries.actions.receiving import receive_delivery
from cases.deliveries.imports.messages import CITIZEN_NUMBER, REQUIRED
from cases.models import Delivery, Intake, IntakeState
from certification.models import ComplianceRun
from jbn_oversight.accounts.models import User
from tests.factories.deliveries import FIRST, LAST, valid_delivery
from tests.factories.people import institution, make_cast
from tests.reading_pages import Page, for_a_while, read

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2025, 4, 1), date(2025, 5, 1)
ASKED = datetime(2025, 5, 8, 7, 30, tzinfo=UTC)
REFUSED = re.compile(r"\b(geweigerd|afgekeurd)\b")
Pages = Mapping[str, Page]


def delivered(path: Path, **changes: str) -> Delivery:
    """January to March, with the date of one plan changed."""
    files = valid_delivery()
    if changes:
        files = files.cell("measures.csv", 0, "plan_adopted_on", changes["plan_adopted_on"])
    received = receive_delivery(
        path=files.folder(path),
        institution=institution(),
        period_from=FIRST,
        period_until=LAST,
        by=None,
    )
    return received.delivery


def computed(of: Delivery) -> ComplianceRun:
    """A run over its months, after it came in."""
    return ComplianceRun.objects.create(
        institution=institution(),
        period_from=FIRST,
        period_until=date(2025, 2, 1),
        reason="delivery",
        state="succeeded",
        progress=100,
        requested_at=of.received_at,
        next_try_at=of.received_at,
        finished_at=of.received_at + timedelta(minutes=1),
        settings={"plan_clock_start": "notified_on", "equated_days_are_working_days": True},
        changed={"results": [3, 120]},
    )


def refused(by: User) -> Intake:
    """An attempt for April with two things to fix."""
    problems = [
        {"file": "measures.csv", "row": row, "column": column, **message}
        for row, column, message in (
            (3, "youth_key", {"msgid": CITIZEN_NUMBER.msgid, "params": {}}),
            (2, "measure", {"msgid": REQUIRED.msgid, "params": {}}),
        )
    ]
    return Intake.objects.create(
        institution=institution(),
        period_from=APRIL,
        period_until=APRIL,
        state=IntakeState.REFUSED,
        asked_at=ASKED,
        asked_by=by,
        next_try_at=ASKED,
        finished_at=ASKED + timedelta(seconds=4),
        problems=problems,
        problems_total=2,
    )


@pytest.fixture(scope="module")
def pages(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Pages:
    """The pages of an institution that delivered, was refused once, and owes a month."""
    with for_a_while(django_db_blocker):
        cast = make_cast()
        before = read(cast.institution, "/deliveries/?on=2025-04-21")
        first = delivered(tmp_path_factory.mktemp("one"))
        second = delivered(tmp_path_factory.mktemp("two"), plan_adopted_on="2025-02-11")
        run = computed(second)
        attempt = refused(cast.institution)
        return {
            "before": before,
            "months": read(cast.contract_manager, "/deliveries/?on=2025-06-10"),
            "municipal": read(cast.municipal_contract_manager, "/deliveries/?on=2025-06-10"),
            "first": read(cast.institution, f"/deliveries/{first.public_id}/"),
            "second": read(cast.institution, f"/deliveries/{second.public_id}/"),
            "attempt": read(cast.institution, f"/deliveries/attempts/{attempt.public_id}/"),
            "upload": read(cast.institution, "/deliveries/new/"),
            "runs": read(cast.contract_manager, "/runs/"),
            "run": read(cast.contract_manager, f"/runs/{run.public_id}/"),
        }


def month(page: Page, name: str) -> str:
    """What the calendar says of a month."""
    return next(row for row in page.rows("Maanden van") if row.startswith(name))


def test_a_month_is_late_from_three_weeks_after_its_end_and_says_until_when(pages: Pages) -> None:
    """On 21 April March is in time, and February has been late for a month."""
    assert month(pages["before"], "maart 2025") == (
        "maart 2025 verwacht tot en met 21 april 2025 op tijd –"
    )
    assert month(pages["before"], "februari 2025") == (
        "februari 2025 te laat tot en met 21 maart 2025 op tijd –"
    )


def test_a_month_says_whether_it_was_refused_received_or_processed(pages: Pages) -> None:
    page = pages["months"]
    assert month(page, "mei 2025").startswith("mei 2025 verwacht tot en met 21 juni 2025")
    assert REFUSED.search(month(page, "april 2025"))
    assert month(page, "maart 2025").startswith("maart 2025 ontvangen, nog niet berekend")
    assert month(page, "februari 2025").startswith("februari 2025 verwerkt")


def test_a_month_that_was_delivered_leads_to_its_version(pages: Pages) -> None:
    page = pages["months"]
    assert "op tijd" not in month(page, "maart 2025")
    leads = [address for words, address in page.links().items() if words.startswith("ontvangen")]
    assert leads
    assert all(address.startswith("/deliveries/") for address in leads)


def test_the_months_say_of_which_day_they_speak_and_for_whom(pages: Pages) -> None:
    words = pages["months"].words
    assert "Maanden van Jeugdbescherming Noord, stand per 10 juni 2025" in words


def test_only_who_may_deliver_is_offered_to(pages: Pages) -> None:
    assert pages["months"].links()["Levering aanleveren"] == "/deliveries/new/"
    assert "Levering aanleveren" not in pages["municipal"].links()


def test_the_last_attempts_say_who_handed_over_which_months_and_how_it_ended(
    pages: Pages,
) -> None:
    [_head, row] = pages["months"].rows("Laatste pogingen")
    assert row.startswith("8 mei 2025, 09.30 uur Petra Instelling april 2025 – april 2025")
    assert REFUSED.search(row)
    assert "Er is nog niets aangeleverd" in pages["before"].words


def test_a_refused_attempt_says_how_many_and_which_things_to_mend(pages: Pages) -> None:
    page = pages["attempt"]
    assert REFUSED.search(page.words)
    assert "Er zijn 2 dingen" in page.words
    assert "Er is niets opgeslagen." in page.words
    first, second = page.part("first").items()
    assert first.startswith("measures.csv, rij 3, kolom youth_key:")
    assert "BSN" in first
    assert second.startswith("measures.csv, rij 2, kolom measure:")
    assert "Deze cel is leeg" in second
    links = page.links()
    assert links["Opnieuw aanleveren"] == "/deliveries/new/"
    assert any(address.endswith("/problems.csv") for address in links.values())
    assert len(page.rows("Fouten in measures.csv")) == 3


def test_a_version_says_how_many_rows_changed_and_whose_place_it_took(pages: Pages) -> None:
    page = pages["second"]
    assert "3 maanden rusten nu op deze versie." in page.words
    assert "measures.csv 3 3 0 0 1" in page.rows("Rijen vergeleken")
    assert any(words.startswith("de versie ontvangen op") for words in page.links())


def test_a_first_version_that_nothing_rests_on_any_more_says_so(pages: Pages) -> None:
    page = pages["first"]
    assert "Geen maand rust nog op deze versie; ze blijft bewaard." in page.words
    assert "measures.csv 3" in page.rows("Rijen in deze versie")


def test_handing_over_asks_for_whom_which_months_and_the_file(pages: Pages) -> None:
    words = pages["upload"].words
    for asked in ("Instelling", "Vanaf maand", "Tot en met maand", "Bestand"):
        assert asked in words
    assert "Laat namen, geboortedatums en burgerservicenummers (BSN) weg." in words
    assert 'type="file"' in pages["upload"].html


def test_runs_say_for_which_months_why_and_how_they_stand(pages: Pages) -> None:
    [_head, row] = pages["runs"].rows("Berekeningen, de nieuwste eerst")
    assert "Jeugdbescherming Noord januari 2025 – februari 2025" in row
    assert row.endswith("gelukt")


def test_a_run_says_what_it_changed_and_with_which_choices(pages: Pages) -> None:
    words = pages["run"].words
    assert "De cijfers zijn berekend" in words
    assert "Nieuwe cijfers: 120. Eerdere cijfers die zij vervangen: 3." in words
    assert "lopen vanaf de dag van de melding aan de instelling" in words
