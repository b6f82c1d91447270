from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from audits.events.forms import EventFilterForm
from audits.forms.imprecise_days import NEW, RoughDayField, SaidForm, SourceField, said_initial
from audits.letters.forms import BUTTON, pasted
from audits.letters.rules import Word
from certification.certificates.actions import get_or_create_source
from certification.imprecise_days import ImpreciseDay, Precision
from certification.models import Source
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2031, 5, 1, 12, tzinfo=UTC)


class Decision(SaidForm):
    decided = RoughDayField(label="Besloten")
    starts = RoughDayField(label="Gaat in", required=False)
    source = SourceField(required=False)


@pytest.fixture(autouse=True)
def _in_dutch() -> Any:
    with translation.override("nl"):
        yield


@pytest.fixture
def letter(cast: Cast) -> Source:
    return get_or_create_source(
        code="brief", publisher="Instantie", title="Brief", url="", published=None, by=cast.adviser
    )


def filled(**changed: str) -> Decision:
    data = {"decided": "27 maart 2031", "decided_source": "brief", **changed}
    return Decision(data, at=AT)


def test_a_day_comes_with_its_precision_and_its_source(letter: Source, cast: Cast) -> None:
    form = filled(starts="eind maart 2031", starts_source="brief")
    assert form.is_valid(), form.errors
    assert form.said("decided", cast.adviser) == (ImpreciseDay(date(2031, 3, 27)), letter)
    late = ImpreciseDay(date(2031, 3, 21), Precision.PART_OF_MONTH)
    assert form.said("starts", cast.adviser) == (late, letter)


def test_a_day_that_may_be_left_out_needs_no_source(letter: Source, cast: Cast) -> None:
    form = filled()
    assert form.is_valid()
    assert form.said("starts", cast.adviser) is None


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"decided_source": ""}, "all_days_source", "Kies de bron"),
        ({"decided": "31-02-2031"}, "decided", "bestaat"),
        ({"decided": "binnenkort"}, "decided", "bestaat"),
        ({"decided_source": NEW}, "new_source_publisher", "Vul dit in"),
        ({"decided_source": NEW}, "new_source_title", "Vul dit in"),
        ({"new_source_title": "Los"}, "new_source_publisher", "Niets verwijst"),
        ({"decided_source": "elders"}, "decided_source", "elders"),
        ({"new_source_title": "BSN 111222333"}, "new_source_title", "persoon"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    letter: Source, changed: dict[str, str], field: str, words: str
) -> None:
    form = filled(**changed)
    assert not form.is_valid()
    assert words in str(form.errors[field])


def test_a_new_source_is_kept_once_for_all_fields_that_chose_it(cast: Cast, letter: Source) -> None:
    form = filled(
        decided_source=NEW,
        source=NEW,
        new_source_publisher="Andere instantie",
        new_source_title="Besluit",
        new_source_published="april 2031",
    )
    assert form.is_valid(), form.errors
    said = form.said("decided", cast.adviser)
    assert said is not None
    assert said[1] == form.source_of("source", cast.adviser)
    assert said[1].published == ImpreciseDay(date(2031, 4, 1), Precision.MONTH)
    assert said[1].history.get().history_user == cast.adviser
    assert Source.objects.count() == 2


def test_a_row_fills_the_form_in_words_that_the_form_reads_back(letter: Source) -> None:
    days = [
        ImpreciseDay(date(2031, 3, 27)),
        *(ImpreciseDay(date(2031, 3, on), Precision.PART_OF_MONTH) for on in (1, 11, 21)),
        ImpreciseDay(date(2031, 3, 1), Precision.MONTH),
        ImpreciseDay(date(2031, 4, 1), Precision.QUARTER),
        ImpreciseDay(date(2031, 1, 1), Precision.YEAR),
    ]
    for language in ("nl", "en"):
        with translation.override(language):
            for day in days:
                words = Decision(at=AT, initial={"decided": day})["decided"].value()
                assert filled(decided=str(words)).is_valid(), words
                assert RoughDayField().clean(words) == day


def test_the_source_that_a_row_already_names_stays_in_the_list(letter: Source) -> None:
    letter_row = type("Row", (), {"_meta": None})()
    letter_row.decided_on, letter_row.decided_precision = date(2031, 3, 1), "month"
    letter_row.decided_source = letter
    initial = said_initial(letter_row, "decided")
    assert initial["decided_source"] == "brief"
    assert Decision(at=AT, initial=initial)["decided_source"].value() == "brief"


def test_each_day_stands_beside_its_source_and_the_new_source_below(letter: Source) -> None:
    html = render_to_string("audits/_said_form.html", {"form": filled(decided_source="")})
    names = ('name="decided"', 'name="decided_source"', 'name="starts"')
    assert sorted(names, key=html.index) == list(names)
    assert html.index('name="source"') < html.index("new_source_publisher")
    assert "Kies de bron" in html
    assert html.count('name="decided_source"') == 1


def test_a_pasted_letter_gives_suggestions_and_is_kept_nowhere(rf: RequestFactory) -> None:
    text = "Op 27 maart 2031 verlenen wij een voorlopig certificaat."
    request: Any = rf.post("/", {"letter": text, BUTTON: "1"})
    found = pasted(request)
    assert found.was_read
    assert found.found.days[0].day == ImpreciseDay(date(2031, 3, 27))
    assert found.found.words[0].word is Word.PROVISIONAL
    assert "27 maart 2031" in render_to_string("audits/_letter.html", {"letter": found})


def test_without_its_button_no_letter_is_read(rf: RequestFactory) -> None:
    request: Any = rf.post("/", QueryDict("decided=2031").dict())
    assert not pasted(request).was_read
    assert not pasted(request).form.is_bound


# --- one source for all days, and what the labels say -------------------------------------------


class Alone(SaidForm):
    decided = RoughDayField(label="Besloten", required=False)


def test_one_source_goes_for_every_day_that_names_no_other(cast: Cast, letter: Source) -> None:
    other = get_or_create_source(
        code="krant", publisher="Krant", title="Stuk", url="", published=None, by=cast.adviser
    )
    form = filled(
        decided_source="", starts="april 2031", starts_source="krant", all_days_source="brief"
    )
    assert form.is_valid(), form.errors
    said = (form.said("decided", cast.adviser), form.said("starts", cast.adviser))
    assert [day[1] for day in said if day] == [letter, other]


def test_one_new_source_serves_every_day(cast: Cast, letter: Source) -> None:
    form = filled(
        decided_source="",
        starts="april 2031",
        all_days_source=NEW,
        new_source_publisher="Instantie",
        new_source_title="Besluit",
    )
    assert form.is_valid(), form.errors
    decided, starts = form.said("decided", cast.adviser), form.said("starts", cast.adviser)
    assert decided is not None
    assert starts is not None
    assert decided[1] == starts[1] == Source.objects.get(title="Besluit")


def test_a_form_with_one_day_asks_for_its_source_alone(letter: Source) -> None:
    assert "all_days_source" not in Alone(at=AT).fields
    form = Alone({"decided": "27 maart 2031"}, at=AT)
    assert "Kies de bron" in str(form.errors["decided_source"])


def test_a_label_says_when_a_source_is_needed(letter: Source) -> None:
    one = render_to_string("audits/_said_form.html", {"form": Alone(at=AT)})
    assert "(nodig als u een dag invult)" in one
    assert "(nodig bij een nieuwe bron)" in one
    several = render_to_string("audits/_said_form.html", {"form": Decision(at=AT)})
    assert "(alleen als het een andere is)" in several


def test_a_filter_says_nothing_of_what_may_stay_empty(letter: Source) -> None:
    page = render_to_string("components/fields.html", {"form": EventFilterForm({})})
    assert "niet verplicht" not in page
    assert "Soorten" in page
