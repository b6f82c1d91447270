"""A delivery is handed over while no worker runs; hours later one starts, and nothing is lost."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cases.models import Delivery, Intake, IntakeState
from cases.models.intakes import IntakeFailure
from jbn_oversight.clock import utc_now
from tests.browser.accessibility import Walk, axe_problems
from tests.browser.uploads import deliveries
from tests.factories.people import Cast
from tests.workers import Workshop, until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HOURS = timedelta(hours=9)


def handed_over(page: Page, server: str, cast: Cast, kind: str) -> Intake:
    """Through the form; nobody is there to hear of it."""
    door = deliveries(cast)
    page.goto(f"{server}{door.address}")
    door.fill(page)
    given = {"name": f"levering.{kind}", "mimeType": "", "buffer": door.small(kind)}
    page.set_input_files("main input[type=file]", given)  # type: ignore[arg-type]
    with page.expect_navigation():
        page.locator("main form:has(input[type=file]) button").click()
    return Intake.objects.latest("pk")


def hours_pass(intake: Intake, spool: Path) -> None:
    """As if it had been handed over long ago."""
    then = utc_now() - HOURS
    Intake.objects.filter(pk=intake.pk).update(asked_at=then, next_try_at=then)
    os.utime(spool / intake.spool_name, (then.timestamp(), then.timestamp()))


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_what_waited_for_hours_is_imported_by_the_first_worker_that_comes(
    browser: Browser, live_server: LiveServer, cast: Cast, workshop: Workshop, kind: str
) -> None:
    spool = workshop.directory / "spool"
    spool.mkdir(parents=True)
    context = Walk(browser, live_server.url, cast.institution).context()
    page = context.new_page()
    with override_settings(SPOOL_DIR=spool, FILE_UPLOAD_TEMP_DIR=str(spool)):
        intake = handed_over(page, live_server.url, cast, kind)
        hours_pass(intake, spool)
        page.reload()
        assert "Uw bestand wacht" in page.locator("main").inner_text()
        assert axe_problems(page) == []
        # The message was lost with the broker; the first sweep is all that there is.
        workshop.send("certification.deliveries.sweep")
        workshop.start_worker()
        until(lambda: Intake.objects.filter(state=IntakeState.ACCEPTED).exists())
        until(lambda: not list(spool.iterdir()))
        page.reload()
        said = page.locator("main").inner_text()
    context.close()
    assert "mislukt" not in said
    assert Delivery.objects.count() == 1


def test_what_stopped_is_read_again_at_a_button(
    browser: Browser, live_server: LiveServer, cast: Cast, workshop: Workshop
) -> None:
    spool = workshop.directory / "spool"
    spool.mkdir(parents=True)
    context = Walk(browser, live_server.url, cast.institution).context()
    page = context.new_page()
    with override_settings(SPOOL_DIR=spool, FILE_UPLOAD_TEMP_DIR=str(spool)):
        intake = handed_over(page, live_server.url, cast, "xlsx")
        hours_pass(intake, spool)
        Intake.objects.filter(pk=intake.pk).update(
            state=IntakeState.FAILED, failure=IntakeFailure.LOST, attempts=3, finished_at=utc_now()
        )
        page.reload()
        assert axe_problems(page) == []
        with page.expect_navigation():
            page.get_by_role("button", name="Opnieuw laten lezen").click()
        assert "Uw bestand wacht" in page.locator("main").inner_text()
        workshop.start_worker()
        workshop.send("certification.deliveries.sweep")
        until(lambda: Intake.objects.filter(state=IntakeState.ACCEPTED).exists())
    context.close()
