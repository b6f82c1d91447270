"""A wide table on a phone: each row a block with the names of its columns, and still a table."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from audits.audits_held.actions.findings import save_cause
from audits.models.findings import Cause, CauseKind
from tests.audits.audits_cast import make_audit, make_finding
from tests.audits.plans_cast import make_action
from tests.browser.accessibility import Walk
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_findings_and_actions_read_as_blocks_and_stay_a_table(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    audit = make_audit(cast.adviser)
    finding = make_finding(audit, cast.adviser)
    save_cause(
        cause=Cause(finding=finding, kind=CauseKind.STAFF, text="Te weinig mensen."),
        by=cast.adviser,
    )
    make_action(cast.adviser, findings=(finding,))
    make_finding(audit, cast.adviser, "3.2")
    context = Walk(browser, live_server.url, cast.alderman).context()
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(live_server.url + reverse("audits:findings", args=["jbn"]))
    table = page.get_by_role("table", name="Van bevinding tot oordeel")
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("rowheader").count() == 2
    row = table.get_by_role("row").nth(1)
    assert row.evaluate("e => getComputedStyle(e).display") == "block"
    action = row.get_by_role("cell").first
    assert action.evaluate("e => getComputedStyle(e, '::before').content").startswith('"Actie"')
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    region = page.get_by_role("region", name="Van bevinding tot oordeel")
    assert region.evaluate("e => e.scrollWidth <= e.clientWidth")
    context.close()
