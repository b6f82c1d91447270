"""People choose for themselves how often they are told; some mail always comes at once."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from jbn_oversight.clock import utc_now
from jbn_oversight.notices.actions.noting import choose, note
from jbn_oversight.notices.models import Notice, NoticeSetting
from jbn_oversight.notices.rules import Rhythm
from jbn_oversight.notices.selectors import all_kinds, chosen_by
from jbn_oversight.notices.sentences import rhythm_word, told_always
from jbn_oversight.refusals import RefusedError
from tests.factories.notices import declared, some_kind
from tests.factories.people import Cast
from tests.reading_pages import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/me/notices/"
FIXED = sorted(code for code, kind in all_kinds().items() if kind.is_fixed)
FREE = sorted(code for code, kind in all_kinds().items() if not kind.is_fixed)


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    client.force_login(cast.council_member, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def shown(client: Client) -> str:
    return client.get(ADDRESS).content.decode()


def free(**changes: str) -> dict[str, str]:
    """What a browser sends when nothing is changed but this."""
    return {**{code: all_kinds()[code].default.value for code in FREE}, **changes}


def test_what_the_rules_of_the_embargo_ask_for_is_fixed() -> None:
    assert FIXED == [
        "briefing_answered",
        "briefing_invited",
        "briefing_new_version",
        "briefing_released",
        "briefing_voided",
        "briefing_window",
        "briefing_withdrawn",
        "role_given",
    ]


def test_the_page_is_found_from_ones_account(reader: Client) -> None:
    assert f'href="{ADDRESS}"' in reader.get("/me/").content.decode()


@pytest.mark.parametrize("code", FREE)
def test_the_page_offers_the_rhythms_of_a_kind(reader: Client, code: str) -> None:
    kind = all_kinds()[code]
    page = shown(reader)
    for rhythm in Rhythm:
        there = f'name="{code}" value="{rhythm}"' in page
        assert there == (rhythm in kind.rhythms), rhythm
    with override("nl"):
        assert rhythm_word(kind.default) in Page(page).words


@pytest.mark.parametrize("code", FIXED)
def test_the_page_says_why_a_kind_cannot_be_switched_off(reader: Client, code: str) -> None:
    page, kind = Page(shown(reader)), all_kinds()[code]
    with override("nl"):
        word, because = (gettext(one) for one in (kind.word, kind.fixed_because))
        assert (word, because) in told_always()
    assert f"{word} {because}" in page.rows()
    assert f'name="{code}"' not in shown(reader)


@pytest.mark.parametrize("code", FREE)
def test_a_choice_is_kept_and_shown(reader: Client, cast: Cast, code: str) -> None:
    assert reader.post(ADDRESS, free(**{code: "off"})).status_code == 302
    assert chosen_by(cast.council_member)[code] is Rhythm.OFF
    assert chosen_by(cast.clerk)[code] is all_kinds()[code].default
    assert "Uw keuze is opgeslagen." in shown(reader)
    reader.post(ADDRESS, free(**{code: "weekly"}))
    row = NoticeSetting.objects.get()
    assert row.rhythm == "weekly"
    assert [one.history_user for one in row.history.all()] == [cast.council_member] * 2


def test_who_changes_nothing_writes_nothing(reader: Client) -> None:
    assert reader.post(ADDRESS, free()).status_code == 302
    assert not NoticeSetting.objects.exists()


@pytest.mark.parametrize("code", FIXED)
@pytest.mark.parametrize("rhythm", ["off", "weekly", "nonsense"])
def test_a_forged_choice_about_what_is_fixed_is_refused_with_a_sentence(
    reader: Client, cast: Cast, code: str, rhythm: str
) -> None:
    answer = reader.post(ADDRESS, free(**{code: rhythm}))
    assert answer.status_code == 200
    assert "komt altijd meteen." in answer.content.decode()
    assert not NoticeSetting.objects.exists()
    with pytest.raises(RefusedError, match=r"komt altijd meteen\."):
        choose(rhythms={code: rhythm}, at=utc_now(), by=cast.council_member)


@pytest.mark.parametrize("rhythm", ["at_once", "nonsense", ""])
def test_a_rhythm_that_a_kind_does_not_have_is_refused(
    reader: Client, cast: Cast, rhythm: str
) -> None:
    answer = reader.post(ADDRESS, free(actions_overdue=rhythm))
    assert answer.status_code == 200
    assert not NoticeSetting.objects.exists()
    for code in ("actions_overdue", "nothing"):
        with pytest.raises(RefusedError):
            choose(rhythms={code: rhythm}, at=utc_now(), by=cast.council_member)


def test_a_refusal_changes_none_of_the_others(cast: Cast) -> None:
    wanted = {"actions_overdue": "off", "role_given": "off"}
    with pytest.raises(RefusedError):
        choose(rhythms=wanted, at=utc_now(), by=cast.administrator)
    assert not NoticeSetting.objects.exists()


def test_what_was_switched_off_before_it_became_fixed_comes_all_the_same(cast: Cast) -> None:
    at = datetime.fromisoformat("2026-03-03T12:00:00+00:00")
    with declared(some_kind()):
        choose(rhythms={"test_thing": "off"}, at=at, by=cast.clerk)
    fixed = some_kind(rhythms=(Rhythm.AT_ONCE,), fixed_because="So.")
    with declared(fixed):
        note(kind=fixed, people=[cast.clerk], about="a", path="/a/", at=at)
        assert chosen_by(cast.clerk)["test_thing"] is Rhythm.AT_ONCE
    assert Notice.objects.get().rhythm == Rhythm.AT_ONCE
