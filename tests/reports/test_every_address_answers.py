"""Every address answers somebody: a crawl that finds only what is absent proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from jbn_oversight.accounts.managing.actions import ask_address
from jbn_oversight.accounts.managing.sentences import token_of
from jbn_oversight.accounts.models import Membership
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.statutory_days.models import EquatedDay, EquatedDayList
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.factcheck.models import FactCheck
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import VersionVariant
from reports.briefings.planning import actions as planning
from reports.briefings.questions import actions as questions
from reports.briefings.readers import actions as readers
from reports.briefings.sharing.models import ToldKind
from reports.briefings.writing.actions import comments
from tests.factories.briefings import HOUR, approved, invited, now, published
from tests.factories.people import Cast, institution, municipality
from tests.factories.results import run
from tests.factories.supervision import supervised
from tests.factories.surroundings import shared_and_announced, surrounded
from tests.reports.crawl import Pattern, Values, patterns, supervision_values, values_of
from tests.reports.test_crawl import NOT_FOLLOWED, make_secrets, visitor
from tests.reports.test_crawl_of_supervision import posted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHO = (
    "adviser",
    "administrator",
    "second_adviser",
    "region_alderman",
    "clerk",
    "council_member",
    "institution",
    "privacy_officer",
    "anonymous",
)
EXCEPTIONS = {
    "account/sign-up/": "nobody makes an account of their own: it is always absent",
    "account/password/reset/key/": "the link stands in a mail; its test follows it",
    "deliveries/": "a delivery takes a minute to read; tests of deliveries make one",
    "figures.csv": "a briefing that quotes figures takes a run; tests of public pages make one",
    "figures.json": "the same",
    "/figures/": "the same",
    "public/%(page_key)s/texts/": "texts for each place take the same figures",
    "texts/%(text_id)s/pdf/": "a worker prints the text of one place; its tests print one",
    "admin/login/": "people sign in on the page of the portal: it is always absent",
    "%(_1)s/": "a state of a row in the history of the administration",
    "admin/r/": "opens what the site shows elsewhere; nothing in the administration does",
    "admin/%(url)s": "catches what no other address of the administration is",
}
"""Parts of addresses that nothing here fills, each with its reason."""


def lively(cast: Cast, *, at: datetime) -> tuple[Briefing, Values]:
    """An approved briefing in which everything that can happen has happened once."""
    briefing = approved(cast, at=at, until=at + DAY, attachment=True)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    seen = Briefing.objects.visible_to(cast.council_member, now()).get(pk=briefing.pk)
    asked = questions.ask(briefing=seen, text="Hoeveel?", at=now(), by=cast.council_member)
    questions.answer(question=asked, text="Zoveel.", at=now(), by=cast.adviser)
    stranger = Membership.objects.get(user=cast.other_council_member)
    readers.add_readers(briefing=briefing, mandates=[stranger], at=now(), by=cast.adviser)
    comments.comment_on(
        section=briefing.sections.order_by("position")[0],
        quoted="",
        text="Hoe?",
        at=at,
        by=cast.region_alderman,
    )
    version = briefing.latest_version()
    assert version is not None
    VersionVariant.objects.create(
        version=version,
        content=version.content,
        content_sha256="0" * 64,
        municipality=municipality("GM0106"),
    )
    secret = surrounded(cast, briefing, "voorbeeld", at=at)
    shared_and_announced(cast, briefing, at=at)
    told = planning.note_told(
        institution=institution(),
        municipality=municipality("GM0106"),
        on=amsterdam_day(at),
        kind=ToldKind.MEETING,
        text="Verteld",
        source="",
        for_council=True,
        at=at,
        by=cast.adviser,
    )
    passage = FactCheck.objects.get(briefing=briefing).passages.order_by("pk")[0]
    (said,) = factcheck.answer(
        secret=secret,
        said={passage.public_id: factcheck.PassageAnswer(correct=True)},
        at=now(),
        address=None,
    )
    own = {"told_id": (told.public_id,), "link": (secret,), "answer_id": (said.public_id,)}
    return briefing, {**values_of(briefing), **own}


def of_the_administration(cast: Cast) -> Iterator[Values]:
    """One row of each kind that administrators look after."""
    change = ask_address(
        person=cast.alderman, address="nieuw@test.example", at=now(), by=cast.administrator
    )
    yield {
        **supervision_values(),
        "person_id": (cast.alderman.public_id,),
        "role_id": (cast.alderman.memberships.get().public_id,),
        "change_id": (change.public_id,),
        "token": (token_of(change, "new"),),
    }
    for kind in (EquatedDay, EquatedDayList):
        row = kind._default_manager.order_by("pk")[0]
        yield {**supervision_values(), "object_id": (str(row.pk),)}
    member = Membership.objects.filter(municipality=municipality("GM0106"), role="council_member")
    yield {**supervision_values(), "public_id": (member[0].public_id,)}
    yield {**supervision_values(), "public_id": (run().public_id,)}


def test_every_address_answers_somebody(cast: Cast) -> None:
    at = now() - 2 * HOUR
    supervised(cast, at=at)
    out = published(cast, at=at, until=at + HOUR, public=True, attachment=True)
    _briefing, own = lively(cast, at=at)
    secrets = [values_of(briefing) for briefing in make_secrets(cast)]
    everything: list[Values] = [
        supervision_values(),
        own,
        values_of(out),
        *secrets,
        *of_the_administration(cast),
    ]
    visitors = [visitor(Client(), cast, who) for who in WHO]
    tries = [(client, values) for values in everything for client in visitors]
    silent = []
    for pattern in patterns():
        if pattern.form in NOT_FOLLOWED or any(part in pattern.form for part in EXCEPTIONS):
            continue
        found = next((one for one in tries if _answers(*one, pattern)), None)
        if found is None:
            silent.append(pattern.form)
        else:
            # The next address is most likely of the same kind.
            tries.remove(found)
            tries.insert(0, found)
    assert not silent, "\n".join(silent)


def _answers(client: Client, values: Values, pattern: Pattern) -> bool:
    for url in pattern.filled(values):
        if url.endswith(".pdf"):
            # Laying out takes a second; the spreadsheet beside it is the same register.
            return True
        status = client.get(url).status_code
        if status == 405:
            sent = {"fact": f"event:{values['event_code'][0]}", "briefing": values["public_id"][0]}
            status = posted(client, url, **sent).status_code
        if status not in (404, 405):
            return True
    return False
