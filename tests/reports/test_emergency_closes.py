"""One maker shuts a whole dossier at once; two open it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.notices.actions.sending import send_waiting
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import acts, emergency
from reports.briefings.decisions.models import ActKind, EmergencyClosing
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.dossiers import Dossier
from reports.briefings.models.versions import Rendering
from reports.briefings.notices import actions as mail
from reports.briefings.printing.actions import copies
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.signing import actions as signing
from reports.pdf.render import render as print_document
from tests.factories.briefings import approved, decided, drafted, invited, now, published
from tests.factories.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]
DAY = timedelta(days=1)
MAKERS = ("adviser", "region_alderman", "second_adviser")


def in_one_dossier(cast: Cast, *briefings: Briefing) -> Dossier:
    at = now()
    first, *others = briefings
    emergency.choose_dossier(
        briefing=first, dossier=None, new_name="Herstel", at=at, by=cast.adviser
    )
    dossier = Dossier.objects.get()
    for other in others:
        emergency.choose_dossier(
            briefing=other, dossier=dossier, new_name="", at=at, by=cast.adviser
        )
    return dossier


@pytest.mark.parametrize("who", MAKERS)
def test_any_one_maker_closes_it_the_author_too(cast: Cast, who: str) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=getattr(cast, who))
    assert not Briefing.objects.known_to(cast.council_member, at).exists()
    assert EmergencyClosing.objects.get().closed_by == getattr(cast, who)


def test_nobody_else_closes_anything(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    for who, somebody in cast.everyone().items():
        if who not in MAKERS:
            with pytest.raises(PermissionDenied):
                emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=somebody)


def test_the_whole_dossier_closes_and_nothing_else(cast: Cast) -> None:
    at = now()
    out, in_embargo = published(cast, at=at, until=at), approved(cast, at=at, until=at + DAY)
    elsewhere = published(cast, at=at, until=at)
    invited(cast, in_embargo, cast.council_member, at=at, accepted=True)
    in_one_dossier(cast, out, in_embargo)
    shut = emergency.close_dossier(briefing=in_embargo, reason="Lek", at=at, by=cast.adviser)
    assert {row.pk for row in shut} == {out.pk, in_embargo.pk}
    assert list(Briefing.objects.visible_to(cast.council_member, at)) == [elsewhere]


def test_pages_and_files_are_gone_for_readers_and_files_for_makers(
    client: Client, cast: Cast
) -> None:
    at = now()
    briefing = published(cast, at=at, until=at, attachment=True)
    version = briefing.published_version
    assert version is not None
    key, attached = briefing.public_id, version.attachments.get()
    read = [
        reverse("reports:briefing", args=[key]),
        reverse("reports:briefing_pdf", args=[key, version.public_id]),
        reverse("reports:briefing_attachment", args=[key, version.public_id, attached.public_id]),
    ]
    draft_file = briefing.attachments.get()
    made = [
        reverse("reports:briefing_version_pdf", args=[key, version.public_id]),
        reverse("reports:briefing_draft_attachment", args=[key, draft_file.public_id]),
        reverse("reports:briefing_preview", args=[key]),
        reverse("reports:briefing_preview_pdf", args=[key]),
        reverse("reports:briefing_comments", args=[key]),
        reverse("reports:briefing_press", args=[key]),
        reverse("reports:briefing_compare", args=[key]),
        *(
            reverse("reports:briefing_section", args=[key, row.public_id])
            for row in briefing.sections.all()
        ),
    ]
    client.force_login(cast.second_adviser)
    client.post(reverse("reports:briefing_emergency", args=[key]), {"reason": "Lek"})
    assert {client.get(address).status_code for address in made} == {404}
    assert client.get(reverse("reports:briefing_work", args=[key])).status_code == 200
    client.force_login(cast.council_member)
    assert {client.get(address).status_code for address in read} == {404}


def test_nothing_moves_while_it_is_closed(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    version = briefing.latest_version()
    assert version is not None
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)
    with pytest.raises(RefusedError):
        signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    with pytest.raises(RefusedError):
        decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + 2 * DAY)
    with pytest.raises(RefusedError):
        invited(cast, briefing, cast.council_member, at=at)


def test_closing_twice_closes_once(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    assert emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)
    again = emergency.close_dossier(
        briefing=briefing, reason="Nog eens", at=at + DAY, by=cast.second_adviser
    )
    assert again == []
    briefing.refresh_from_db()
    assert briefing.closing_reason == "Lek"


def test_a_printing_that_runs_stores_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY, printed=False)
    version = briefing.latest_version()
    assert version is not None

    def meanwhile(document: object) -> object:
        emergency.close_dossier(briefing=briefing, reason="Lek", at=now(), by=cast.adviser)
        return print_document(document)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "print_document", meanwhile)
    assert not rendering.render(version=version, at=at)
    assert Rendering.objects.get().pdf is None
    assert list(rendering.versions_to_print(at + DAY)) == []


def test_copies_that_are_being_made_are_made_no_further(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    for reader in (cast.council_member, cast.clerk):
        invited(cast, briefing, reader, at=at, accepted=True)

    def meanwhile(copy: PersonalCopy, source: bytes) -> bytes:
        emergency.close_dossier(briefing=briefing, reason="Lek", at=now(), by=cast.adviser)
        return source

    monkeypatch.setattr(copies, "marked", meanwhile)
    monkeypatch.setattr(copies, "gate", lambda data: [])
    assert copies.make_ahead(now()) == 1
    assert PersonalCopy.objects.count() == 1


def test_mail_that_waits_is_not_sent(cast: Cast, mailoutbox: list[object]) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    assert mail.released(briefing, at)
    mailoutbox.clear()
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)
    send_waiting(clock=lambda: at)
    assert mailoutbox == []


def test_two_people_open_one_briefing_and_the_rest_stays_shut(cast: Cast) -> None:
    at = now()
    one, other = published(cast, at=at, until=at), published(cast, at=at, until=at)
    in_one_dossier(cast, one, other)
    emergency.close_dossier(briefing=one, reason="Lek", at=at, by=cast.adviser)
    one.refresh_from_db()
    with pytest.raises(PermissionDenied):
        acts.propose(briefing=one, kind=ActKind.REOPEN, reason="Goed", at=at, by=cast.adviser)
    decided(cast, one, ActKind.REOPEN, at=at)
    assert list(Briefing.objects.visible_to(cast.council_member, at)) == [one]
    closing = EmergencyClosing.objects.get(briefing=one)
    assert closing.reopened_by is not None
    assert closing.reopened_by.kind == ActKind.REOPEN


def test_it_can_be_closed_again_after_it_was_opened(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)
    decided(cast, briefing, ActKind.REOPEN, at=at)
    assert emergency.close_dossier(briefing=briefing, reason="Weer", at=at, by=cast.adviser)
    assert EmergencyClosing.objects.filter(briefing=briefing).count() == 2


def test_a_dossier_is_known_only_through_ones_own_briefings(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    dossier = in_one_dossier(cast, briefing)
    assert list(emergency.dossiers_for(briefing, cast.adviser, at)) == [dossier]
    assert not emergency.dossiers_for(briefing, cast.municipal_adviser, at).exists()
    with pytest.raises(PermissionDenied):
        emergency.choose_dossier(
            briefing=briefing, dossier=dossier, new_name="", at=at, by=cast.second_adviser
        )


def test_a_closed_one_can_be_withdrawn_for_good(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)
    decided(cast, briefing, ActKind.WITHDRAW, at=at)
    with pytest.raises(RefusedError):
        decided(cast, briefing, ActKind.REOPEN, at=at)
