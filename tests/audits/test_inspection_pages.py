"""What the pages of inspections show, to whom, and as known on which day."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from audits.models.inspections import InspectedInstitution, NormVerdict, SupervisionMeasure
from jbn_oversight.accounts.models import Role, User
from tests.audits.inspection_world import World, make_world
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

pytestmark = pytest.mark.django_db
LIST = "/oversight/jbn/inspections/"
MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}
MAY_RECORD = {Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def read(user: User, path: str) -> tuple[int, str]:
    response = client_of(user).get(path)
    return response.status_code, response.content.decode()


def demo_page() -> str:
    record_public_facts()
    place = InspectedInstitution.objects.get(institution__code="jbn")
    return f"{LIST}{place.public_id}/"


def addresses_of(place: InspectedInstitution) -> tuple[list[str], list[str]]:
    """Pages to read, and pages to record on."""
    measure = SupervisionMeasure.objects.get(inspected=place)
    page = f"{LIST}{place.public_id}/"
    own = f"{page}institutions/{place.public_id}/"
    to_measure = f"{page}measures/{measure.public_id}/"
    claim = measure.claims.all()[0]
    message = place.inspection.messages.all()[0]
    other = place.inspection.institutions.exclude(pk=place.pk)[0]
    return [LIST, page, f"{LIST}verdicts-example.csv"], [
        f"{LIST}new/",
        f"{page}edit/",
        f"{page}messages/new/",
        f"{page}messages/{message.pk}/",
        f"{page}institutions/new/",
        f"{page}institutions/{other.public_id}/",
        f"{own}report/",
        f"{own}verdicts/",
        f"{own}measures/new/",
        f"{page}import/",
        to_measure,
        f"{to_measure}lift/",
        f"{to_measure}sources/new/",
        f"{to_measure}sources/{claim.pk}/",
        f"{to_measure}visits/new/",
    ]


def test_who_sees_and_who_records_inspections(cast: Cast) -> None:
    demo_page()
    to_read, to_record = addresses_of(InspectedInstitution.objects.get(institution__code="jbn"))
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        client = client_of(user)
        sees, records = bool(roles & MAY_SEE), bool(roles & MAY_RECORD)
        for path in to_read:
            assert client.get(path).status_code == (200 if sees else 404), (name, path)
        for path in to_record:
            expected = 200 if records else 403 if sees else 404
            assert client.get(path).status_code == expected, (name, path)


def test_without_signing_in_there_is_only_the_way_to_sign_in(client: Client) -> None:
    response = client.get(LIST)
    assert response.status_code == 404
    assert f"{reverse('account_login')}?next=" in response.content.decode()


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    page = demo_page()
    for path in (
        f"{LIST}{'A' * 22}/",
        f"{page}messages/999999/",
        f"{page}measures/{'A' * 22}/",
        f"{page}institutions/{'A' * 22}/report/",
    ):
        assert read(cast.adviser, path)[0] == 404, path
    assert read(cast.adviser, page.replace("/jbn/", "/elders/"))[0] == 404


def test_the_name_of_the_institution_itself_is_not_changed_here(cast: Cast) -> None:
    page = demo_page()
    own = page.rstrip("/").rsplit("/", 1)[1]
    assert read(cast.adviser, f"{page}institutions/{own}/")[0] == 404


def test_the_page_tells_how_the_inspection_went_and_what_was_judged(cast: Cast) -> None:
    _status, page = read(cast.alderman, demo_page() + "?on=2025-09-30")
    assert "Jeugdbescherming Noord voldoet grotendeels niet (eind juli 2025)." in page
    assert "Er geldt verscherpt toezicht." in page
    assert "Er zijn nog ongeveer 123 dagen om te verbeteren" in page
    assert "27 februari 2025" in page
    assert "juli 2025" in page
    assert page.count("schiet tekort, de stap is niet openbaar") >= 5
    assert "artikel 9.3" in page


def test_sources_that_name_another_term_stay_visible(cast: Cast) -> None:
    _status, page = read(cast.alderman, demo_page() + "?on=2025-09-30")
    assert "7 maanden" in page
    assert "geteld vanaf de maatregel: eind februari 2026" in page
    assert page.count("Een andere bron zegt:") == 2


def test_before_the_report_there_is_no_verdict_and_no_measure(cast: Cast) -> None:
    _status, page = read(cast.alderman, demo_page() + "?on=2025-07-01")
    assert "Er is nog geen rapport. Het wordt verwacht: juli 2025." in page
    shown = page.split('id="history"')[0]
    assert "Er geldt" not in shown
    assert "Er is geen maatregel bekend." in shown
    assert "schiet tekort" not in shown


def test_before_the_announcement_nothing_is_known(cast: Cast) -> None:
    _status, page = read(cast.alderman, demo_page() + "?on=2025-02-26")
    assert "Op deze dag was van dit onderzoek nog niets bekend." in page
    _status, page = read(cast.alderman, LIST + "?on=2025-02-26")
    assert "Er is geen inspectie bekend" in page


def test_the_other_institutions_are_named_where_public_and_never_ranked(cast: Cast) -> None:
    _status, page = read(cast.alderman, demo_page() + "?on=2025-09-30")
    others = page.split('id="others"')[1].split("</section>")[0]
    assert "William Schrikker Stichting" in others
    assert "nog 3, niet bekend gemaakt" in others
    assert "geen ranglijst" in others
    assert "voldoet" not in others


def test_an_alderman_finds_no_buttons_to_record_and_an_adviser_does(cast: Cast) -> None:
    address = demo_page()
    assert "Maatregel toevoegen" not in read(cast.alderman, address)[1]
    assert "Maatregel toevoegen" in read(cast.adviser, address)[1]


def test_the_page_has_its_history_also_of_what_was_removed(cast: Cast) -> None:
    world = make_world(by=cast.adviser)
    world.publish()
    world.judge()
    world.judge(judgement=None, remark="")
    assert not NormVerdict.objects.exists()
    _status, page = read(cast.alderman, f"{LIST}{world.place.public_id}/")
    history = page.split('id="history"')[1]
    assert cast.adviser.name in history
    assert "Oordeel op een norm" in history


def test_a_visit_that_was_due_and_not_held_is_overdue(cast: Cast) -> None:
    world = make_world()
    measure = world.impose()
    visit(world, measure, due="2025-08-20")
    _status, page = read(cast.alderman, f"{LIST}{world.place.public_id}/?on=2025-08-20")
    assert "te houden" in page
    _status, page = read(cast.alderman, f"{LIST}{world.place.public_id}/?on=2025-08-21")
    assert "te laat" in page


def visit(world: World, measure: SupervisionMeasure, *, due: str) -> None:
    world.visit(measure, due)


def test_a_term_counts_its_last_day_and_does_not_move_past_a_weekend(cast: Cast) -> None:
    world = make_world()
    world.publish()
    # 24 January 2026 is a Saturday.
    world.impose()
    address = f"{LIST}{world.place.public_id}/"
    assert (
        "Er is nog 1 dag om te verbeteren: tot en met 24 januari 2026."
        in (read(cast.alderman, address + "?on=2026-01-23")[1])
    )
    assert (
        "Er zijn nog 0 dagen om te verbeteren"
        in (read(cast.alderman, address + "?on=2026-01-24")[1])
    )
    page = read(cast.alderman, address + "?on=2026-01-25")[1]
    assert "Dat de maatregel is opgeheven, is niet vastgelegd." in page
    assert "de termijn is sinds 1 dag voorbij" in page


def test_a_lifted_measure_stays_on_the_page_as_lifted(cast: Cast) -> None:
    world = make_world()
    world.publish()
    measure = world.impose()
    world.lift(measure, "2025-09-20")
    address = f"{LIST}{world.place.public_id}/"
    assert "(opgeheven)" not in read(cast.alderman, address + "?on=2025-09-19")[1]
    page = read(cast.alderman, address + "?on=2025-09-20")[1]
    assert "(opgeheven)" in page
    assert "Er is geen maatregel bekend die loopt." in page


def test_an_order_says_until_when_it_holds(cast: Cast) -> None:
    world = make_world()
    world.impose(kind="order", term_ends=None)
    page = read(cast.alderman, f"{LIST}{world.place.public_id}/")[1]
    assert "Een bevel geldt 7 dagen." in page
    assert "zeven dagen na het bevel is 31 juli 2025" in page


def test_the_pages_read_in_english_too(cast: Cast) -> None:
    cast.alderman.language = "en"
    cast.alderman.save()
    _status, page = read(cast.alderman, demo_page() + "?on=2025-09-30")
    assert "does not meet most of the norms" in page
    assert "3 more, not made known" in page


def test_the_page_asks_the_database_a_bounded_number_of_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    address = demo_page()
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        assert read(cast.alderman, address)[0] == 200


@pytest.mark.parametrize("name", ["inspections", "verdicts"])
def test_the_registers_are_saved_as_known_on_the_day(cast: Cast, name: str) -> None:
    demo_page()
    client = client_of(cast.alderman)
    response = client.get(f"/oversight/jbn/registers/{name}.xlsx?on=2025-09-30")
    assert response.status_code == 200
    assert response["Content-Type"].endswith("sheet")
