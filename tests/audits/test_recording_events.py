from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from audits.models.timeline import TimelineEvent
from certification.models.documents import Document, DocumentVersion, Passage
from jbn_oversight.accounts.models import User
from jbn_oversight.files.models import StoredFile
from jbn_oversight.organisations.models import Institution
from reports.demo.recording import public_source
from tests.audits.time_line_cast import (
    EVENTS,
    MARCH,
    ON,
    REPORT,
    add,
    filled,
    read,
    signed_in,
    state,
    timeline_of,
    words,
)
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

pytestmark = pytest.mark.django_db
PLANNED = "2025-09-01-na-de-tussentijdse-toets-valt-het-besluit-of"


@pytest.fixture
def jbn(db: None) -> Institution:
    record_public_facts()
    return Institution.objects.get(code="jbn")


def test_an_event_is_added_with_its_day_in_words_and_its_source(
    cast: Cast, jbn: Institution
) -> None:
    response = add(cast.adviser)
    row = TimelineEvent.objects.get(claim="De stuurgroep spreekt over de wachtlijst")
    assert response["Location"] == reverse("audits:event", args=["jbn", row.code])
    page = words(read(cast.alderman, reverse("audits:event", args=["jbn", row.code])))
    assert "eind april 2025" in page
    assert "Brief aan de gemeenteraden" in page
    assert "Daan Adviseur" in page
    assert "Eind april 2025" in timeline_of(read(cast.alderman))


def test_a_new_source_is_kept_with_the_event(cast: Cast, jbn: Institution) -> None:
    add(
        cast.adviser,
        event_source="new",
        new_source_publisher="Gemeente Assen",
        new_source_title="Verslag van de stuurgroep",
    )
    row = TimelineEvent.objects.get(claim="De stuurgroep spreekt over de wachtlijst")
    assert row.source.publisher == "Gemeente Assen"


def test_what_happened_can_carry_out_what_was_planned_and_both_stay(
    cast: Cast, jbn: Institution
) -> None:
    add(cast.adviser, is_planned="on", event="april 2025")
    plan = TimelineEvent.objects.get(claim="De stuurgroep spreekt over de wachtlijst")
    claim = "De stuurgroep sprak over de wachtlijst"
    add(cast.adviser, claim=claim, event="6 mei 2025", carries_out=plan.code)
    line = timeline_of(read(cast.alderman))
    done = line[line.index(claim) :][:200]
    assert "Gepland april 2025" in done
    assert "Werkelijk 6 mei 2025" in done
    assert TimelineEvent.objects.filter(pk=plan.pk).exists()


def test_a_change_stays_in_the_history(cast: Cast, jbn: Institution) -> None:
    path = f"{EVENTS}{MARCH}/"
    form = read(cast.adviser, path + "edit/")
    changed = filled(claim="De bestuurder begint", event="maart 2025", kind="management")
    response = signed_in(cast.adviser).post(path + "edit/", {**changed, "seen": state(form)})
    assert response.status_code == 302
    page = words(read(cast.alderman, path))
    assert "De bestuurder begint" in page
    assert "De nieuwe bestuurder van JBN treedt aan" in page


def test_changing_what_somebody_else_changed_meanwhile_is_refused(
    cast: Cast, jbn: Institution
) -> None:
    path = f"{EVENTS}{MARCH}/edit/"
    seen = state(read(cast.adviser, path))
    data = filled(claim="De bestuurder begint", event="maart 2025", kind="management")
    assert signed_in(cast.second_adviser).post(path, {**data, "seen": seen}).status_code == 302
    response = signed_in(cast.adviser).post(path, {**data, "claim": "Anders", "seen": seen})
    assert response.status_code == 400
    assert "Iemand heeft dit veranderd" in response.content.decode()


WRONG = {
    "no day": ({"event": ""}, "event"),
    "a day that is none": ({"event": "31 februari 2025"}, "bestaat"),
    "no source": ({"event_source": ""}, "bron"),
    "a day to come that is not planned": ({"event": "12 mei 2098"}, "moet nog komen"),
    "a plan that carries out a plan": (
        {"is_planned": "on", "carries_out": PLANNED},
        "voert nog niets uit",
    ),
    "carrying out what was not planned": ({"carries_out": REPORT}, "carries_out"),
    "a kind that is none": ({"kind": "weer"}, "kind"),
    "no words": ({"claim": " "}, "claim"),
    "too many words": ({"claim": "x" * 401}, "claim"),
    "a number of a person": ({"claim": "Over 111222333 gesproken"}, "claim"),
    "a passage that is none": ({"passage": "AAAAAAAAAAAAAAAAAAAAAA"}, "passage"),
    "an authority that is none": ({"authority": "paus"}, "authority"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_an_event_that_cannot_be_is_refused_with_a_sentence(
    cast: Cast, jbn: Institution, what: str
) -> None:
    changes, told = WRONG[what]
    before = TimelineEvent.objects.count()
    response = add(cast.adviser, **changes)
    page = response.content.decode()
    assert response.status_code == 400
    assert told in page
    assert "Dit klopt nog niet" in page
    assert TimelineEvent.objects.count() == before


def test_the_same_claim_of_the_same_source_twice_is_refused(cast: Cast, jbn: Institution) -> None:
    assert add(cast.adviser).status_code == 302
    response = add(cast.adviser)
    assert response.status_code == 400
    assert "al over deze dag" in response.content.decode()


def test_a_plan_that_was_carried_out_stays_a_plan(cast: Cast, jbn: Institution) -> None:
    path = f"{EVENTS}{PLANNED}/edit/"
    data = filled(event="september 2025", seen=state(read(cast.adviser, path)))
    response = signed_in(cast.adviser).post(path, data)
    assert response.status_code == 400
    assert "blijft het gepland" in response.content.decode()


# --- passages ----------------------------------------------------------------------------------


def passage(by: User, jbn: Institution, *, released: bool) -> Passage:
    """A quoted place in a paper that is out, or is under embargo."""
    at = datetime.now(UTC)
    document = Document.objects.create(
        institution=jbn, kind="letter", source=public_source("raadsbrief-2025")
    )
    stored = StoredFile.objects.create(
        name="brief.pdf", content_type="application/pdf", length=3, sha256="0" * 64, stored_at=at
    )
    version = DocumentVersion.objects.create(
        document=document,
        number=1,
        stored=stored,
        added_at=at,
        added_by=by,
        embargo_until=at - timedelta(days=1) if released else at + timedelta(days=1),
        released_at=at if released else None,
        released_by=by if released else None,
    )
    return Passage.objects.create(
        version=version, place="bladzijde 1", quote="Woorden uit de brief", added_at=at, added_by=by
    )


def test_a_passage_of_a_paper_that_is_out_stands_with_the_event(
    cast: Cast, jbn: Institution
) -> None:
    quoted = passage(cast.adviser, jbn, released=True)
    assert add(cast.adviser, passage=quoted.public_id).status_code == 302
    assert "Woorden uit de brief" in timeline_of(read(cast.alderman))


def test_a_passage_under_embargo_is_neither_offered_nor_shown(cast: Cast, jbn: Institution) -> None:
    quoted = passage(cast.adviser, jbn, released=False)
    row = TimelineEvent.objects.get(code=MARCH)
    row.passage = quoted
    row.save()
    for path in (EVENTS + ON, f"{EVENTS}{MARCH}/", f"{EVENTS}{MARCH}/edit/"):
        page = read(cast.adviser, path)
        assert "Woorden uit de brief" not in page, path
        assert "bladzijde 1" not in page, path
    assert add(cast.adviser, passage=quoted.public_id).status_code == 400


def test_a_passage_of_another_paper_than_the_source_is_refused(
    cast: Cast, jbn: Institution
) -> None:
    quoted = passage(cast.adviser, jbn, released=True)
    response = add(
        cast.adviser, passage=quoted.public_id, event_source=public_source("oplegger-2025").code
    )
    assert response.status_code == 400
    assert "een ander stuk" in response.content.decode()
