"""Administrators keep regions, municipalities, institutions and authorities on screens."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Role
from jbn_oversight.organisations.actions import end_municipality
from jbn_oversight.organisations.models import (
    Authority,
    AuthorityName,
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)
from jbn_oversight.organisations.selectors.organisations import state_of
from tests.factories.people import Cast, municipality, region, with_role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    """Somebody who may."""
    client.force_login(cast.administrator, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def opened(client: Client, url: str) -> dict[str, str]:
    """What the form at the address holds when it is opened, as a browser sends it back."""
    form = client.get(url).context["form"]
    values = {bound.name: bound.value() for bound in form}
    return {
        name: str(getattr(value, "slug", getattr(value, "cbs_code", value)) or "")
        for name, value in values.items()
    }


def sent(client: Client, url: str, **changes: str) -> list[str]:
    """Fill in what is given, send the form, and say what was wrong (nothing when it was kept)."""
    answer = client.post(url, {**opened(client, url), **changes})
    if answer.status_code == 302:
        return []
    assert answer.status_code == 200
    return [
        f"{name}: {error}"
        for name, errors in answer.context["form"].errors.items()
        for error in errors
    ]


def address(name: str, *args: object) -> str:
    return reverse(f"organisations:{name}", args=args)


def test_only_who_manages_organisations_finds_the_screens(client: Client, cast: Cast) -> None:
    pages = [
        address("list", "regions"),
        address("add", "institutions"),
        address("organisation", "municipalities", "GM0106"),
        address("change", "authorities", "kmi"),
        address("add_span", "institutions", "jbn"),
        address("change_span", "municipalities", "GM0106", 1),
        address("end_municipality", "GM0106"),
    ]
    for name, user in cast.everyone().items():
        client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
        for page in pages:
            expected = 200 if name == "administrator" else 404
            assert client.get(page).status_code == expected, f"{name}: {page}"
            if name != "administrator":
                assert client.post(page, {"name": "Ander"}).status_code in (404, 405)


@pytest.mark.parametrize(
    "url",
    [
        "/organisation/manage/provinces/",
        "/organisation/manage/regions/atlantis/",
        "/organisation/manage/regions/drenthe/spans/new/",
        "/organisation/manage/municipalities/GM0106/spans/2/",
        "/organisation/manage/municipalities/GM0106/spans/0/",
        "/admin/organisations/region/",
    ],
)
def test_what_is_not_there_is_not_found(administrator: Client, url: str) -> None:
    assert administrator.get(url).status_code == 404


def test_the_entry_stands_in_the_navigation_of_who_may(administrator: Client, cast: Cast) -> None:
    url = address("regions")
    page = administrator.get(address("mine")).content.decode()
    assert url in page
    administrator.force_login(cast.adviser, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    assert url not in administrator.get(address("mine")).content.decode()


def test_other_names_are_typed_one_a_line(administrator: Client) -> None:
    assert not sent(
        administrator,
        address("add", "regions"),
        name="Fryslân",
        slug="fryslan",
        aliases="Friesland\r\n\r\n  Sociaal   Domein Fryslân \r\nFriesland",
    )
    assert Region.objects.get(slug="fryslan").aliases == ["Friesland", "Sociaal Domein Fryslân"]
    held = opened(administrator, address("change", "regions", "fryslan"))
    assert held["aliases"] == "Friesland\nSociaal Domein Fryslân"
    assert "slug" not in held


def test_a_municipality_comes_with_its_region_and_its_name_in_lists(administrator: Client) -> None:
    assert not sent(
        administrator,
        address("add", "municipalities"),
        name="De Fryske Marren",
        cbs_code="gm1940",
        valid_from="2014-01-01",
        region="drenthe",
        region_from="2015-01-01",
    )
    row = Municipality.objects.get(cbs_code="GM1940")
    assert (row.sort_name, row.region_on(TODAY)) == ("Fryske Marren, De", region("drenthe"))
    assert row.regions.get().from_on == date(2015, 1, 1)


def test_a_municipality_moves_to_another_region_when_the_first_has_ended(
    administrator: Client,
) -> None:
    new = address("add_span", "municipalities", "GM0106")
    moved = {"region": "groningen", "from_on": "2026-01-01"}
    (wrong,) = sent(administrator, new, **moved)
    assert wrong.startswith("from_on: In deze dagen hoort de gemeente al bij een regio.")
    old = address("change_span", "municipalities", "GM0106", 1)
    assert not sent(administrator, old, until_on="2026-01-01")
    assert not sent(administrator, new, **moved)
    assen = municipality("GM0106")
    assert assen.region_on(date(2025, 12, 31)) == region("drenthe")
    assert assen.region_on(date(2026, 1, 1)) == region("groningen")


def test_a_municipality_that_merges_ends_with_its_place_and_names_what_it_became(
    administrator: Client, cast: Cast
) -> None:
    url = address("end_municipality", "GM0106")
    assert not sent(administrator, url, valid_until="2027-01-01", successor="GM1680")
    row = municipality("GM0106")
    assert (row.valid_until, row.successor) == (date(2027, 1, 1), municipality("GM1680"))
    assert row.regions.get().until_on == date(2027, 1, 1)
    page = administrator.get(address("organisation", "municipalities", "GM0106"))
    assert "Aa en Hunze" in page.content.decode()
    assert cast.administrator.name in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"valid_until": "", "successor": "GM1680"}, "valid_until: Vul in op welke dag"),
        ({"valid_until": "2014-01-01"}, "valid_until: Kies een dag na de eerste dag."),
        ({"valid_until": "2027-01-01", "successor": "GM0106"}, "successor: "),
        ({"valid_until": "2027-01-01", "successor": "GM9999"}, "successor: "),
        ({"valid_until": "morgen"}, "valid_until: "),
    ],
)
def test_an_end_that_cannot_be_is_said_beside_its_field(
    administrator: Client, changes: dict[str, str], wrong: str
) -> None:
    (told,) = sent(administrator, address("end_municipality", "GM0106"), **changes)
    assert told.startswith(wrong)
    assert municipality("GM0106").valid_until is None


def test_a_municipality_that_goes_to_a_region_later_does_not_end_before(
    administrator: Client,
) -> None:
    row = municipality("GM0106").regions.get()
    row.until_on = date(2027, 1, 1)
    row.save()
    MunicipalityRegion.objects.create(
        municipality=municipality("GM0106"), region=region("groningen"), from_on=date(2027, 1, 1)
    )
    (wrong,) = sent(administrator, address("end_municipality", "GM0106"), valid_until="2026-06-01")
    assert wrong.startswith("valid_until: De gemeente gaat op of na deze dag")
    assert municipality("GM0106").valid_until is None


def test_an_institution_gets_tasks_that_end_and_begin_again(administrator: Client) -> None:
    assert not sent(
        administrator, address("add", "institutions"), name="Bescherming Noordwest", code="bnw"
    )
    add = address("add_span", "institutions", "bnw")
    task = {"task": "certified_institution", "region": "drenthe"}
    assert not sent(administrator, add, **task, from_on="2020-01-01", until_on="2022-01-01")
    assert not sent(administrator, add, **task, from_on="2023-01-01")
    assert not sent(administrator, add, task="safe_home", region="drenthe", from_on="2020-01-01")
    (wrong,) = sent(administrator, add, **task, from_on="2021-01-01", until_on="2021-06-01")
    assert wrong.startswith("from_on: In deze dagen heeft de instelling deze taak al")
    assert InstitutionTask.objects.filter(institution__code="bnw").count() == 3


def test_an_authority_is_renamed_and_keeps_its_earlier_name(administrator: Client) -> None:
    assert not sent(
        administrator,
        address("add", "authorities"),
        name="Keurhuis",
        abbreviation="KH",
        from_on="2020-01-01",
        kind="certifies",
        code="keurhuis",
    )
    url = address("add_span", "authorities", "keurhuis")
    renamed = {"name": "Waarborg", "from_on": "2025-01-01"}
    (wrong,) = sent(administrator, url, **renamed)
    assert wrong.startswith("from_on: In deze dagen heeft de instantie al een naam.")
    old = address("change_span", "authorities", "keurhuis", 1)
    assert not sent(administrator, old, until_on="2025-01-01")
    assert not sent(administrator, url, **renamed)
    authority = Authority.objects.get(code="keurhuis")
    assert authority.name_on(date(2024, 12, 31)) == "Keurhuis"
    assert authority.name_on(date(2025, 1, 1)) == "Waarborg"
    page = administrator.get(address("organisation", "authorities", "keurhuis")).content.decode()
    assert "Keurhuis (KH)" in page
    assert "1 januari 2025" in page


@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        ("regions", {"name": "Nieuw", "slug": "drenthe"}, "slug: "),
        ("regions", {"name": "Nieuw", "slug": "Twee Woorden"}, "slug: "),
        ("regions", {"name": "Nieuw", "slug": "new"}, "slug: Gebruik alleen kleine letters"),
        ("regions", {"name": "Nieuw", "slug": "nieuw", "aliases": "x" * 101}, "aliases: "),
        ("regions", {"name": "", "slug": "nieuw"}, "name: "),
        ("institutions", {"name": "Nieuw", "code": "jbn"}, "code: "),
        ("authorities", {"name": "N", "code": "kmi", "from_on": "2020-01-01"}, "code: "),
        (
            "municipalities",
            {"name": "N", "cbs_code": "1940", "valid_from": "2020-01-01", "region": "drenthe"},
            "cbs_code: Een CBS-code is GM",
        ),
        (
            "municipalities",
            {"name": "N", "cbs_code": "GM0106", "valid_from": "2020-01-01", "region": "drenthe"},
            "cbs_code: ",
        ),
        (
            "municipalities",
            {"name": "N", "cbs_code": "GM1940", "valid_from": "2020-01-01", "region": ""},
            "region: ",
        ),
        (
            "municipalities",
            {"name": "N\0", "cbs_code": "GM1940", "valid_from": "2020-01-01", "region": "drenthe"},
            "name: ",
        ),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(
    administrator: Client, kind: str, values: dict[str, str], wrong: str
) -> None:
    models = (Region, Municipality, MunicipalityRegion, Institution, Authority, AuthorityName)
    before = [model._default_manager.count() for model in models]
    told = sent(administrator, address("add", kind), **values)
    assert len(told) == 1
    assert told[0].startswith(wrong)
    assert [model._default_manager.count() for model in models] == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(administrator: Client) -> None:
    url = address("change", "institutions", "jbn")
    first = opened(administrator, url)
    assert not sent(administrator, url, name="Naam van de een")
    answer = administrator.post(url, {**first, "name": "Naam van de ander"})
    assert "Iemand anders heeft dit intussen gewijzigd." in answer.content.decode()
    assert Institution.objects.get(code="jbn").name == "Naam van de een"


def test_a_second_end_upon_an_old_page_is_refused(cast: Cast) -> None:
    row = municipality("GM0106")
    seen = state_of(row)
    end_municipality(
        municipality=row, on=date(2027, 1, 1), successor=None, seen=seen, by=cast.administrator
    )
    with pytest.raises(ValidationError):
        end_municipality(
            municipality=municipality("GM0106"),
            on=date(2028, 1, 1),
            successor=None,
            seen=seen,
            by=cast.administrator,
        )
    assert municipality("GM0106").valid_until == date(2027, 1, 1)


def test_the_history_says_who_did_what(administrator: Client, cast: Cast) -> None:
    # Twice: the row of the reference data may have no history of its own to compare with.
    for aliases in ("JBN\nJB Noord", "JBN\nJB Noord\nBureau"):
        assert not sent(administrator, address("change", "institutions", "jbn"), aliases=aliases)
    page = administrator.get(address("organisation", "institutions", "jbn")).content.decode()
    assert cast.administrator.name in page
    assert "JBN; JB Noord; Bureau" in page


@pytest.mark.parametrize("kind", ["regions", "municipalities", "institutions", "authorities"])
def test_a_portal_that_holds_nothing_yet_says_where_to_begin(client: Client, kind: str) -> None:
    with connection.cursor() as cursor:
        for table in (AuthorityName, Authority, InstitutionTask, MunicipalityRegion):
            cursor.execute(f"DELETE FROM {table._meta.db_table}")
        cursor.execute("DELETE FROM organisations_municipality")
        cursor.execute("DELETE FROM organisations_institution")
        cursor.execute("DELETE FROM organisations_region")
    place = Institution.objects.create(code="eerste", name="Eerste")
    user = with_role("Bea Heer", Role.ADMINISTRATOR, place)
    client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    page = client.get(address("list", kind))
    assert page.status_code == 200
    if kind != "institutions":
        assert "Hier staat nog niets" in page.content.decode()


def test_somebody_sees_the_regions_of_their_own_institution_alone(
    client: Client, cast: Cast
) -> None:
    far = Region.objects.create(slug="fryslan", name="Fryslân")
    other = Institution.objects.create(code="bnw", name="Bescherming Noordwest")
    InstitutionTask.objects.create(
        institution=other, region=far, task="certified_institution", from_on=date(2015, 1, 1)
    )
    client.force_login(cast.council_member, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    page = client.get(address("mine")).content.decode()
    assert all(word in page for word in ("Groningen", "Drenthe", "Jeugdbescherming Noord"))
    assert "Fryslân" not in page
    assert "Noordwest" not in page
    stranger = with_role("Fenna Fries", Role.POLICY_ADVISER, far)
    client.force_login(stranger, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    page = client.get(address("mine")).content.decode()
    assert all(word in page for word in ("Bescherming Noordwest", "Gemeenten in Fryslân"))
    assert not any(word in page for word in ("Groningen", "Drenthe", "Jeugdbescherming Noord"))
