"""A maker looks at a section, and compares versions, as the council of one place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.sections import TypedText
from reports.briefings.writing.forms.drafts import DraftForm
from tests.factories.briefings import now, sign_off
from tests.factories.people import Cast, municipality
from tests.reports.test_drafting_for_each_place import OWN, some_results, written
from tests.reports.test_drafting_pages import address, first, signed_in

pytestmark = pytest.mark.django_db
ASSEN, EMMEN = "GM0106", "GM0114"


def typed_in(section: Section, text: str, **more: Any) -> dict[str, Any]:
    return {"heading": section.heading, "text": text, "base": section.revision, **more}


@pytest.mark.parametrize("name", ["briefing_section", "briefing_section_preview"])
def test_a_section_is_shown_with_the_figures_of_the_chosen_place(cast: Cast, name: str) -> None:
    some_results()
    section = first(written(cast, "Nog niets."))
    client = signed_in(cast.adviser)
    typed = typed_in(section, OWN, do="preview")
    common = client.post(address(section, name), typed).content.decode()
    own = client.post(address(section, name), {**typed, "as": ASSEN}).content.decode()
    assert "175 van 250" in own
    assert _figure(common) != _figure(own)


def _figure(html: str) -> str:
    return html.split("Hier was het", 2)[-1].split("</p>", 1)[0]


def test_a_place_that_does_not_read_it_is_no_choice(cast: Cast) -> None:
    section = first(written(cast, "Nog niets."))
    client = signed_in(cast.adviser)
    typed = typed_in(section, "Tekst.", do="preview")
    for wrong in (EMMEN, "GM9999"):
        answer = client.post(address(section, "briefing_section_preview"), {**typed, "as": wrong})
        assert answer.status_code == 404
    url = reverse("reports:briefing_compare", args=[section.briefing.public_id])
    assert client.get(url, {"for": EMMEN}).status_code == 404


def test_the_preview_of_a_section_for_one_place_begins_with_that_place(cast: Cast) -> None:
    briefing = written(cast, "Nog niets.")
    added = sections.add_section(
        briefing=briefing, heading="Voor u", after=None, at=now(), by=cast.adviser
    )
    assen = municipality(ASSEN)
    typed = TypedText("Voor u", "Alleen hier.", added.revision, assen)
    sections.save_section(section=added, typed=typed, at=now(), by=cast.adviser)
    page = signed_in(cast.adviser).get(address(added)).content.decode()
    assert f'<option value="{ASSEN}" selected>' in page.split('name="as"', 1)[1]


def test_versions_are_compared_as_the_chosen_place_reads_them(cast: Cast) -> None:
    briefing = written(cast, "Voor iedereen.")
    assen = municipality(ASSEN)
    added = sections.add_section(
        briefing=briefing, heading="Voor Assen", after=None, at=now(), by=cast.adviser
    )
    typed = TypedText("Voor Assen", "Oude woorden.", added.revision, assen)
    sections.save_section(section=added, typed=typed, at=now(), by=cast.adviser)
    briefing.refresh_from_db()
    briefing = sign_off(cast, Briefing.objects.get(pk=briefing.pk), at=now())
    added.refresh_from_db()
    changed = TypedText("Voor Assen", "Nieuwe woorden.", added.revision, assen)
    sections.save_section(section=added, typed=changed, at=now(), by=cast.adviser)
    url = reverse("reports:briefing_compare", args=[briefing.public_id])
    client = signed_in(cast.adviser)
    common = client.get(url).content.decode()
    own = client.get(url, {"for": ASSEN}).content.decode()
    assert "Voor Assen" not in common.split('id="sections"', 1)[1]
    assert "Nieuwe" in own
    assert "Oude" in own


@pytest.mark.parametrize(
    ("minutes", "refused"), [(-60, True), (0, True), (4, True), (6, False), (600, False)]
)
def test_an_hour_that_is_too_near_is_refused_where_it_is_typed(
    cast: Cast, minutes: int, refused: bool
) -> None:
    form = heading_form(written(cast, "Tekst."), minutes)
    form.is_valid()
    assert ("embargo_hour" in form.errors) is refused


def test_an_old_hour_that_stays_as_it_was_stops_nobody_from_saving(cast: Cast) -> None:
    briefing = written(cast, "Tekst.")
    assert briefing.embargo_until is not None
    at = briefing.embargo_until + timedelta(days=1)
    data = DraftForm(briefing=briefing, at=at).initial
    shown = {key: value for key, value in data.items() if value is not None}
    form = DraftForm(shown, briefing=briefing, at=at)
    assert form.is_valid(), form.errors


def heading_form(briefing: Briefing, minutes: int) -> DraftForm:
    """The form with everything as it stands, but for an hour so many minutes from now."""
    at = now().replace(second=0, microsecond=0)
    hour = at + timedelta(minutes=minutes)
    data = DraftForm(briefing=briefing, at=at).initial
    shown = {key: value for key, value in data.items() if value is not None}
    from jbn_oversight.clock import AMSTERDAM

    local = hour.astimezone(AMSTERDAM)
    shown |= {"embargo_day": local.date(), "embargo_hour": f"{local:%H:%M}"}
    return DraftForm(shown, briefing=briefing, at=at)
