"""Who signs, publishes or decides sees every text, figure, file and reader, and nothing else goes.

Each part is changed between the showing and the pressing: the act refuses, names what changed,
and the page shows it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from certification.models import KpiResult
from jbn_oversight.accounts.models import Role
from reports.briefings.decisions.actions import acts
from reports.briefings.decisions.models import ActKind
from reports.briefings.document.rules.content import fingerprint
from reports.briefings.document.selectors.documents import document_of_draft
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.signing import SignOff
from reports.briefings.models.versions import Rendering
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from reports.briefings.signing.selectors.going_out import draft_going_out, version_going_out
from reports.briefings.signing.selectors.signed_texts import texts_of
from reports.briefings.writing.actions import drafts as drafting
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.sections import TypedText
from tests.factories.briefings import HOUR, decided, invited, looked, now, some_draft
from tests.factories.parted import (
    FIGURE,
    FIGURE_OF_ASSEN,
    FILES,
    SAID,
    attached,
    parted,
    signed,
    submitted,
)
from tests.factories.people import Cast, municipality, region, with_role
from tests.factories.results import DRENTHE, result, run
from tests.reading_pages import words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Change = Callable[[Cast, Briefing, datetime], object]


def address(briefing: Briefing, name: str, *more: str) -> str:
    return reverse(f"reports:{name}", args=[briefing.public_id, *more])


def shown_to(client: Client, briefing: Briefing, name: str, *more: str) -> str:
    return client.get(address(briefing, name, *more)).content.decode()


def test_the_page_to_sign_shows_every_text_figure_and_file(client: Client, cast: Cast) -> None:
    briefing = submitted(cast, parted(cast, at=now(), regions=True), at=now())
    client.force_login(cast.region_alderman)
    page = shown_to(client, briefing, "briefing_approve")
    assert [one for one in SAID if one not in page] == []


def test_each_file_is_shown_by_the_name_under_which_it_goes_out(cast: Cast) -> None:
    at = now()
    briefing = submitted(cast, parted(cast, at=at, regions=True), at=at)
    shown = [one.name for one in draft_going_out(briefing, texts_of(briefing, at), at).files]
    attached_names = [one.name for one in document_of_draft(briefing, at).attachments]
    assert shown == attached_names
    assert [name.split(" ", 1)[0] for name in shown] == [str(n + 1) for n in range(len(FILES))]


def test_the_page_to_publish_shows_every_text_figure_and_file(client: Client, cast: Cast) -> None:
    briefing = signed(cast, at=now() - HOUR, regions=True)
    client.force_login(cast.second_adviser)
    page = shown_to(client, briefing, "briefing_publish")
    assert [one for one in SAID if one not in page] == []
    assert "Bijlagen geen" not in words_of(page)


@pytest.mark.parametrize("name", ["briefing_approve", "briefing_publish"])
def test_what_goes_out_is_counted_in_words(client: Client, cast: Cast, name: str) -> None:
    is_draft = name == "briefing_approve"
    at = now() - HOUR
    briefing = submitted(cast, parted(cast, at=at), at=at) if is_draft else signed(cast, at=at)
    client.force_login(cast.region_alderman if is_draft else cast.second_adviser)
    page = shown_to(client, briefing, name)
    assert "3 bijlagen, de algemene tekst en " in page
    assert "2 eigen teksten: gemeente Assen en gemeente Groningen" in page
    for place in ("gemeente Assen", "gemeente Groningen"):
        assert f"De tekst voor {place}" in page


def test_to_whom_it_goes_stands_there_with_numbers_and_names(client: Client, cast: Cast) -> None:
    briefing = submitted(cast, parted(cast, at=now(), regions=True), at=now())
    client.force_login(cast.region_alderman)
    page = client.get(address(briefing, "briefing_approve"))
    goes_out = page.context["goes_out"]
    # Of Assen: alderman, adviser, council member and clerk. Of Drenthe: alderman, two advisers.
    assert {one.name: one.readers for one in goes_out.audience} == {
        "gemeente Assen": 4,
        "regio Drenthe": 3,
        "regio Groningen": 0,
    }
    words = words_of(page.content.decode())
    assert "gemeente Assen: 4 mensen" in words
    assert "Karin Raad (raadslid, Assen)" in words


def test_each_file_opens_through_the_gate_and_is_noted(client: Client, cast: Cast) -> None:
    briefing = signed(cast, at=now() - HOUR)
    version = briefing.latest_version()
    assert version is not None
    goes_out = version_going_out(briefing, version, now())
    client.force_login(cast.second_adviser)
    for one, title in zip(goes_out.files, FILES, strict=True):
        answer = client.get(one.url)
        assert answer.status_code == 200
        assert title in one.name
        assert one.kind == "PDF"
    assert ReadingLog.objects.filter(file_name__startswith="attachment").count() == 3
    for stranger in (cast.council_member, cast.administrator):
        client.force_login(stranger)
        assert client.get(goes_out.files[0].url).status_code == 404


def test_what_was_shown_is_byte_for_byte_what_is_frozen(client: Client, cast: Cast) -> None:
    briefing = submitted(cast, parted(cast, at=now()), at=now())
    client.force_login(cast.region_alderman)
    page = client.get(address(briefing, "briefing_approve"))
    said = {
        "shown": page.context["shown"],
        "revision": briefing.draft_revision,
        "confirmed": "1",
    }
    client.post(address(briefing, "briefing_approve"), said)
    version = Briefing.objects.get().latest_version()
    assert version is not None
    known_at = SignOff.objects.get().known_at
    frozen = texts_of(briefing, known_at)
    # By now it has a version, so the next one would have another number: else it is the same.
    assert page.context["goes_out"].common.document.frozen_at == known_at
    assert version.content["frozen_at"] == known_at.isoformat()
    assert fingerprint({**version.content, "version_label": ""}) == fingerprint(
        {**frozen.common.content, "version_label": "", **_first(version.content)}
    )
    texts = {one.place_code for one in page.context["goes_out"].own}
    assert len(texts) == version.variants.count()


def _first(content: dict[str, object]) -> dict[str, object]:
    return {name: content[name] for name in ("changes", "previous_version_label")}


def test_the_language_of_the_signer_changes_nothing(cast: Cast) -> None:
    at = now()
    briefing = parted(cast, at=at)
    found = []
    for language in ("nl", "en"):
        with translation.override(language):
            found.append(draft_going_out(briefing, texts_of(briefing, at), at).parts)
    assert found[0] == found[1]


def edit(cast: Cast, briefing: Briefing, at: datetime) -> None:
    section = briefing.sections.get(municipality__cbs_code="GM0106")
    typed = TypedText(
        section.heading, "Iets heel anders.", section.revision, municipality("GM0106")
    )
    sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    briefing.refresh_from_db()
    signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)


def add_file(cast: Cast, briefing: Briefing, at: datetime) -> None:
    attached(cast, briefing, "Nieuw stuk", at=at)
    briefing.refresh_from_db()
    signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)


def other_audience(cast: Cast, briefing: Briefing, at: datetime) -> None:
    draft = replace(
        some_draft(briefing.embargo_until), sections=None, audience=frozenset({region("drenthe")})
    )
    drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=at, by=cast.adviser
    )
    signing.submit(
        briefing=Briefing.objects.get(),
        revision=Briefing.objects.get().draft_revision,
        at=at,
        by=cast.adviser,
    )


def correct(cast: Cast, briefing: Briefing, at: datetime) -> None:
    """A figure of the text is another one from now on."""
    KpiResult.objects.filter(scope_code="drenthe").update(superseded_at=at)
    result(run(at=at), "contact_5wd", DRENTHE, 420, 700, norm=100)


def name_another(cast: Cast, briefing: Briefing, at: datetime) -> None:
    invited(cast, briefing, cast.clerk, at=at)


def remove_reader(cast: Cast, briefing: Briefing, at: datetime) -> None:
    readers.remove(reader=briefing.early_readers.get(), at=at, by=cast.adviser)


def new_council_member(cast: Cast, briefing: Briefing, at: datetime) -> None:
    with_role("Nieuw Raadslid", Role.COUNCIL_MEMBER, municipality("GM0106"))


DRAFT_CHANGES: list[tuple[str, Change]] = [
    ("Iemand wijzigde deze oplegger", edit),
    ("Iemand wijzigde deze oplegger", add_file),
    ("Iemand wijzigde deze oplegger", other_audience),
    ("de tekst of de cijfers", correct),
    ("de vroege lezers", name_another),
    ("de vroege lezers", remove_reader),
    ("wie het daarna mag lezen", new_council_member),
]


def again(client: Client, url: str, said: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """Press with what was shown; the page as it is shown again, and what its form would send."""
    client.post(url, said)
    page = client.get(url)
    return page.content.decode(), {"shown": page.context["shown"], "confirmed": "1"}


@pytest.mark.parametrize(("words", "change"), DRAFT_CHANGES)
def test_nothing_is_signed_that_changed_after_it_was_shown(
    client: Client, cast: Cast, words: str, change: Change
) -> None:
    at = now() - HOUR
    briefing = submitted(cast, parted(cast, at=at, until=now() + DAY), at=at)
    client.force_login(cast.region_alderman)
    url = address(briefing, "briefing_approve")
    said = {**looked(client, url), "revision": briefing.draft_revision}
    change(cast, briefing, now())
    page, fresh = again(client, url, said)
    assert words in page
    assert not SignOff.objects.exists()
    client.post(url, {**fresh, "revision": Briefing.objects.get().draft_revision})
    assert SignOff.objects.filter(voided_at=None).count() == 1, "who looks again can sign"


def test_a_change_of_the_draft_alone_is_caught_without_the_revision(cast: Cast) -> None:
    """The hash of what was shown stands by itself: it does not lean on the draft's number."""
    at = now()
    briefing = submitted(cast, parted(cast, at=at), at=at)
    before = draft_going_out(briefing, texts_of(briefing, at), at).parts
    for change, part in ((edit, "texts"), (add_file, "files"), (other_audience, "audience")):
        change(cast, Briefing.objects.get(), at)
        fresh = Briefing.objects.get()
        after = draft_going_out(fresh, texts_of(fresh, at), at).parts
        assert before[part] != after[part]
        before = after


def move_hour(cast: Cast, briefing: Briefing, at: datetime) -> None:
    """Earlier and back is another hour; the paper that names it is there."""
    assert briefing.embargo_until is not None
    hour = briefing.embargo_until + DAY
    decided(cast, briefing, ActKind.POSTPONE, at=at, hour=hour)
    version = briefing.latest_version()
    assert version is not None
    for old in Rendering.objects.filter(version=version, hour=None):
        Rendering.objects.create(
            version=version,
            variant=old.variant,
            hour=hour,
            started_at=at,
            finished_at=at,
            pdf=old.pdf,
        )


VERSION_CHANGES: list[tuple[str, Change]] = [
    ("een cijfer dat is gecorrigeerd", correct),
    ("de vroege lezers", name_another),
    ("de vroege lezers", remove_reader),
    ("wie het daarna mag lezen", new_council_member),
    ("de uren", move_hour),
]


@pytest.mark.parametrize(("words", "change"), VERSION_CHANGES)
def test_nothing_is_published_that_changed_after_it_was_shown(
    client: Client, cast: Cast, words: str, change: Change
) -> None:
    briefing = signed(cast, at=now() - HOUR, until=now() + DAY)
    version = briefing.latest_version()
    assert version is not None
    client.force_login(cast.second_adviser)
    url = address(briefing, "briefing_publish")
    said = {**looked(client, url), "version": version.public_id}
    change(cast, briefing, now())
    page, fresh = again(client, url, said)
    assert words in page
    assert Briefing.objects.get().published_at is None
    client.post(url, {**fresh, "version": version.public_id})
    assert Briefing.objects.get().published_at is not None, "who looks again can publish"


def test_a_newer_version_is_not_published_by_who_saw_the_older(client: Client, cast: Cast) -> None:
    briefing = signed(cast, at=now() - HOUR, until=now() + DAY)
    client.force_login(cast.second_adviser)
    url = address(briefing, "briefing_publish")
    said = looked(client, url)
    section = briefing.sections.get(municipality__cbs_code="GM0106")
    typed = TypedText(section.heading, "Nieuw.", section.revision, municipality("GM0106"))
    sections.save_section(section=section, typed=typed, at=now(), by=cast.adviser)
    fresh = Briefing.objects.get()
    fresh.change_reason = "Beter"
    fresh.save()
    submitted(cast, fresh, at=now())
    fresh.refresh_from_db()
    signing.approve(
        briefing=fresh, revision=fresh.draft_revision, at=now(), by=cast.region_alderman
    )
    client.post(url, said)
    assert Briefing.objects.get().published_at is None


@pytest.mark.parametrize("kind", [ActKind.ADVANCE, ActKind.POSTPONE, ActKind.WITHDRAW])
def test_who_decides_sees_what_it_is_about_and_nothing_else_is_decided(
    client: Client, cast: Cast, kind: ActKind
) -> None:
    at = now() - HOUR
    briefing = signed(cast, at=at, until=now() + DAY)
    hour = {
        ActKind.ADVANCE: now() + 2 * HOUR,
        ActKind.POSTPONE: now() + 2 * DAY,
        ActKind.WITHDRAW: None,
    }[kind]
    client.force_login(cast.region_alderman)
    page = shown_to(client, briefing, "briefing_propose", kind.value)
    assert [one for one in SAID if one not in page] == []
    act = acts.propose(
        briefing=briefing, kind=kind, reason="Daarom", hour=hour, at=now(), by=cast.region_alderman
    )
    client.force_login(cast.second_adviser)
    url = address(briefing, "briefing_decisions")
    page = shown_to(client, briefing, "briefing_decisions")
    assert [one for one in SAID if one not in page] == []
    said = looked(client, url)
    new_council_member(cast, briefing, now())
    confirm = address(briefing, "briefing_confirm", act.public_id)
    client.post(confirm, said)
    act.refresh_from_db()
    assert act.confirmed_at is None
    fresh = client.get(url)
    assert "wie het daarna mag lezen" in fresh.content.decode()
    client.post(confirm, {"shown": fresh.context["shown"]})
    act.refresh_from_db()
    assert act.confirmed_at is not None


def test_preview_and_rehearsal_name_every_file_and_text(client: Client, cast: Cast) -> None:
    briefing = submitted(cast, parted(cast, at=now()), at=now())
    client.force_login(cast.adviser)
    for name in ("briefing_preview", "briefing_rehearsals"):
        page = shown_to(client, briefing, name)
        assert "3 bijlagen, de algemene tekst en " in page
        for title in FILES:
            assert title in page
    own = client.get(address(briefing, "briefing_preview"), {"for": "GM0106"}).content.decode()
    assert FIGURE_OF_ASSEN in own
    assert FILES[0] in own


def test_a_text_that_was_set_aside_is_said_to_be_missing(client: Client, cast: Cast) -> None:
    briefing = signed(cast, at=now() - HOUR, until=now() + DAY)
    version = briefing.latest_version()
    assert version is not None
    variant = version.variants.get(municipality__cbs_code="GM0106")
    before = version_going_out(briefing, version, now())
    variant.set_aside_at, variant.set_aside_by = now(), cast.second_adviser
    variant.set_aside_reason = "Lukt niet"
    variant.save()
    client.force_login(cast.second_adviser)
    page = words_of(shown_to(client, briefing, "briefing_publish"))
    assert "Zin voor Assen alleen" not in page
    assert "gemeente Assen: de tekst is niet af te drukken" in page
    after = version_going_out(briefing, version, now())
    assert after.parts["set_aside"] != before.parts["set_aside"]


def test_a_figure_is_the_same_on_the_page_and_in_what_is_frozen(client: Client, cast: Cast) -> None:
    briefing = submitted(cast, parted(cast, at=now()), at=now())
    client.force_login(cast.region_alderman)
    page = client.get(address(briefing, "briefing_approve"))
    figures_shown = set(page.context["goes_out"].common.document.figures())
    frozen = texts_of(briefing, page.context["goes_out"].common.document.frozen_at)
    assert figures_shown == set(frozen.common.figures)
    assert FIGURE in page.content.decode()
