"""The pages of findings, actions, plans and studies, for each of the cast."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from audits.audits_held.recording_findings import Judgement, review_findings
from audits.audits_held.states import Judged
from audits.models import Answer, Evidence, EvidenceVersion, Plan, PlanAction, Study
from audits.plans.evidence import add_evidence
from audits.plans.recording_plans import answer, save_recommendation
from audits.register_index import REGISTERS
from jbn_oversight.accounts.models import Role, User
from tests.audits.audits_cast import TODAY, make_audit, make_finding, said, source
from tests.audits.plans_cast import make_action, make_plan, make_study
from tests.factories.people import Cast, institution, with_role

pytestmark = pytest.mark.django_db

MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}
MAY_RECORD = {Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}
CSV = b"week;rooster\n1;vol\n"
AT = datetime(2025, 7, 1, 9, tzinfo=UTC)


def client_of(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.PortalBackend")
    return client


def url(name: str, *keys: str) -> str:
    """An address of the institution."""
    return reverse(f"audits:{name}", args=["jbn", *keys])


def read(user: User, address: str) -> str:
    """The page."""
    response = client_of(user).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def roles(user: User) -> set[str]:
    """All roles of somebody."""
    return {membership.role for membership in user.memberships.all()}


def post(user: User, address: str, **data: object) -> HttpResponse:
    """What the portal answers to a form."""
    response: HttpResponse = client_of(user).post(address, data)  # type: ignore[assignment]
    return response


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
        institution=institution(),
        origin=make_study(cast.adviser),
        recommendation=None,
        number=1,
        text="Doe iets.",
        by=None,
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
    """Two findings of an audit, one judged; an action for one, late, and one of no finding."""
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    one = make_finding(first, cast.adviser, text="Verzonnen: niemand aangewezen.")
    make_finding(first, cast.adviser, "3.2", text="Verzonnen: geen plan.")
    one.causes.create(kind="staff", text="Te weinig mensen.")
    late = make_action(
        cast.adviser,
        findings=(one,),
        due_on=date(2025, 9, 1),
        kpi="contact_5wd",
        owner=cast.institution,
    )
    loose = make_action(cast.adviser, title="Een losse actie", owner_name="De bestuurder")
    review_findings(
        re_audit=second,
        judgements={one: Judgement(Judged.CLOSED)},
        source=source(),
        by=cast.adviser,
    )
    return {"late": late, "loose": loose}


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
    body = page.split("<tbody>")[1] if "<tbody>" in page else ""
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
        "owner": str(cast.institution.pk),
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


def test_plans_show_their_ties_and_progress_by_theme(cast: Cast) -> None:
    from audits.models import PlanTheme

    themes = tuple(PlanTheme.objects.all())
    one = make_plan(cast.adviser, "Herstelplan", presented=said("2025-02 late"), themes=themes)
    make_plan(cast.adviser, "Verbeterplan", presented=said("2025-05 late"), based_on=(one,))
    make_action(cast.adviser, plan=one, theme=themes[0])
    page = read(cast.alderman, url("plans") + "?on=2025-09-30")
    assert page.count("Bouwt voort op") == 1
    assert page.count("Voortgezet in") == 1
    for theme in themes:
        assert theme.label in page
    early = read(cast.alderman, url("plans") + "?on=2025-03-31")
    assert "Verbeterplan" not in early.split("<main")[1]


def test_sources_that_differ_on_who_ordered_a_study_stand_side_by_side(cast: Cast) -> None:
    make_study(
        cast.adviser,
        commissioners=(("Regio Drenthe", source("een")), ("Gemeenten", source("twee"))),
    )
    page = read(cast.alderman, url("studies"))
    assert "bronnen verschillen" in page
    assert "Bron een" in page
    assert "Bron twee" in page


def test_a_plan_and_a_study_are_recorded_by_their_forms_with_a_new_source(cast: Cast) -> None:
    new = {"new_source_publisher": "Gemeente", "new_source_title": "Brief over het plan"}
    plan = {
        "kind": "recovery_plan",
        "title": "Herstelplan",
        "made_by": "Bureau",
        "presented": "eind februari 2025",
        "presented_source": "new",
        "themes": ["leiderschap"],
        **new,
    }
    response = post(cast.adviser, url("plan_new"), **plan)
    assert response.status_code == 302, response.content.decode()
    row = Plan.objects.get()
    assert row.presented is not None
    assert row.presented.first == date(2025, 2, 21)
    study = {
        "researcher": "Bureau",
        "title": "Onderzoek",
        "cost": "84.000,00",
        "cost_source": "new",
        "ordered_by_1": "Regio Drenthe; Regio Groningen",
        "ordered_by_1_source": "new",
        **new,
    }
    response = post(cast.adviser, url("study_new"), **study)
    assert response.status_code == 302, response.content.decode()
    kept = Study.objects.get()
    assert kept.commissioners.count() == 2
    assert str(kept.cost) == "84000.00"
    page = read(cast.adviser, url("study_edit", kept.public_id))
    assert "Regio Drenthe; Regio Groningen" in page


def test_a_cost_and_who_ordered_a_study_need_a_source(cast: Cast) -> None:
    data = {"researcher": "Bureau", "title": "Onderzoek", "cost": "1", "ordered_by_2": "Regio"}
    page = post(cast.adviser, url("study_new"), **data)
    assert page.status_code == 200
    assert page.content.decode().count("Kies de bron die dit zegt.") >= 2


def test_a_decision_on_a_recommendation_says_who_when_and_why(cast: Cast) -> None:
    row = save_recommendation(
        institution=institution(),
        origin=make_study(cast.adviser),
        recommendation=None,
        number=1,
        text="Doe iets.",
        by=None,
    )
    address = url("recommendation", row.public_id)
    assert post(cast.institution, address, how="adopted").status_code == 403
    assert post(cast.adviser, address, how="rejected").status_code == 200
    assert post(cast.adviser, address, how="rejected", reason="Te duur.").status_code == 302
    page = read(cast.alderman, url("plans"))
    assert "Te duur." in page
    assert "Daan Adviseur" in page
    assert "niet overgenomen" in page


def test_a_recommendation_of_a_study_that_is_not_public_yet_is_for_who_records(
    cast: Cast,
) -> None:
    row = save_recommendation(
        institution=institution(),
        origin=make_study(cast.adviser, public=said("2025-03-27")),
        recommendation=None,
        number=1,
        text="Doe iets.",
        by=None,
    )
    address = url("recommendation", row.public_id)
    assert client_of(cast.alderman).get(f"{address}?on=2025-03-26").status_code == 404
    assert client_of(cast.alderman).get(f"{address}?on=2025-03-27").status_code == 200
    assert "Doe iets." not in read(cast.alderman, url("plans") + "?on=2025-03-26")


def test_every_register_tells_what_its_page_tells(cast: Cast, chain: dict[str, PlanAction]) -> None:
    plan = make_plan(cast.adviser)
    make_action(cast.adviser, plan=plan, title="Van het plan")
    row = save_recommendation(
        institution=institution(),
        origin=make_study(cast.adviser, commissioners=(("Regio", source("een")),)),
        recommendation=None,
        number=1,
        text="Doe iets.",
        by=None,
    )
    answer(recommendation=row, how=Answer.ADOPTED, reason="", at=AT, by=cast.adviser)
    for name, rows, words in (
        ("findings_actions", 4, "Te weinig mensen."),
        ("plans", 1, "Verzonnen plan"),
        ("recommendations", 1, "Daan Adviseur"),
        ("studies", 1, "Test: Regio"),
    ):
        register = REGISTERS[name](institution(), TODAY)
        assert len(register.rows) == rows, name
        assert words in {cell for line in register.rows for cell in line}, name
        address = reverse("audits:register_xlsx", args=["jbn", name])
        assert client_of(cast.alderman).get(address).status_code == 200


def test_the_pages_ask_the_database_a_bounded_number_of_times(
    cast: Cast, chain: dict[str, PlanAction], django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        make_action(cast.adviser, title=f"Actie {number}", findings=())
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        read(cast.alderman, url("findings"))
    with django_assert_max_num_queries(35):  # type: ignore[operator]
        read(cast.alderman, url("plans"))
