"""The pages of findings and actions, for each of the cast."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audits.models.plans import Evidence, EvidenceVersion, PlanAction
from audits.models.studies import Recommendation, Study
from audits.plans.actions.evidence import add_evidence
from audits.plans.actions.plans import save_recommendation
from jbn_oversight.accounts.models import Role
from tests.audits.audits_cast import make_audit, make_finding
from tests.audits.plans_cast import (
    AT,
    CSV,
    MAY_RECORD,
    MAY_SEE,
    client_of,
    make_action,
    make_chain,
    make_plan,
    make_study,
    post,
    read,
    roles,
    url,
)
from tests.factories.people import Cast, institution, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast: Cast) -> PlanAction:
    """An action of the institution's own person."""
    return make_action(cast.adviser, owner=cast.institution)


def test_who_oversees_and_the_institution_see_every_page_and_others_none(
    cast: Cast, own: PlanAction
) -> None:
    piece = add_evidence(
        action=own, title="Rooster", data=CSV, expires_on=None, at=AT, by=cast.institution
    )
    row = save_recommendation(
        recommendation=Recommendation(
            study=make_study(cast.adviser),
            number=1,
            text="Doe iets.",
        ),
        by=cast.adviser,
    )
    seen = [
        url("findings"),
        url("action", own.public_id),
        url("evidence", own.public_id, piece.public_id),
        url("plans"),
        url("studies"),
        url("recommendation", row.public_id),
    ]
    forms = [
        url("action_new"),
        url("action_edit", own.public_id),
        url("plan_new"),
        url("plan_edit", make_plan(cast.adviser).public_id),
        url("study_new"),
        url("study_edit", Study.objects.get().public_id),
        url("recommendation_new"),
        url("recommendation_edit", row.public_id),
    ]
    for name, user in cast.everyone().items():
        client = client_of(user)
        sees = bool(roles(user) & MAY_SEE)
        records = bool(roles(user) & MAY_RECORD)
        for address in seen:
            assert client.get(address).status_code == (200 if sees else 404), (name, address)
        for address in forms:
            expected = 200 if records else 403 if sees else 404
            assert client.get(address).status_code == expected, (name, address)
            assert client.post(address, {}).status_code == expected, (name, address)


def test_an_action_of_another_institution_is_not_there(cast: Cast, own: PlanAction) -> None:
    address = url("action", own.public_id).replace("/jbn/", "/elders/")
    assert client_of(cast.adviser).get(address).status_code == 404


def acts(own: PlanAction) -> dict[str, dict[str, object]]:
    """A valid form for each thing that can be reported."""
    return {
        "progress": {"progress-progress": "30", "progress-note": "Eerste team klaar."},
        "done": {"done-done_on": "2025-08-01"},
        "evidence": {
            "evidence-title": "Rooster",
            "evidence-file": SimpleUploadedFile("geheim naam.csv", CSV),
        },
        "drop": {"drop-dropped_reason": "Overbodig."},
        "resume": {"resume-progress": "10", "resume-note": "Toch nodig."},
    }


@pytest.mark.parametrize("act", ["progress", "done", "evidence"])
def test_the_owner_and_colleagues_report_and_nobody_else_of_the_institution(
    cast: Cast, act: str
) -> None:
    colleague = with_role("Ria Collega", Role.INSTITUTION, institution())
    for by, owner, expected in (
        (cast.institution, cast.institution, 302),
        (colleague, cast.institution, 302),
        (cast.institution, None, 403),
        (cast.institution, cast.contract_manager, 403),
        (cast.adviser, cast.institution, 302),
        (cast.groningen_contract_manager, None, 302),
        (cast.alderman, cast.institution, 403),
        (cast.auditor, cast.institution, 403),
        (cast.council_member, cast.institution, 404),
    ):
        row = make_action(cast.adviser, owner=owner)
        response = post(by, url("action", row.public_id), act=act, **acts(row)[act])
        assert response.status_code == expected, (by.name, owner)


@pytest.mark.parametrize("act", ["drop", "resume"])
def test_only_who_records_drops_an_action_or_takes_it_up_again(
    cast: Cast, own: PlanAction, act: str
) -> None:
    address = url("action", own.public_id)
    assert post(cast.institution, address, act=act, **acts(own)[act]).status_code == 403
    if act == "resume":
        post(cast.adviser, address, act="drop", **acts(own)["drop"])
    assert post(cast.adviser, address, act=act, **acts(own)[act]).status_code == 302
    own.refresh_from_db()
    assert bool(own.dropped_on) is (act == "drop")


def test_the_owner_changes_nothing_of_what_was_agreed(cast: Cast, own: PlanAction) -> None:
    assert post(cast.institution, url("action_edit", own.public_id), title="X").status_code == 403
    post(
        cast.institution,
        url("action", own.public_id),
        act="progress",
        **acts(own)["progress"],
        due_on="2030-01-01",
        title="Iets anders",
    )
    own.refresh_from_db()
    assert (own.title, own.due_on, own.progress) == (
        "Een planbord per team",
        date(2026, 6, 1),
        30,
    )


def test_what_is_no_act_is_refused(cast: Cast, own: PlanAction) -> None:
    for act in ("", "delete", "progress "):
        assert post(cast.adviser, url("action", own.public_id), act=act).status_code == 403


def test_a_refused_report_shows_its_sentence_and_keeps_what_was_typed(
    cast: Cast, own: PlanAction
) -> None:
    data = {"progress-progress": "100", "progress-note": "Klaar"}
    response = post(cast.institution, url("action", own.public_id), act="progress", **data)
    page = response.content.decode()
    assert "Honderd procent is klaar" in page
    assert 'value="Klaar"' in page


def test_the_page_tells_what_was_reported_by_whom_and_keeps_the_history(
    cast: Cast, own: PlanAction
) -> None:
    post(cast.institution, url("action", own.public_id), act="progress", **acts(own)["progress"])
    page = read(cast.alderman, url("action", own.public_id))
    assert "Eerste team klaar." in page
    assert "Petra Instelling" in page
    assert 'id="history"' in page


def test_evidence_is_kept_by_nobody_on_the_way_and_has_a_name_of_its_title(
    cast: Cast, own: PlanAction
) -> None:
    post(cast.institution, url("action", own.public_id), act="evidence", **acts(own)["evidence"])
    version = EvidenceVersion.objects.get()
    response = client_of(cast.alderman).get(url("evidence", own.public_id, version.public_id))
    assert response["Cache-Control"] == "no-store, private"
    assert 'filename="rooster-v1.csv"' in response["Content-Disposition"]
    assert "attachment" in response["Content-Disposition"]
    other = make_action(cast.adviser)
    address = url("evidence", other.public_id, version.public_id)
    assert client_of(cast.alderman).get(address).status_code == 404


def test_evidence_is_good_on_its_last_day_and_said_to_be_stale_after(
    cast: Cast, own: PlanAction
) -> None:
    add_evidence(
        action=own,
        title="Rooster",
        data=CSV,
        expires_on=date(2025, 8, 31),
        at=AT,
        by=cast.institution,
    )
    address = url("action", own.public_id)
    assert "niet meer geldig" not in read(cast.alderman, f"{address}?on=2025-08-31")
    assert "niet meer geldig" in read(cast.alderman, f"{address}?on=2025-09-01")
    add_evidence(action=own, title="Rooster", data=CSV, expires_on=None, at=AT, by=cast.institution)
    assert "niet meer geldig" not in read(cast.alderman, f"{address}?on=2025-09-01")
    assert Evidence.objects.count() == 1


def test_a_file_with_numbers_of_persons_is_refused_without_repeating_them(
    cast: Cast, own: PlanAction
) -> None:
    data = {
        "evidence-title": "Lijst",
        "evidence-file": SimpleUploadedFile("x.csv", b"naam;bsn\nx;111222333\n"),
    }
    page = post(cast.institution, url("action", own.public_id), act="evidence", **data)
    assert page.status_code == 200
    assert "111222333" not in page.content.decode()
    assert not EvidenceVersion.objects.exists()


@pytest.fixture
def chain(cast: Cast) -> dict[str, PlanAction]:
    """Findings and actions as ``make_chain`` makes them."""
    return make_chain(cast)


def test_the_table_runs_from_finding_to_judgement(cast: Cast, chain: dict[str, PlanAction]) -> None:
    page = read(cast.alderman, url("findings") + "?on=2025-09-30")
    for words in (
        "niemand aangewezen",
        "Te weinig mensen.",
        "Een planbord per team",
        "Vaste werker en eerste contact binnen vijf werkdagen",
        "gesloten",
        "Een losse actie",
        "nog geen actie",
        "1 is te laat",
        "1 open bevinding heeft nog geen actie",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "stay"),
    [
        ("", {"niemand", "geen plan", "losse"}),
        ("overdue=on", {"niemand"}),
        ("state=no_action", {"geen plan"}),
        ("state=finding_closed", {"niemand"}),
        ("state=finding_open", {"geen plan"}),
        ("state=running", {"niemand", "losse"}),
        ("state=done", set()),
        ("owner=de-bestuurder", {"losse"}),
        ("body=kmi", {"niemand", "geen plan"}),
        ("body=kmi&overdue=on", {"niemand"}),
        ("state=iets&body=niemand&owner=%00&theme=x", {"niemand", "geen plan", "losse"}),
    ],
)
def test_filters_stand_in_the_address_and_what_is_no_choice_filters_nothing(
    cast: Cast, chain: dict[str, PlanAction], query: str, stay: set[str]
) -> None:
    page = read(cast.alderman, f"{url('findings')}?on=2025-09-30&{query}")
    body = page.split("<tbody")[1] if "<tbody" in page else ""
    shown = {
        key
        for key, words in {
            "niemand": "niemand aangewezen",
            "geen plan": "Verzonnen: geen plan.",
            "losse": "Een losse actie",
        }.items()
        if words in body
    }
    assert shown == stay


def test_on_its_last_day_an_action_is_not_late(cast: Cast, chain: dict[str, PlanAction]) -> None:
    assert "Er is er geen te laat." in read(cast.alderman, url("findings") + "?on=2025-09-01")
    assert "1 is te laat." in read(cast.alderman, url("findings") + "?on=2025-09-02")


def test_an_action_is_recorded_and_changed_by_its_form(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    data = {
        "findings": [finding.public_id],
        "title": "Nieuwe actie",
        "owner_name": "Teamleider",
        "owner": cast.institution.public_id,
        "due_on": "2026-01-31",
        "cost": "1250,50",
        "kpi": "contact_5wd",
        "works_from": "2025-09",
    }
    assert post(cast.contract_manager, url("action_new"), **data).status_code == 302
    row = PlanAction.objects.get()
    assert (row.works_from, str(row.cost), row.owner) == (
        date(2025, 9, 1),
        "1250.50",
        cast.institution,
    )
    edit = url("action_edit", row.public_id)
    assert post(cast.adviser, edit, **{**data, "due_on": "2026-02-28"}).status_code == 302
    row.refresh_from_db()
    assert row.due_on == date(2026, 2, 28)
    assert row.history.latest().history_user == cast.adviser


def test_a_figure_of_twelve_months_is_no_figure_to_move(cast: Cast) -> None:
    data = {"title": "x", "owner_name": "y", "due_on": "2026-01-31", "kpi": "absence_12m"}
    page = post(cast.adviser, url("action_new"), **data)
    assert page.status_code == 200
    assert "twaalf maanden" in page.content.decode()


def test_the_form_starts_with_what_the_address_names(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    page = read(cast.adviser, f"{url('action_new')}?finding={finding.public_id}&plan=x")
    assert f'value="{finding.public_id}"' in page
    assert "checked" in page
