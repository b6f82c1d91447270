"""Load the demonstration, step by step; every step does nothing when it was done before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from cases.deliveries.actions.receiving import receive_delivery
from cases.models import DeliveryMonth
from certification.compliance.actions.runs import execute_run, request_run_after_change
from certification.compliance.rules.scoring import INSTITUTION, FigureScope
from certification.control_charts.actions import set_phase
from certification.models import ChartPhase, Document, KpiResult
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day, turned_back
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.reference import load as load_organisations
from reports.briefings.models.briefings import Briefing
from reports.demo.certificates import record_demo_weighing
from reports.demo.delivery import demo_delivery, write_folder
from reports.demo.findings import record_demo_findings
from reports.demo.people import load_people
from reports.demo.plans import record_demo_plans
from reports.demo.public_facts import FACTS
from reports.demo.recording import record_oversight
from reports.demo.side_by_side import load_side_by_side
from reports.demo.texts import TEXTS

SEED: Final = 2025
FIRST: Final = date(2022, 10, 1)
UNTIL: Final = date(2025, 9, 1)
PLANNING_BOARD: Final = date(2025, 3, 1)
DELIVERED_BEFORE: Final = timedelta(days=40)

_LOCK: Final = 0x44454D4F  # "DEMO"
Tell = Callable[[str], None]


class DemoError(Exception):
    """The demonstration could not be loaded; what went wrong stands in the log."""


def load(*, at: datetime, tell: Tell) -> None:
    """Everything, around the aware instant ``at``; ``tell`` hears each step that does something.

    Raises ``DemoError`` where the figures could not be computed.
    """
    with one_at_a_time():
        _load(at, tell)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts at once would both find nothing there: the second one waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _load(at: datetime, tell: Tell) -> None:
    load_organisations(apps)
    people = load_people()
    load_oversight(today=amsterdam_day(at), by=people["adviseur.drenthe"], tell=tell)
    if record_demo_plans(people=people):
        tell(_("Plans and studies recorded, with fictional actions and recommendations."))
    # Opleggers that were signed weeks ago quote what was known then.
    with turned_back(DELIVERED_BEFORE):
        load_delivery(by=people["instelling.jbn"], tell=tell)
    if set_demo_phase(by=people["adviseur.drenthe"]):
        tell(_("A phase of a control chart set, for a fictional reason."))
    if not Document.objects.exists():
        # Printing is slow to import: a second start does without.
        from reports.demo.papers import load_papers

        load_papers(people=people, at=at)
        tell(_("Fictional papers added to the register of documents."))
    if load_side_by_side(by=people["adviseur.drenthe"], at=at):
        tell(_("Themes side by side loaded, one contradiction explained and one decided."))
    if Briefing.objects.filter(author__is_demo=True).count() < len(TEXTS):
        # Printing and drawing are slow to import: a second start does without.
        from reports.demo.briefings import Stage, load_briefings

        load_briefings(Stage(people, at))
        tell(_("Fictional briefings written, signed and published."))


def load_oversight(*, today: date, by: User, tell: Tell) -> None:
    """The public facts about certificate, audits and inspections, and what is made up there."""
    if record_oversight(facts=FACTS, today=today, by=by):
        tell(_("Public facts about certificate and supervision recorded."))
    if record_demo_findings(today=today, by=by):
        tell(_("Fictional findings of audits recorded."))
    if record_demo_weighing(today=today, by=by):
        tell(_("Weighing of the bridging certificate recorded, for the most part fictional."))


def set_demo_phase(*, by: User) -> bool:
    """First contacts, calculated again since an action that is made up; once, also when removed."""
    if ChartPhase.objects.exists():
        return False
    institution: Institution = Institution.objects.get(code=FACTS.institution)
    set_phase(
        institution=institution,
        kpi="contact_5wd",
        place=FigureScope(INSTITUTION, institution.code),
        starts_month=PLANNING_BOARD,
        reason="Fictief: sinds maart 2025 werken de teams met een planbord.",
        by=by,
    )
    return True


def load_delivery(*, by: User, tell: Tell) -> None:
    """The fictional delivery of 36 months, handed over by the institution, and its figures."""
    institution: Institution = Institution.objects.get(code=FACTS.institution)
    if not DeliveryMonth.objects.current().filter(institution=institution, month=UNTIL).exists():
        with tempfile.TemporaryDirectory() as folder:
            write_folder(demo_delivery(SEED, until=UNTIL, months=36), Path(folder))
            receive_delivery(
                path=Path(folder),
                institution=institution,
                period_from=FIRST,
                period_until=UNTIL,
                by=by,
            )
        tell(_("Fictional delivery of 36 months received."))
    if not KpiResult.objects.current().filter(institution=institution, month=UNTIL).exists():
        run = request_run_after_change(
            institution=institution, period_from=FIRST, period_until=UNTIL, by=by, nudge=False
        )
        if not execute_run(run):
            raise DemoError(run.public_id)
        tell(_("Figures computed."))
