"""That a briefing exists is secret, in the log of acts too: its list, its filters and its file."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from jbn_oversight.accounts.models import Role, User
from jbn_oversight.acts.models import RecordedAct
from jbn_oversight.acts.selectors import ON_A_PAGE
from reports.briefings.decisions.actions import acts, breaches, emergency, secrecy
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    decided,
    drafted,
    invited,
    now,
    published,
    withdrawn,
)
from tests.factories.people import (
    Cast,
    institution,
    membership,
    municipality,
    region,
    with_role,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def told(user: User, **asked: str) -> list[str]:
    """The kinds of acts on briefings that this person's file holds, newest first."""
    answer = client_of(user).get("/management/acts.csv", asked)
    assert answer.status_code == 200
    rows = csv.DictReader(io.StringIO(answer.content.decode()[1:]))
    return [row["kind"] for row in rows if row["thing"] == "reports.briefing"]


def page_of(user: User, **asked: str) -> str:
    answer = client_of(user).get("/management/acts/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def still(page: str) -> str:
    """The page without the tokens of its forms."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page)


def out(cast: Cast) -> Briefing:
    """Its hour has just come."""
    at = now() - 2 * HOUR
    return published(cast, at=at, until=at + HOUR)


WATCHERS = ("auditor", "privacy_officer")


@pytest.mark.parametrize("who", WATCHERS)
def test_before_the_hour_the_log_tells_nothing(cast: Cast, who: str) -> None:
    at = now()
    for briefing in (
        drafted(cast, at=at, until=at + DAY),
        approved(cast, at=at, until=at + DAY),
        published(cast, at=at, until=at + DAY),
        approved(cast, at=at - 2 * HOUR, until=at - HOUR),
    ):
        assert RecordedAct.objects.filter(thing_id=briefing.public_id).exists()
        page = page_of(getattr(cast, who))
        assert briefing.public_id not in page
        assert told(getattr(cast, who)) == []


@pytest.mark.parametrize("who", WATCHERS)
def test_without_a_briefing_the_log_is_the_same_page(cast: Cast, who: str) -> None:
    """Count, choices and the way to older acts too: a difference would tell of it."""
    user = getattr(cast, who)
    asked: tuple[dict[str, str], ...] = (
        {},
        {"kind": "briefings.started"},
        {"who": cast.adviser.name},
        {"from_on": "2025-01-01"},
    )
    before = [still(page_of(user, **one)) for one in asked]
    at = now()
    for _number in range(26):  # more acts than a page holds
        drafted(cast, at=at, until=at + DAY)
    assert RecordedAct.objects.count() > ON_A_PAGE
    assert [still(page_of(user, **one)) for one in asked] == before


@pytest.mark.parametrize("who", WATCHERS)
def test_from_the_hour_on_who_watches_the_place_reads_all_acts(cast: Cast, who: str) -> None:
    briefing = out(cast)
    assert told(getattr(cast, who)) == [
        "briefings.published",
        "briefings.approved",
        "briefings.signed",
        "briefings.submitted",
        "briefings.makers_named",
        "briefings.started",
    ]
    assert briefing.public_id in page_of(getattr(cast, who))
    assert SENTINEL not in page_of(getattr(cast, who))


def test_who_watches_another_place_reads_nothing_of_it(cast: Cast) -> None:
    out(cast)
    for role in (Role.AUDITOR, Role.PRIVACY_OFFICER):
        assert told(with_role(f"Verre {role}", role, region("groningen"))) == []
        assert told(with_role(f"Andere {role}", role, municipality("GM0106"))) == []
        assert told(with_role(f"Hele {role}", role, institution()))


def test_an_administrator_is_told_of_no_briefing_ever(cast: Cast) -> None:
    briefing = out(cast)
    page = page_of(cast.administrator)
    assert briefing.public_id not in page
    assert "briefings." not in page
    assert told(cast.administrator) == []
    assert told(cast.administrator, kind="briefings.published") == []


def test_a_clerk_of_any_council_has_no_log_of_acts(cast: Cast) -> None:
    out(cast)
    for clerk in (cast.clerk, with_role("Verre Griffie", Role.CLERK, municipality("GM0114"))):
        assert client_of(clerk).get("/management/acts/").status_code == 404
        assert client_of(clerk).get("/management/acts.csv").status_code == 404


def test_a_maker_who_audits_too_reads_the_acts_on_the_own_work(cast: Cast) -> None:
    at = now()
    mine = drafted(cast, at=at, until=at + DAY)
    membership(cast.adviser, Role.AUDITOR, region("drenthe"))
    assert mine.public_id in page_of(cast.adviser)
    assert mine.public_id not in page_of(cast.auditor)


def test_what_came_out_and_was_withdrawn_stays_in_the_log(cast: Cast) -> None:
    withdrawn(cast, out(cast), at=now())
    assert told(cast.auditor)[:2] == ["briefings.withdrawn", "briefings.proposed"]
    act = RecordedAct.objects.get(kind="briefings.withdrawn")
    assert act.by_name == cast.region_alderman.name
    assert act.agreed_name == cast.second_adviser.name


def shut(cast: Cast, briefing: Briefing, at: datetime) -> None:
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)


def test_what_was_shut_before_its_hour_never_comes_into_the_log(cast: Cast) -> None:
    at = now() - 2 * HOUR
    for stop in (shut, lambda cast, one, at: withdrawn(cast, one, at=at)):
        briefing = published(cast, at=at, until=at + HOUR)
        stop(cast, briefing, at + 30 * MINUTE)
        assert briefing.public_id not in page_of(cast.auditor)
    assert told(cast.auditor) == []


def test_what_was_shut_after_its_hour_stays_in_the_log(cast: Cast) -> None:
    shut(cast, out(cast), now())
    assert told(cast.auditor)[0] == "briefings.closed"


def impose(cast: Cast, briefing: Briefing, at: datetime) -> None:
    secrecy.impose(
        briefing=briefing,
        organ=Organ.COUNCIL,
        ground=SecrecyGround.PRIVACY,
        imposed_on=at.date(),
        given_to_council_on=None,
        at=at,
        by=cast.adviser,
    )


def test_while_secrecy_runs_the_log_tells_nothing(cast: Cast) -> None:
    impose(cast, out(cast), now())
    assert told(cast.auditor) == []


def test_what_secrecy_covered_until_it_was_withdrawn_never_came_out(cast: Cast) -> None:
    at = now() - 3 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    impose(cast, briefing, at + MINUTE)
    withdrawn(cast, briefing, at=at + 2 * HOUR)
    row = briefing.secrecies.get()
    row.lifted_on, row.lifted_by = at.date(), Organ.COUNCIL
    row.lifting_recorded_at, row.lifting_recorded_by = at + 150 * MINUTE, cast.adviser
    row.save()
    assert told(cast.auditor) == []


def test_a_publication_that_fails_leaves_no_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    version = briefing.latest_version()
    assert version is not None

    def breaks(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(signing, "nudge_release", breaks)
    with pytest.raises(ZeroDivisionError):
        signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    assert not RecordedAct.objects.filter(kind="briefings.published").exists()


def test_every_turn_of_a_briefing_leaves_its_act(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + 2 * DAY)
    reader = invited(cast, briefing, cast.council_member, at=at)
    readers.remove(reader=reader, at=at, by=cast.adviser)
    readers.remove(reader=reader, at=at, by=cast.adviser)  # twice is once
    breaches.record_breach(briefing=briefing, what="Lek", noticed_at=at, at=at, by=cast.adviser)
    decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + 3 * DAY)
    shut(cast, briefing, at)
    decided(cast, briefing, ActKind.REOPEN, at=at)
    kinds = RecordedAct.objects.filter(thing_id=briefing.public_id).order_by("pk")
    assert [(act.kind.partition(".")[2], act.about_name) for act in kinds][5:] == [
        ("reader_added", cast.council_member.name),
        ("reader_removed", cast.council_member.name),
        ("breach_recorded", ""),
        ("proposed", ""),
        ("hour_moved", ""),
        ("closed", ""),
        ("proposed", ""),
        ("reopened", ""),
    ]


def test_a_proposal_that_is_cancelled_leaves_both_acts(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    act = acts.propose(
        briefing=briefing, kind=ActKind.WITHDRAW, reason="x", at=at, by=cast.region_alderman
    )
    acts.cancel(act=act, at=at, by=cast.region_alderman)
    acts.cancel(act=act, at=at, by=cast.region_alderman)
    kinds = RecordedAct.objects.filter(detail="withdraw").order_by("pk")
    assert [one.kind for one in kinds] == ["briefings.proposed", "briefings.cancelled"]
