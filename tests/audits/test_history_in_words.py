from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from audits.selectors.history import Change, changes_of
from audits.selectors.visibility import SourceVisibility
from certification.certificates.actions import day_columns, get_or_create_source, save_by
from certification.imprecise_days import ImpreciseDay, Precision
from certification.models import Document, Source
from certification.models.documents import DocumentKind
from tests.factories.people import Cast, institution

ALL = SourceVisibility({})
pytestmark = pytest.mark.django_db


def source(cast: Cast) -> Source:
    return get_or_create_source(
        code="brief",
        publisher="Een instantie",
        title="Een brief",
        url="",
        published=ImpreciseDay(date(2031, 3, 1), Precision.MONTH),
        by=cast.adviser,
    )


def told(change: Change) -> tuple[str, str, str, str]:
    return change.who, change.label, change.before, change.after


def test_a_row_that_was_only_made_says_so_and_by_whom(cast: Cast) -> None:
    (made,) = changes_of(source(cast), sight=ALL)
    assert told(made) == ("Daan Adviseur", "", "", "")
    assert not made.was_removed


def test_each_change_tells_what_it_was_and_became_and_the_newest_stands_first(cast: Cast) -> None:
    row = source(cast)
    row.title = "Een besluit"
    save_by(row, cast.second_adviser)
    row.publisher = "Een andere instantie"
    save_by(row, None)
    with translation.override("nl"):
        latest, middle, first = changes_of(row, sight=ALL)
    assert told(latest) == ("", "Uitgever", "Een instantie", "Een andere instantie")
    assert told(middle) == ("Eva Adviseur", "Titel", "Een brief", "Een besluit")
    assert first.at < middle.at < latest.at


def test_a_day_and_how_precise_it_is_are_one_change(cast: Cast) -> None:
    row = source(cast)
    for name, value in day_columns("published", ImpreciseDay(date(2031, 3, 4))).items():
        setattr(row, name, value)
    save_by(row, cast.adviser)
    row.published_on, row.published_precision = None, ""
    save_by(row, cast.adviser)
    with translation.override("nl"):
        emptied, sharper, _made = changes_of(row, sight=ALL)
    assert (sharper.before, sharper.after) == ("maart 2031", "4 maart 2031")
    assert (emptied.before, emptied.after) == ("4 maart 2031", "leeg")


def test_choices_and_other_rows_are_told_by_name(cast: Cast) -> None:
    row = Document(institution=institution(), kind=DocumentKind.LETTER, source=source(cast))
    save_by(row, cast.adviser)
    row.kind = DocumentKind.DECISION
    row.source = get_or_create_source(
        code="besluit", publisher="P", title="T", url="", published=None, by=None
    )
    save_by(row, cast.adviser)
    with translation.override("nl"):
        changes = {
            change.label: (change.before, change.after) for change in changes_of(row, sight=ALL)
        }
    assert changes["Soort"] == ("brief", "besluit")
    assert changes["Bron"] == ("Een instantie: Een brief", "P: T")


def test_a_field_that_is_left_out_is_not_told(cast: Cast) -> None:
    row = source(cast)
    row.title = "Een besluit"
    save_by(row, cast.adviser)
    assert [change.label for change in changes_of(row, sight=ALL, leave_out=("title",))] == [""]
