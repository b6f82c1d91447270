"""Several people write in one draft, and nobody loses a word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import Comment, SectionDraft
from reports.briefings.models.parts import Contribution, Section
from reports.briefings.signing import actions as signing
from reports.briefings.signing.selectors.checklist import findings
from reports.briefings.writing.actions import comments, sections
from reports.briefings.writing.actions.sections import TypedText
from tests.factories.briefings import drafted, mandate_of, now
from tests.factories.people import Cast, region
from tests.reports.test_drafting_pages import address, begun, first, signed_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def two(cast: Cast) -> tuple[Briefing, Client, Client]:
    """A briefing of two writers, and the browsers of both."""
    briefing = begun(cast)
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.second_adviser,
        co_writers=[cast.municipal_adviser],
        at=now(),
        by=cast.adviser,
    )
    return briefing, signed_in(cast.adviser), signed_in(cast.municipal_adviser)


def save(client: Client, section: Section, text: str, base: int, **more: object) -> int:
    typed = {"heading": section.heading, "text": text, "base": base, "do": "save", **more}
    return client.post(address(section), typed).status_code


def test_two_people_in_two_sections_never_conflict(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    first_, second = briefing.sections.all()[:2]
    save(one, first_, "Van de een", 1)
    save(other, second, "Van de ander", 1)
    assert [row.text for row in briefing.sections.all()[:2]] == ["Van de een", "Van de ander"]
    assert not SectionDraft.objects.exists()


def test_on_top_of_another_text_nothing_is_saved_and_both_are_shown(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Het ging goed.", 1)
    save(other, section, "Het ging slecht.", 1)
    section.refresh_from_db()
    assert section.text == "Het ging goed."
    assert SectionDraft.objects.get().text == "Het ging slecht."
    page = other.get(address(section))
    html = page.content.decode()
    assert "Iemand anders heeft dit onderdeel opgeslagen" in html
    assert "Het ging goed." in html
    assert "Het ging slecht." in html
    assert "<ins>" in html
    assert "<del>" in html


def test_who_saw_both_texts_saves_the_one_made_of_them(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Het ging goed.", 1)
    save(other, section, "Het ging slecht.", 1)
    form = other.get(address(section)).context["form"]
    assert (form["base"].value(), form["seen"].value()) == (1, 2)
    save(other, section, "Het ging goed en slecht.", 1, seen=2)
    section.refresh_from_db()
    assert (section.text, section.revision) == ("Het ging goed en slecht.", 3)
    assert not SectionDraft.objects.exists()


def test_a_third_text_that_came_meanwhile_is_not_overwritten_either(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Een.", 1)
    save(other, section, "Twee.", 1)
    save(one, section, "Drie.", 2)
    save(other, section, "Een en twee.", 1, seen=2)
    section.refresh_from_db()
    assert section.text == "Drie."
    assert SectionDraft.objects.get().text == "Een en twee."


def test_a_text_for_a_section_that_was_taken_out_is_refused_and_not_lost_in_silence(
    cast: Cast,
) -> None:
    section = begun(cast).sections.get(key="finance")
    gone = Section.objects.get(pk=section.pk)
    sections.remove_section(section=section, revision=1, at=now(), by=cast.adviser)
    with pytest.raises(ChangedMeanwhileError):
        sections.save_section(section=gone, typed=TypedText("A", "B", 1), at=now(), by=cast.adviser)


def test_saving_a_section_brings_a_submitted_draft_back_and_notes_who_wrote(
    two: tuple[Briefing, Client, Client], cast: Cast
) -> None:
    briefing, _one, other = two
    revision = briefing.draft_revision
    save(other, first(briefing), "Erbij", 1)
    briefing.refresh_from_db()
    assert briefing.draft_revision == revision + 1
    assert Contribution.objects.filter(briefing=briefing, user=cast.municipal_adviser).exists()


def test_sections_move_and_keep_their_text(cast: Cast) -> None:
    briefing = begun(cast)
    before = [row.heading for row in briefing.sections.all()]
    sections.move_section(section=first(briefing), direction="down", at=now(), by=cast.adviser)
    after = [row.heading for row in briefing.sections.all()]
    assert after == [before[1], before[0], *before[2:]]
    new = sections.add_section(
        briefing=briefing, heading="Nieuw", after=first(briefing), at=now(), by=cast.adviser
    )
    assert list(briefing.sections.all())[1] == new


def test_a_required_section_stays_and_is_for_everybody(cast: Cast) -> None:
    section = first(begun(cast))
    with pytest.raises(RefusedError):
        sections.remove_section(section=section, revision=1, at=now(), by=cast.adviser)
    typed = TypedText("A", "B", 1, place=region("drenthe"))
    with pytest.raises(RefusedError):
        sections.save_section(section=section, typed=typed, at=now(), by=cast.adviser)


def test_who_does_not_write_saves_nothing(cast: Cast) -> None:
    section = first(begun(cast))
    for who in (cast.region_alderman, cast.council_member):
        with pytest.raises(PermissionDenied):
            sections.save_section(section=section, typed=TypedText("A", "B", 1), at=now(), by=who)
        with pytest.raises(PermissionDenied):
            sections.keep_copy(section=section, typed=TypedText("A", "B", 1), at=now(), by=who)


def test_makers_comment_answer_resolve_and_open_again(
    two: tuple[Briefing, Client, Client], cast: Cast
) -> None:
    briefing, one, _other = two
    section = first(briefing)
    approver = signed_in(cast.region_alderman)
    url = reverse("reports:briefing_comments", args=[briefing.public_id])
    approver.post(
        address(section, "briefing_comment_add"),
        {"quoted": "Van de\n een", "text": "Klopt <b>dit</b>?", "back": "comments"},
    )
    comment = Comment.objects.get()
    assert comment.quoted == "Van de een"
    do = reverse("reports:briefing_comment_do", args=[briefing.public_id, comment.public_id])
    one.post(do, {"do": "reply", "text": "Ja."})
    html = approver.get(url).content.decode()
    assert "Klopt &lt;b&gt;dit&lt;/b&gt;?" in html
    assert "Ja." in html
    one.post(do, {"do": "resolve"})
    comment.refresh_from_db()
    assert comment.resolved_by == cast.adviser
    one.post(do, {"do": "reopen"})
    comment.refresh_from_db()
    assert comment.resolved_at is None
    assert comment.history.count() == 3


def test_a_comment_is_for_makers_alone(cast: Cast) -> None:
    briefing = begun(cast)
    for who in (cast.council_member, cast.second_adviser, cast.administrator):
        with pytest.raises(PermissionDenied):
            comments.comment_on(section=first(briefing), quoted="", text="Hoi", at=now(), by=who)


def test_who_comments_did_not_write(two: tuple[Briefing, Client, Client], cast: Cast) -> None:
    briefing, _one, _other = two
    comments.comment_on(
        section=first(briefing), quoted="", text="Hoi", at=now(), by=cast.region_alderman
    )
    assert not Contribution.objects.filter(user=cast.region_alderman).exists()


def test_comments_stay_when_their_section_goes(cast: Cast) -> None:
    briefing = begun(cast)
    section = briefing.sections.get(key="finance")
    comment = comments.comment_on(
        section=section, quoted="", text="Weg?", at=now(), by=cast.adviser
    )
    sections.remove_section(section=section, revision=1, at=now(), by=cast.adviser)
    comment.refresh_from_db()
    assert (comment.section, comment.heading) == (None, "Financiën")


def said(briefing: Briefing, kind: str) -> str:
    return " ".join(one.text for one in findings(briefing, now()) if one.kind == kind)


def test_an_open_comment_and_a_bad_reference_stop_the_submitting(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + 24 * HOUR)
    section = first(briefing)
    comment = comments.comment_on(
        section=section, quoted="", text="Klopt dit?", at=at, by=cast.region_alderman
    )
    typed = TypedText(section.heading, "[[cijfer: fout | drenthe | 2025-09]]", section.revision)
    section = sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    assert "is niet afgehandeld" in said(briefing, "error")
    assert "er is geen indicator “fout”" in said(briefing, "error")
    briefing.refresh_from_db()
    with pytest.raises(RefusedError):
        signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)
    comments.resolve(comment=comment, at=at, by=cast.adviser)
    typed = TypedText(section.heading, "Tekst.", section.revision)
    sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    briefing.refresh_from_db()
    signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)


def test_a_figure_that_was_not_delivered_and_unsaved_text_are_warnings(cast: Cast) -> None:
    briefing = begun(cast)
    section = first(briefing)
    typed = TypedText("Kop", "[[cijfer: contact_5wd | drenthe | 2025-09]]", 1)
    section = sections.save_section(section=section, typed=typed, at=now(), by=cast.adviser)
    sections.keep_copy(
        section=section, typed=TypedText("Kop", "Half", 2), at=now(), by=cast.adviser
    )
    warnings = said(briefing, "warning")
    assert "2025-09" in warnings
    assert "niet is opgeslagen" in warnings
