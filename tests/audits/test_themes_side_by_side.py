"""Advisers choose which norms and figures stand side by side; what bodies say stays."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from audits.comparison.actions.reference import load_themes
from audits.models.comparison import ComparisonTheme, DisagreementNote
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.organisations.models import Institution
from tests.audits.time_line_cast import read, signed_in, words
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
LIST = "/oversight/jbn/side-by-side/themes/"


@pytest.fixture(autouse=True)
def _shipped(db: None) -> None:
    load_themes(by=None)


def keys() -> tuple[str, str]:
    """One norm of each body, as the form names them."""
    theme = ComparisonTheme.objects.get(code="medewerkers")
    rows = theme.norm_themes.select_related("framework").order_by("framework__authority__code")
    one, other = (f"{row.framework.code}/{row.code}" for row in rows)
    return one, other


def filled(**changes: object) -> dict[str, object]:
    """A form that is right as it is."""
    return {
        "title": "Vaste gezichten",
        "position": "7",
        "norms": list(keys()),
        "kpis": ["occupancy"],
        **changes,
    }


def send(user: User, path: str = f"{LIST}add/", **changes: object) -> HttpResponse:
    return signed_in(user).post(path, filled(**changes))  # type: ignore[return-value]


def edit_of(row: ComparisonTheme) -> str:
    return reverse("audits:theme_edit", args=["jbn", row.code])


def test_a_theme_is_added_and_stands_side_by_side(cast: Cast) -> None:
    assert send(cast.adviser)["Location"] == LIST
    row = ComparisonTheme.objects.get(title="Vaste gezichten")
    assert row.history.first().history_user == cast.adviser
    assert {f"{one.framework.code}/{one.code}" for one in row.norm_themes.all()} == set(keys())
    assert "Vaste gezichten" in read(cast.alderman, "/oversight/jbn/side-by-side/")


def test_what_a_theme_joins_is_changed_and_the_history_tells_it(cast: Cast) -> None:
    row = ComparisonTheme.objects.get(code="medewerkers")
    path = edit_of(row)
    page = read(cast.adviser, path)
    assert page.count("checked") == 2 + len(row.kpis)
    response = send(cast.adviser, path, title=row.title, position="1", kpis=["absence_12m"])
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.kpis == ["absence_12m"]
    told = words(read(cast.alderman, LIST))
    assert f"Thema naast elkaar: {row.title}: Cijfers" in told
    assert "absence_12m" not in told


def test_the_same_again_changes_nothing_but_who_looked_at_it(cast: Cast) -> None:
    row = ComparisonTheme.objects.get(code="medewerkers")
    send(cast.adviser, edit_of(row), title=row.title, position="1", kpis=row.kpis)
    after = ComparisonTheme.objects.get(code="medewerkers")
    assert list(after.norm_themes.all()) == list(row.norm_themes.all())
    assert after.kpis == row.kpis


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no title": ({"title": " "}, "id_title_error"),
    "a title that is here": ({"title": "GOED bestuur"}, "Er is al een thema met deze titel"),
    "norms of one party": ({"norms": [], "kpis": ["occupancy"]}, "minstens twee partijen"),
    "nothing": ({"norms": [], "kpis": []}, "minstens twee partijen"),
    "a norm that is none": ({"norms": ["x/y"]}, "id_norms_error"),
    "a figure that is none": ({"kpis": ["x"]}, "id_kpis_error"),
    "no place": ({"position": "0"}, "id_position_error"),
    "a number of a person": ({"title": "Over 111222333"}, "id_title_error"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_theme_that_cannot_be_is_refused_with_a_sentence(cast: Cast, what: str) -> None:
    changes, told = WRONG[what]
    before = ComparisonTheme.objects.count()
    assert told in send(cast.adviser, f"{LIST}add/", **changes).content.decode()
    assert ComparisonTheme.objects.count() == before


def test_an_own_theme_is_taken_back_and_the_history_keeps_it(cast: Cast) -> None:
    send(cast.adviser)
    row = ComparisonTheme.objects.get(title="Vaste gezichten")
    assert signed_in(cast.adviser).post(edit_of(row), {"remove": "1"}).status_code == 302
    assert "Thema naast elkaar: Vaste gezichten verwijderd" in words(read(cast.alderman, LIST))


def test_a_theme_of_the_portal_and_an_explained_one_stay(cast: Cast) -> None:
    shipped = ComparisonTheme.objects.get(code="medewerkers")
    response = signed_in(cast.adviser).post(edit_of(shipped), {"remove": "1"})
    assert "hoort bij het portaal" in response.content.decode()
    send(cast.adviser)
    own = ComparisonTheme.objects.get(title="Vaste gezichten")
    DisagreementNote.objects.create(
        institution=Institution.objects.get(code="jbn"),
        theme=own,
        facts=[],
        facts_sha256="0" * 64,
        text="Verzonnen.",
        written_at=utc_now(),
        written_by=cast.adviser,
    )
    response = signed_in(cast.adviser).post(edit_of(own), {"remove": "1"})
    assert "een tegenspraak verklaard" in response.content.decode()
    assert ComparisonTheme.objects.filter(pk=own.pk).exists()


def test_who_explains_changes_themes_and_others_read_what_they_join(cast: Cast) -> None:
    for user in (cast.alderman, cast.contract_manager, cast.institution):
        page = read(user, LIST)
        assert "Goed bestuur" in page
        assert f"{LIST}add/" not in page
        assert send(user).status_code == 403
    assert f"{LIST}add/" in read(cast.adviser, LIST)
    assert signed_in(cast.council_member).get(LIST).status_code == 404
    assert send(cast.council_member).status_code == 404
    assert signed_in(cast.adviser).get(f"{LIST}bestaat-niet/edit/").status_code == 404
