"""What councils may get is protected before they ask, and never for counts that are no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from cases.disclosure import protect
from certification.models import KpiResult
from jbn_oversight.clock import utc_now
from reports.figures.actions.releases import record_release
from reports.figures.models import PreparedRelease, Protection
from reports.figures.rules import protection as figure_protection
from reports.figures.selectors.figures import Audience, FigureScope, FigureTable, figures
from reports.figures.tasks import protect_figures
from tests.factories.people import institution
from tests.factories.results import (
    DRENTHE,
    GRONINGEN,
    RECORDED_AT,
    SEPTEMBER,
    WHOLE,
    result,
    run,
)

pytestmark = pytest.mark.django_db
PLACES = (WHOLE, GRONINGEN, DRENTHE)
LATER = RECORDED_AT + timedelta(days=10)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """A process that has just started."""
    figure_protection.forget()
    yield
    figure_protection.forget()


def counted(groningen: int, drenthe: int, at: object = RECORDED_AT) -> None:
    """A run that found so many first contacts in time, of eighty in each region."""
    KpiResult.objects.filter(superseded_at=None).update(superseded_at=at)
    by = run(at=at)  # type: ignore[arg-type]
    for place, met, of in (
        (GRONINGEN, groningen, 80),
        (DRENTHE, drenthe, 80),
        (WHOLE, groningen + drenthe, 160),
    ):
        result(by, "contact_5wd", place, met, of, norm=80)


def shown() -> FigureTable:
    """What a council gets."""
    return figures(
        institution=institution(),
        kpis=["contact_5wd"],
        scopes=PLACES,
        months=[SEPTEMBER],
        audience=Audience.COUNCIL,
    )


def hides(place: FigureScope) -> bool:
    """Whether a council is not told."""
    return shown().get("contact_5wd", place, SEPTEMBER).hidden


def test_after_a_run_a_reader_waits_for_no_protection() -> None:
    counted(60, 3)
    protect_figures()
    figure_protection.forget()
    with mock.patch.object(figure_protection, "protect", side_effect=AssertionError):
        assert hides(DRENTHE)


def test_what_was_protected_ahead_is_what_comes_of_asking() -> None:
    counted(60, 3)
    asked = shown()
    protect_figures()
    figure_protection.forget()
    assert shown() == asked
    assert Protection.objects.exists()


def test_a_new_run_is_never_shown_with_what_was_hidden_of_the_old_one() -> None:
    """Drenthe was large and becomes small: before the task comes by, and after it."""
    counted(3, 60)
    protect_figures()
    counted(60, 3, at=LATER)
    figure_protection.forget()
    assert hides(DRENTHE)
    protect_figures()
    figure_protection.forget()
    assert hides(DRENTHE)


def test_nothing_is_done_twice_for_one_run() -> None:
    counted(60, 3)
    protect_figures()
    before = PreparedRelease.objects.get()
    with mock.patch("reports.figures.tasks.prepare", side_effect=AssertionError):
        protect_figures()
    counted(61, 3, at=LATER)
    protect_figures()
    assert PreparedRelease.objects.get().run_id != before.run_id


def test_a_release_makes_it_be_done_anew() -> None:
    """What was told once counts in what may be told next."""
    counted(60, 3)
    protect_figures()
    quoted = [shown().get("contact_5wd", place, SEPTEMBER).quoted("c", "p") for place in PLACES]
    record_release(key="version-1", institution=institution(), quoted=quoted, at=utc_now())
    protect_figures()
    figure_protection.forget()
    with mock.patch.object(figure_protection, "protect", side_effect=AssertionError):
        assert hides(DRENTHE)


def test_a_release_that_tells_nothing_new_asks_for_no_protection_anew() -> None:
    """A second briefing quotes what the first one printed: nothing is worked out once more."""
    counted(60, 3)
    asked = shown()
    quoted = [asked.get("contact_5wd", place, SEPTEMBER).quoted("c", "p") for place in PLACES]
    record_release(key="version-1", institution=institution(), quoted=quoted, at=utc_now())
    with mock.patch.object(figure_protection, "protect", side_effect=AssertionError):
        assert shown() == asked


def test_a_release_in_another_rounding_is_reckoned_with() -> None:
    """Exact numbers were printed once: what they give away is protected again."""
    counted(60, 40)
    quoted = [shown().get("contact_5wd", GRONINGEN, SEPTEMBER).quoted("c", "p")]
    counted(60, 3)
    shown()
    release = {"key": "version-1", "institution": institution(), "at": utc_now()}
    record_release(quoted=quoted, rounding=0, **release)  # type: ignore[arg-type]
    with mock.patch.object(figure_protection, "protect", wraps=protect) as asked:
        assert hides(DRENTHE)
    assert asked.called


def test_a_key_that_is_no_hash_is_refused() -> None:
    row = Protection(key="0" * 64, made_at=utc_now())
    row.key = "contact_5wd"
    with pytest.raises(IntegrityError, match="protection_key_is_a_hash"), transaction.atomic():
        row.save()
