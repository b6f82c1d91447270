"""A number of a person typed anywhere in a draft is refused, by the form and by the action."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.scans import AttachmentScan
from reports.briefings.signing.selectors.checklist import findings
from reports.briefings.writing.actions import drafts as drafting
from reports.briefings.writing.actions import sections
from tests.factories.briefings import HOUR, drafted, now, some_draft
from tests.factories.files import page_of_text
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
A_BSN = "111222333"
DAY = timedelta(days=1)


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return drafted(cast, at=now() - HOUR, until=now() + DAY)


@pytest.mark.parametrize("field", drafting.TYPED)
def test_each_field_refuses_it(cast: Cast, briefing: Briefing, field: str) -> None:
    typed: dict[str, Any] = {field: f"Kind {A_BSN}"}
    draft = replace(some_draft(briefing.embargo_until), **typed)
    with pytest.raises(RefusedError, match="BSN") as refused:
        drafting.edit(
            briefing=briefing,
            draft=draft,
            revision=briefing.draft_revision,
            at=now(),
            by=cast.adviser,
        )
    assert A_BSN not in str(refused.value)


def test_each_section_refuses_it_also_as_a_working_copy(cast: Cast, briefing: Briefing) -> None:
    section = briefing.sections.order_by("position")[0]
    for typed in (
        sections.TypedText("Kop", f"Kind {A_BSN}", section.revision),
        sections.TypedText(f"BSN {A_BSN}", "Tekst", section.revision),
    ):
        with pytest.raises(RefusedError, match="BSN"):
            sections.save_section(section=section, typed=typed, at=now(), by=cast.adviser)
        with pytest.raises(RefusedError, match="BSN"):
            sections.keep_copy(section=section, typed=typed, at=now(), by=cast.adviser)


def test_what_stood_there_before_stops_the_sign_off(cast: Cast, briefing: Briefing) -> None:
    section = briefing.sections.order_by("position")[0]
    section.text = f"Kind {A_BSN}"
    section.save()
    errors = [one.text for one in findings(briefing, now()) if one.kind == "error"]
    assert any("BSN" in text for text in errors)
    assert A_BSN not in " ".join(errors)


def test_an_attachment_is_kept_cleaned_and_the_page_tells_what_was_found(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    def author(pdf: object) -> None:
        pdf.docinfo["/Author"] = "Geheimpje"  # type: ignore[attr-defined]

    drafting.attach(
        briefing=briefing,
        title="Rapport",
        data=page_of_text("Rapport", change=author),
        content_type="",
        at=now(),
        by=cast.adviser,
    )
    assert AttachmentScan.objects.get().codes == ["metadata"]
    client.force_login(cast.adviser)
    url = reverse("reports:briefing_attachments", args=[briefing.public_id])
    assert "eigenschappen zijn eruit gehaald" in client.get(url).content.decode()


def test_an_attachment_with_a_number_of_a_person_is_not_kept(
    cast: Cast, briefing: Briefing
) -> None:
    with pytest.raises(RefusedError, match="Pagina 1"):
        drafting.attach(
            briefing=briefing,
            title="Rapport",
            data=page_of_text(f"Kind {A_BSN}"),
            content_type="",
            at=now(),
            by=cast.adviser,
        )
    assert not briefing.attachments.exists()
