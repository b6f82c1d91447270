"""The pages and forms of certificates: who sees them, who records, and what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import (
    Certificate,
    CertificateCondition,
    CertificateDecision,
    Source,
    WeighingPoint,
)
from certification.models.decisions import DecisionKind
from jbn_oversight.accounts.models import Role, User
from tests.audits.certificate_cast import (
    make_certificate,
    make_condition,
    make_decision,
    make_point,
    said,
)
from tests.factories.people import Cast

SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}
RECORD = {Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}
NEW_SOURCE = {
    "new_source_publisher": "Keurmerkinstituut",
    "new_source_title": "Brief over het certificaat",
    "new_source_published": "19 december 2024",
}
LETTER = {
    "authority": "kmi",
    "decided": "19 december 2024",
    "decided_source": "new",
    "status": "granted",
    "kind": "bridging",
    "starts": "20 december 2024",
    "starts_source": "new",
    "months": "9",
    "ends": "20-09-2025",
    "ends_source": "new",
    "improvement_plausible": "yes",
    "no_fundamental_shortcomings": "unknown",
    **NEW_SOURCE,
}

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def address(name: str, *args: str) -> str:
    return reverse(f"audits:{name}", args=["jbn", *args])


def page(user: User, url: str) -> str:
    response = signed_in(user).get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def send(user: User, url: str, data: Mapping[str, object]) -> tuple[int, str]:
    response = signed_in(user).post(url, data)
    return response.status_code, unescape(response.content.decode())


def every_address(cast: Cast) -> dict[str, bool]:
    """Each address, and whether it is for those who record only."""
    row = make_certificate(cast.adviser)
    point = make_point(row, cast.adviser)
    condition = make_condition(row, cast.adviser)
    decision = make_decision(row, cast.adviser, DecisionKind.SUSPENDED, "2025-02-01")
    return {
        address("certificates"): False,
        address("certificate", row.public_id): False,
        address("register_xlsx", "certificates"): False,
        address("register_xlsx", "conditions"): False,
        address("certificate_new"): True,
        address("certificate_edit", row.public_id): True,
        address("weighing_new", row.public_id): True,
        address("weighing_edit", row.public_id, point.public_id): True,
        address("condition_new", row.public_id): True,
        address("condition_edit", row.public_id, condition.public_id): True,
        address("decision_new", row.public_id): True,
        address("decision_edit", row.public_id, decision.public_id): True,
    }


def test_unseen_is_404_and_seen_but_not_yours_is_403(cast: Cast) -> None:
    addresses = every_address(cast)
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        client = signed_in(user)
        for url, records in addresses.items():
            expected = 404 if not roles & SEE else 403 if records and not roles & RECORD else 200
            assert client.get(url).status_code == expected, (name, url)
            if records and expected != 200:
                assert client.post(url, {}).status_code == expected, (name, url)


def test_another_institution_s_certificate_is_not_found(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    url = reverse("audits:certificate", args=["elders", row.public_id])
    assert signed_in(cast.adviser).get(url).status_code == 404
    assert signed_in(cast.adviser).get(address("certificate", "A" * 22)).status_code == 404


def test_a_part_of_another_certificate_is_not_found(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    other = make_certificate(
        cast.adviser, decided=said("2025-09-19"), starts=None, months=None, ends=None
    )
    point = make_point(row, cast.adviser)
    url = address("weighing_edit", other.public_id, point.public_id)
    assert signed_in(cast.adviser).get(url).status_code == 404


def test_the_page_answers_first_and_then_tells_the_rest(cast: Cast) -> None:
    row = make_certificate(cast.adviser, improvement_plausible=True)
    make_point(row, cast.adviser, "Dossiers waren niet volledig")
    make_condition(row, cast.adviser, kpi="contact_5wd")
    make_decision(row, cast.adviser, DecisionKind.SUSPENDED, "2025-09-01", ground="d")
    text = page(cast.alderman, address("certificate", row.public_id) + "?on=2025-08-10")
    assert "nog 41 dagen. Na de laatste dag mag de instelling geen maatregelen meer" in text
    assert "Dossiers waren niet volledig" in text
    assert reverse("reports:kpi", args=["jbn", "contact_5wd"]) in text
    assert "geschorst (1 september 2025)" not in text.lower()
    assert "/edit/" not in text
    assert "Jeugdwet, artikel 3.2" in text
    later = page(cast.adviser, address("certificate", row.public_id) + "?on=2025-09-02")
    assert "Geschorst (1 september 2025)" in later
    assert "artikel 3.2.2, onder d" in later
    assert "/edit/" in later
    assert "Daan Adviseur" in later


def test_who_sees_no_figures_reads_the_name_without_a_link(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_condition(row, cast.adviser, kpi="contact_5wd")
    text = page(cast.auditor, address("certificate", row.public_id))
    assert reverse("reports:kpi", args=["jbn", "contact_5wd"]) not in text


def test_before_the_decision_the_page_tells_nothing_of_it(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_point(row, cast.adviser, "Dossiers waren niet volledig")
    text = page(cast.alderman, address("certificate", row.public_id) + "?on=2024-12-01")
    assert "Op 1 december 2024 was er nog geen besluit" in text
    assert "Dossiers waren niet volledig" not in text


def test_an_empty_list_says_what_will_stand_there(cast: Cast) -> None:
    text = page(cast.alderman, address("certificates"))
    assert "Er is geen certificaat bekend" in text
    assert "zodra een adviseur de brief heeft vastgelegd" in text


def test_a_letter_is_recorded_in_its_order_with_one_new_source(cast: Cast) -> None:
    status, _text = send(cast.adviser, address("certificate_new"), LETTER)
    assert status == 302
    row = Certificate.objects.get()
    assert (row.months, row.improvement_plausible, row.no_fundamental_shortcomings) == (
        9,
        True,
        None,
    )
    source = Source.objects.get(title="Brief over het certificaat")
    assert {row.decided_source, row.starts_source, row.ends_source} == {source}
    assert row.history.get().history_user == cast.adviser


def test_the_way_goes_on_to_the_weighing_and_the_conditions(cast: Cast) -> None:
    client = signed_in(cast.adviser)
    response = client.post(address("certificate_new"), {**LETTER, "go_on": "1"})
    row = Certificate.objects.get()
    assert response["Location"] == address("weighing_new", row.public_id)
    code = row.decided_source.code
    weighed = {"shortcoming": "Dossiers", "rationale": "Er was een plan.", "source": code}
    response = client.post(response["Location"], {**weighed, "go_on": "1"})
    assert response["Location"] == address("condition_new", row.public_id)
    asked = {"text": "Op tijd", "kpi": "contact_5wd", "due": "september 2025", "source": code}
    response = client.post(response["Location"], asked)
    assert response["Location"] == address("certificate", row.public_id)
    assert WeighingPoint.objects.get().certificate == row
    assert CertificateCondition.objects.get().kpi == "contact_5wd"


def test_the_reckoned_last_day_is_filled_in_and_waits_for_a_yes(cast: Cast) -> None:
    without = {**LETTER, "ends": "", "ends_source": ""}
    status, text = send(cast.adviser, address("certificate_new"), without)
    assert status == 200
    assert "9 maanden vanaf 20 december 2024 eindigen op 20 september 2025." in text
    assert 'value="20 september 2025"' in text
    assert not Certificate.objects.exists()
    assert not Source.objects.exists()


def test_a_refusal_stands_with_its_field_and_keeps_no_new_source(cast: Cast) -> None:
    status, text = send(
        cast.adviser, address("certificate_new"), {**LETTER, "ends": "30 september 2025"}
    )
    assert status == 200
    assert "Hier staat 30 september 2025." in text
    assert 'href="#id_ends"' in text
    assert not Source.objects.exists()


def test_an_overlap_is_answered_with_what_to_change(cast: Cast) -> None:
    make_certificate(cast.adviser)
    twice = {**LETTER, "decided": "15 maart 2025", "months": "", "starts": "1 april 2025"}
    status, text = send(cast.adviser, address("certificate_new"), twice)
    assert status == 200
    assert "In deze dagen geldt een ander certificaat van deze instelling." in text


def test_a_number_of_a_person_is_refused(cast: Cast) -> None:
    status, text = send(
        cast.adviser, address("certificate_new"), {**LETTER, "remark": "BSN 111222333"}
    )
    assert status == 200
    assert "111222333" not in text.split("<textarea")[0]
    assert not Certificate.objects.exists()


def test_a_pasted_letter_fills_the_form_and_stores_nothing(cast: Cast) -> None:
    letter = (
        "Op 19 december 2024 heeft het Keurmerkinstituut besloten. De aanvraag van 1 juli 2024 "
        "leidt tot een overbruggingscertificaat voor negen maanden. Het geldt van "
        "20 december 2024 tot en met 20 september 2025."
    )
    status, text = send(
        cast.adviser, address("certificate_new"), {"read_letter": "1", "letter": letter}
    )
    assert status == 200
    for shown in ('value="20 december 2024"', 'value="20 september 2025"', 'value="1 juli 2024"'):
        assert shown in text
    assert 'value="9"' in text
    assert re.search(r'value="bridging"[^>]* checked', text)
    assert not Certificate.objects.exists()


def test_changing_a_certificate_keeps_what_it_was(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    url = address("certificate_edit", row.public_id)
    code = row.decided_source.code
    changed = {name: value for name, value in LETTER.items() if name not in NEW_SOURCE}
    changed |= {f"{stem}_source": code for stem in ("decided", "starts", "ends")}
    status, _text = send(cast.contract_manager, url, {**changed, "remark": "Nagekeken"})
    assert status == 302
    row.refresh_from_db()
    assert (row.remark, row.history.count()) == ("Nagekeken", 2)
    text = page(cast.alderman, address("certificate", row.public_id))
    assert "Gijs Contract" in text


def test_a_later_decision_is_recorded_and_refused_after_a_withdrawal(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    url, code = address("decision_new", row.public_id), row.decided_source.code
    withdrawn = {
        "kind": "withdrawn",
        "decided": "1 maart 2025",
        "decided_source": code,
        "ground": "c",
    }
    assert send(cast.adviser, url, withdrawn)[0] == 302
    status, text = send(
        cast.adviser,
        url,
        {"kind": "suspended", "decided": "2 maart 2025", "decided_source": code, "ground": ""},
    )
    assert status == 200
    assert "Daarna wordt er niets meer over besloten." in text
    assert CertificateDecision.objects.count() == 1


def test_what_was_recorded_by_mistake_is_removed_and_stays_in_history(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    point = make_point(row, cast.adviser)
    url = address("weighing_edit", row.public_id, point.public_id)
    status, _text = send(cast.second_adviser, url, {"remove": "1"})
    assert status == 302
    assert not WeighingPoint.objects.exists()
    text = page(cast.alderman, address("certificate", row.public_id))
    assert "verwijderd" in text
    assert "Eva Adviseur" in text


def test_the_page_asks_the_database_a_bounded_number_of_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    row = make_certificate(cast.adviser)
    for number in range(8):
        make_condition(row, cast.adviser, f"Voorwaarde {number}")
        make_point(row, cast.adviser, f"Punt {number}")
    client = signed_in(cast.alderman)
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        assert client.get(address("certificate", row.public_id)).status_code == 200
