"""The demonstration as it stands after its first start, and after its second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from cases.models import Delivery
from certification.models import ChartPhase, KpiResult
from jbn_oversight.accounts.models import Role, User
from jbn_oversight.clock import utc_now
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.kinds import Phase
from reports.demo import loading
from reports.demo.people import DEMO_PEOPLE, OTHER_PEOPLE, PASSWORD
from reports.demo.texts import ALTERNATIVES, ASSEN, AUTUMN, GRONINGEN, PROGRESS, RESEARCH, SKETCH

AT = utc_now()


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with override_settings(DEMO=True, DEMO_DAY=date(2025, 9, 30)):
        with django_db_blocker.unblock():
            loading.load(at=AT, tell=lambda _text: None)
        yield
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


pytestmark = [pytest.mark.usefixtures("_demo"), pytest.mark.django_db]


def person(local_part: str) -> User:
    found: User = User.objects.get(email=f"{local_part}@demo.example")
    return found


def client_of(local_part: str) -> Client:
    """A browser in which that person tried to sign in."""
    client = Client()
    fields = {"login": f"{local_part}@demo.example", "password": PASSWORD}
    client.post(reverse("account_login"), fields)
    return client


def briefing(title: str) -> Briefing:
    found: Briefing = Briefing.objects.get(title=title)
    return found


def test_one_person_of_each_role_is_named() -> None:
    assert [line.role for line in DEMO_PEOPLE] == list(Role.values)
    assert len({line.email for line in (*DEMO_PEOPLE, *OTHER_PEOPLE)}) == 19


def test_everybody_has_the_role_they_are_named_for() -> None:
    for line in (*DEMO_PEOPLE, *OTHER_PEOPLE):
        user = User.objects.get(email=line.email)
        assert user.is_demo
        assert [membership.role for membership in user.memberships.all()] == [line.role]


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        (PROGRESS.title, Phase.PUBLISHED),
        (RESEARCH.title, Phase.APPROVED),
        (AUTUMN.title, Phase.APPROVED),
        (ALTERNATIVES.title, Phase.OVERDUE),
        (GRONINGEN.title, Phase.APPROVED),
        (ASSEN.title, Phase.SUBMITTED),
        (SKETCH.title, Phase.DRAFT),
    ],
)
def test_each_oplegger_stands_where_the_manual_says(title: str, phase: Phase) -> None:
    assert briefing(title).phase(AT) == phase


@pytest.mark.parametrize(
    ("title", "assen", "emmen", "groningen"),
    [
        (PROGRESS.title, "after", "after", "none"),
        (RESEARCH.title, "within", "before", "none"),
        (AUTUMN.title, "before", "before", "none"),
        (ALTERNATIVES.title, "within", "none", "none"),
        (GRONINGEN.title, "none", "none", "within"),
        (ASSEN.title, "none", "none", "none"),
        (SKETCH.title, "none", "none", "none"),
    ],
)
def test_every_reader_gets_the_answer_that_the_manual_says(
    title: str, assen: str, emmen: str, groningen: str
) -> None:
    answers = {
        place: Briefing.objects.with_answer(person(f"raadslid.{place}"), AT).get(title=title).answer
        for place in ("assen", "emmen", "groningen")
    }
    assert answers == {"assen": assen, "emmen": emmen, "groningen": groningen}


def test_the_overdue_one_stays_overdue_until_somebody_publishes() -> None:
    later = AT + timedelta(days=300)
    assert ALTERNATIVES.title in {row.title for row in Briefing.objects.overdue(later)}
    assert [row.title for row in Briefing.objects.overdue(AT)] == [ALTERNATIVES.title]


def test_the_published_one_is_complete_and_marked_as_fictional() -> None:
    version = briefing(PROGRESS.title).published_version
    assert version is not None
    content = version.content
    assert content["fictional"] is True
    assert len(content["sections"]) >= 6
    assert len(content["charts"]) == 2
    assert len(content["kpi_table"]["rows"]) == 7
    assert version.attachments.count() == 2
    assert version.printed() is not None


def test_the_draft_lacks_the_sender_and_date_that_the_portal_warns_of() -> None:
    draft = briefing(SKETCH.title)
    assert (draft.sender, draft.document_date) == ("", None)


def test_the_figures_are_there_for_all_months() -> None:
    assert Delivery.objects.count() >= 1
    months = set(KpiResult.objects.current().values_list("month", flat=True))
    assert (len(months), max(months)) == (36, date(2025, 9, 1))


def test_a_second_time_nothing_is_done() -> None:
    told: list[str] = []
    before = (Briefing.objects.count(), User.objects.count(), KpiResult.objects.count())
    loading.load(at=AT + timedelta(days=1), tell=told.append)
    assert told == []
    assert (Briefing.objects.count(), User.objects.count(), KpiResult.objects.count()) == before


def test_demo_people_sign_in_nowhere_else() -> None:
    assert "_auth_user_id" in client_of("wethouder.assen").session
    with override_settings(DEMO=False):
        assert "_auth_user_id" not in client_of("wethouder.assen").session


def test_the_pages_open_on_the_day_of_the_demonstration() -> None:
    page = client_of("wethouder.assen").get("/oversight/jbn/").content.decode()
    assert "Stand per 30 september 2025" in page
    assert "Fictief" in page
    assert "Hoe lang het geldt, is niet bekend" in page


def test_outside_a_demonstration_nothing_is_loaded() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo", stdout=StringIO())


def test_a_chart_shows_from_which_month_it_is_reckoned_anew_and_why() -> None:
    phase = ChartPhase.objects.get()
    page = client_of("adviseur.drenthe").get(reverse("reports:kpi", args=["jbn", phase.kpi]))
    assert phase.reason in page.content.decode()
