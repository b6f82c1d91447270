"""What was out and was shut again stands at no address: not for who read it, nor its makers.

As in the crawl, the addresses come from the URL configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership
from jbn_oversight.clock import amsterdam_day
from reports.briefings.decisions.actions import emergency, secrecy
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.press import actions as press
from reports.briefings.questions import actions as questions
from reports.briefings.writing.actions import comments
from tests.factories.briefings import (
    HOUR,
    PRINTED,
    SENTINEL,
    invited,
    now,
    published,
    withdrawn,
)
from tests.factories.people import Cast
from tests.factories.surroundings import surrounded
from tests.reports.crawl import general_values, patterns, values_of
from tests.reports.test_crawl import NOT_FOLLOWED, all_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TEXT = f"Tekst met {SENTINEL} erin."
"""Stands in the text alone; a maker goes on seeing the title, to know what was shut."""
OF_BRIEFINGS = ("briefings/", "public/", "management/")


def was_out(cast: Cast) -> tuple[Briefing, str]:
    """Published for everybody and read, with a question, a comment, a party and a link."""
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR, attachment=True, public=True)
    invited(cast, briefing, cast.clerk, at=at, accepted=True)
    link = surrounded(cast, briefing, SENTINEL, at=at)
    party = press.name_party(
        briefing=briefing,
        mandate=Membership.objects.get(user=cast.institution),
        at=at,
        by=cast.adviser,
    )
    press.agree_to_party(party=party, at=at, by=cast.second_adviser)
    read = Briefing.objects.visible_to(cast.council_member, now()).get(pk=briefing.pk)
    asked = questions.ask(briefing=read, text=TEXT, at=now(), by=cast.council_member)
    given = questions.answer(question=asked, text=TEXT, at=now(), by=cast.adviser)
    questions.give_out(answer=given, at=now(), by=cast.second_adviser)
    section = briefing.sections.order_by("position")[0]
    comments.comment_on(section=section, quoted="", text=TEXT, at=now(), by=cast.adviser)
    return briefing, link


def everything(briefing: Briefing, link: str) -> Iterator[str]:
    for pattern in patterns():
        if pattern.form in NOT_FOLLOWED or not pattern.form.startswith(OF_BRIEFINGS):
            continue
        for values in (general_values(), values_of(briefing)):
            yield from pattern.filled(values)
    yield reverse("reports:fact_check", args=[link])


def shut(cast: Cast, briefing: Briefing, how: str) -> None:
    if how == "withdrawn":
        withdrawn(cast, briefing, at=now())
    elif how == "closed":
        emergency.close_dossier(briefing=briefing, reason="Lek", at=now(), by=cast.adviser)
    else:
        secrecy.impose(
            briefing=briefing,
            organ=Organ.EXECUTIVE,
            ground=SecrecyGround.PRIVACY,
            imposed_on=amsterdam_day(now()),
            given_to_council_on=None,
            at=now(),
            by=cast.adviser,
        )


EACH_WAY: Final = [
    "withdrawn",
    # The same pages once more for each of the other ways: with the browser's tests.
    pytest.param("closed", marks=pytest.mark.slow),
    pytest.param("secret", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("how", EACH_WAY)
def test_nobody_outside_finds_a_word_of_it(cast: Cast, how: str) -> None:
    briefing, link = was_out(cast)
    people = {"anonymous": None, "council_member": cast.council_member, "clerk": cast.clerk}
    people |= {"institution": cast.institution, "privacy_officer": cast.privacy_officer}
    shut(cast, briefing, how)
    if how == "secret":
        del people["clerk"]  # an early reader goes on reading
    for who, user in people.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        for url in everything(briefing, link):
            assert SENTINEL not in all_of(client.get(url)), f"{who}: GET {url}"


@pytest.mark.parametrize("how", EACH_WAY[:2])
def test_its_makers_get_no_text_and_no_file_either(cast: Cast, how: str) -> None:
    briefing, link = was_out(cast)
    shut(cast, briefing, how)
    for maker in (cast.adviser, cast.second_adviser):
        client = Client()
        client.force_login(maker)
        for url in everything(briefing, link):
            said = all_of(client.get(url))
            assert TEXT not in said, f"{maker.name}: GET {url}"
            assert PRINTED.decode() not in said, f"{maker.name}: GET {url}"
