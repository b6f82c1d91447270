from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from audits.audits_held.actions.findings import ReviewJudgement, review_findings, save_cause
from audits.audits_held.imports import COLUMNS, EXAMPLE
from audits.audits_held.rules.findings import Judged
from audits.frameworks.actions import load_shipped
from audits.models.audits import Audit
from audits.models.findings import Cause, CauseKind, Finding, FindingCategory, FindingReview
from certification.models.frameworks import NormFramework
from certification.models.sources import Source
from jbn_oversight.accounts.models import Role, User
from tests.audits.audits_cast import make_audit, make_finding, said, scheme, source, theme
from tests.audits.test_oversight_page import MAY_SEE
from tests.factories.people import Cast

LIST = "/oversight/jbn/audits/"
MAY_RECORD = {Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}
MAY_ACT = {*MAY_RECORD, Role.INSTITUTION}

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def address(name: str, *ids: str) -> str:
    return reverse(f"audits:{name}", args=["jbn", *ids])


def read(user: User, path: str) -> str:
    response = signed_in(user).get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return make_audit(cast.adviser, planned=said("2025-05"))


@pytest.fixture
def finding(audit: Audit, cast: Cast) -> Finding:
    return make_finding(audit, cast.adviser)


def test_who_sees_the_pages_and_who_does_not(cast: Cast, audit: Audit, finding: Finding) -> None:
    pages = [
        LIST,
        address("audit", audit.public_id),
        address("frameworks"),
        address("findings_example"),
        address("framework_example"),
        *(address("register_xlsx", name) for name in ("audits", "findings")),
    ]
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        client = signed_in(user)
        found = {client.get(page).status_code for page in pages}
        assert found == ({200} if roles & MAY_SEE else {404}), name


def test_who_records_who_only_sees_and_for_whom_it_does_not_exist(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    forms = [
        address("audit_new"),
        address("audit_edit", audit.public_id),
        address("audit_review", audit.public_id),
        address("findings_import", audit.public_id),
        address("finding_new", audit.public_id),
        address("finding_edit", audit.public_id, finding.public_id),
        address("framework_load"),
        address("finding_categories"),
        address("finding_category", "tekortkoming"),
    ]
    causes = [address("cause_new", audit.public_id, finding.public_id)]
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        for pages, may in ((forms, MAY_RECORD), (causes, MAY_ACT)):
            expected = 200 if roles & may else 403 if roles & MAY_SEE else 404
            client = signed_in(user)
            assert {client.get(page).status_code for page in pages} == {expected}, name
            if expected != 200:
                assert {client.post(page).status_code for page in pages} == {expected}, name


def test_what_is_of_another_audit_or_does_not_exist_is_not_found(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    second = make_audit(cast.adviser, 2, "2025-09-16")
    cause = save_cause(
        cause=Cause(finding=finding, kind=CauseKind.STAFF, text="x"), by=cast.adviser
    )
    other = make_finding(audit, cast.adviser, "9")
    client = signed_in(cast.adviser)
    for path in (
        "/oversight/elders/audits/",
        address("audit", "A" * 22),
        address("finding_edit", second.public_id, finding.public_id),
        address("cause_edit", audit.public_id, other.public_id, cause.public_id),
        address("finding_category", "bestaat-niet"),
    ):
        assert client.get(path).status_code == 404, path


def test_without_signing_in_there_is_only_the_way_to_sign_in(client: Client) -> None:
    answer = client.get(LIST)
    assert answer.status_code == 404
    assert f"{reverse('account_login')}?next=" in answer.content.decode()


def test_before_anything_is_recorded_the_list_says_what_will_stand_there(cast: Cast) -> None:
    page = read(cast.alderman, LIST)
    assert "Er zijn nog geen audits bekend" in page


def test_the_page_answers_first_and_shows_planned_beside_held(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    make_finding(
        audit, cast.adviser, "3.2", deviation_accepted=True, deviation_rationale="Het kon niet."
    )
    second = make_audit(cast.adviser, 2, "2025-09-16", follow_up_of=audit)
    review_findings(
        re_audit=second,
        judgements={finding: ReviewJudgement(Judged.CLOSED, "Hersteld.")},
        source=source(),
        by=cast.adviser,
    )
    page = read(cast.alderman, address("audit", audit.public_id) + "?on=2025-10-01")
    assert "Er staat nog 1 bevinding open, van de 2: 1 × tekortkoming." in page
    assert page.index("mei 2025") < page.index("13 juni 2025")
    assert "Afwijking aanvaard, omdat:" in page
    assert "Het kon niet." in page
    assert "gesloten bij tussentijdse audit 2" in page
    assert "Hersteld." in page
    before = read(cast.alderman, address("audit", audit.public_id) + "?on=2025-07-01")
    assert "Hersteld." not in before
    later = read(cast.alderman, address("audit", second.public_id) + "?on=2025-10-01")
    assert "Deze audit beoordeelde 1 eerdere bevinding: 1 gesloten." in later
    assert "Daan Adviseur" in page  # in the history


def test_what_readers_read_has_no_forms_in_it(cast: Cast, audit: Audit, finding: Finding) -> None:
    page = read(cast.alderman, address("audit", audit.public_id))
    assert "/edit/" not in page
    assert "/causes/" not in page
    assert "/causes/new/" in read(cast.institution, address("audit", audit.public_id))
    assert "/edit/" in read(cast.contract_manager, address("audit", audit.public_id))


def test_an_adviser_records_an_audit_with_a_new_source(cast: Cast) -> None:
    framework = scheme()
    client = signed_in(cast.adviser)
    sent = {
        "authority": "kmi",
        "kind": "interim",
        "sequence_no": "1",
        "planned": "mei 2025",
        "planned_source": "new",
        "held": "13 juni 2025",
        "held_source": "new",
        "framework": framework.public_id,
        "new_source_publisher": "Gemeenten in Drenthe",
        "new_source_title": "Brief aan de raden",
    }
    response = client.post(address("audit_new"), sent)
    audit = Audit.objects.get()
    assert response["Location"] == address("audit", audit.public_id)
    assert (str(audit.planned_on), audit.planned_precision) == ("2025-05-01", "month")
    assert audit.held_source == audit.planned_source
    assert audit.history.get().history_user == cast.adviser
    code = Source.objects.get(title="Brief aan de raden").code
    sent.update(outcome_known="12-06-2025", outcome_known_source=code)
    sent.update(planned_source=code, held_source=code)
    del sent["new_source_publisher"], sent["new_source_title"]
    page = client.post(address("audit_edit", audit.public_id), sent).content.decode()
    assert "De uitkomst ligt vóór de dag waarop de audit is gehouden." in page
    del sent["outcome_known"], sent["outcome_known_source"]
    assert client.post(address("audit_edit", audit.public_id), sent).status_code == 302


def test_a_pasted_letter_fills_the_form_and_is_kept_nowhere(cast: Cast) -> None:
    letter = (
        "De audit heeft op 13 juni 2025 plaatsgevonden. De volgende audit zal in september 2025 "
        "plaatsvinden."
    )
    sent = {"letter": letter, "read_letter": "1"}
    page = signed_in(cast.adviser).post(address("audit_new"), sent).content.decode()
    assert 'name="held" value="13 juni 2025"' in page
    assert 'name="planned" value="september 2025"' in page
    assert not Audit.objects.exists()


def test_a_refused_audit_leaves_no_source_behind(cast: Cast, audit: Audit) -> None:
    before = Source.objects.count()
    sent = {
        "authority": "kmi",
        "kind": "interim",
        "sequence_no": "1",
        "held": "13 juni 2025",
        "held_source": "new",
        "new_source_publisher": "Niemand",
        "new_source_title": "Niets",
    }
    response = signed_in(cast.adviser).post(address("audit_new"), sent)
    assert "Geef het volgende nummer." in response.content.decode()
    assert Source.objects.count() == before


def test_an_adviser_records_and_changes_a_finding(cast: Cast, audit: Audit) -> None:
    client = signed_in(cast.adviser)
    sent = {
        "reference": "3.1",
        "norm": f"t{theme().pk}",
        "category": "kritisch-feit",
        "text": "Verzonnen.",
        "source": source().code,
        "deviation_accepted": "on",
    }
    page = client.post(address("finding_new", audit.public_id), sent).content.decode()
    assert "Schrijf op waarom de instantie de afwijking aanvaardde" in page
    sent["deviation_rationale"] = "Het kon niet anders."
    response = client.post(address("finding_new", audit.public_id), {**sent, "another": "1"})
    assert response["Location"] == address("finding_new", audit.public_id)
    finding = Finding.objects.get()
    assert (finding.theme, finding.deviation_rationale) == (theme(), "Het kon niet anders.")
    edit = address("finding_edit", audit.public_id, finding.public_id)
    assert "Het kon niet anders." in read(cast.adviser, edit)
    client.post(edit, {**sent, "text": "Toch anders.", "due": "eind september 2025"})
    finding.refresh_from_db()
    assert (finding.text, finding.due_precision) == ("Toch anders.", "part_of_month")
    assert finding.due_source == source()  # that of the finding, unless another is chosen
    client.post(edit, {**sent, "due": "eind september 2025", "due_source": source("krant").code})
    finding.refresh_from_db()
    assert finding.due_source == source("krant")


def test_the_institution_adds_a_cause_and_nothing_else(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    client = signed_in(cast.institution)
    new = address("cause_new", audit.public_id, finding.public_id)
    client.post(new, {"kind": "staff", "text": "Te weinig mensen."})
    cause = Cause.objects.get()
    assert cause.history.get().history_user == cast.institution
    again = client.post(new, {"kind": "money", "text": "Te weinig mensen."}).content.decode()
    assert "Deze oorzaak staat er al." in again
    edit = address("cause_edit", audit.public_id, finding.public_id, cause.public_id)
    client.post(edit, {"kind": "money", "text": "Te weinig geld."})
    cause.refresh_from_db()
    assert (cause.kind, cause.text) == ("money", "Te weinig geld.")


def test_a_re_audit_judges_all_findings_of_earlier_audits_at_once(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    other = make_finding(audit, cast.adviser, "3.2")
    second = make_audit(cast.adviser, 2, "2025-09-16")
    client = signed_in(cast.adviser)
    path = address("audit_review", second.public_id)
    page = client.get(path).content.decode()
    assert 'value="still_open"' in page
    assert 'value="reopened"' not in page
    sent = {
        f"judged-{finding.public_id}": "closed",
        f"remark-{finding.public_id}": "Hersteld.",
        f"judged-{other.public_id}": "still_open",
        "source": source().code,
    }
    response = client.post(path, sent, follow=True)
    assert "2 oordelen zijn vastgelegd." in response.content.decode()
    assert FindingReview.objects.count() == 2
    third = make_audit(cast.adviser, 3, "2025-12-01")
    page = client.get(address("audit_review", third.public_id)).content.decode()
    assert 'value="reopened"' in page
    silent = {f"remark-{finding.public_id}": "Zonder oordeel.", "source": source().code}
    page = client.post(address("audit_review", third.public_id), silent).content.decode()
    assert "Kies een oordeel, of maak de opmerking leeg." in page
    forged = {f"judged-{other.public_id}": "reopened", "source": source().code}
    assert client.post(address("audit_review", third.public_id), forged).status_code == 200
    assert FindingReview.objects.count() == 2


def workbook(*rows: tuple[str, ...]) -> io.BytesIO:
    """A spreadsheet of findings."""
    book = Workbook()
    sheet = book.create_sheet("bevindingen", 0)
    for row in (tuple(COLUMNS), *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    out.name = "bevindingen.xlsx"
    out.seek(0)
    return out


def token_of(page: str) -> str:
    return page.split('name="rows" value="')[1].split('"', maxsplit=1)[0]


def test_a_table_is_shown_before_it_is_stored_and_twice_changes_nothing(
    cast: Cast, audit: Audit
) -> None:
    client = signed_in(cast.adviser)
    path = address("findings_import", audit.public_id)
    sent = {"source": source().code}
    page = client.post(path, {**sent, "file": workbook(*EXAMPLE)}).content.decode()
    assert "Van 2 bevindingen: 2 toegevoegd, 0 gewijzigd, 0 gebleven zoals zij waren." in page
    assert not Finding.objects.exists()
    client.post(path, {"store": "1", "rows": token_of(page)})
    assert Finding.objects.count() == 2
    again = client.post(path, {**sent, "file": workbook(*EXAMPLE)}).content.decode()
    assert "Alles vastleggen" not in again
    client.post(path, {"store": "1", "rows": token_of(again)})
    assert Finding.history.count() == 2


def test_wrong_rows_are_listed_and_nothing_is_stored(cast: Cast, audit: Audit) -> None:
    client = signed_in(cast.adviser)
    path = address("findings_import", audit.public_id)
    wrong = (EXAMPLE[0], ("3.2", "", "", "onbekend", "", "", "", ""))
    sent = {"source": source().code, "file": workbook(*wrong)}
    page = client.post(path, sent).content.decode()
    assert "Er is niets vastgelegd" in page
    assert "Kies uit: kritisch feit, tekortkoming, observatie." in page
    assert "Alles vastleggen" not in page


def test_a_preview_is_of_one_person_and_one_audit(cast: Cast, audit: Audit) -> None:
    client = signed_in(cast.adviser)
    path = address("findings_import", audit.public_id)
    sent = {"source": source().code, "file": workbook(*EXAMPLE)}
    token = token_of(client.post(path, sent).content.decode())
    second = make_audit(cast.adviser, 2, "2025-09-16")
    store = {"store": "1", "rows": token}
    client.post(address("findings_import", second.public_id), store)
    signed_in(cast.second_adviser).post(path, store)
    client.post(path, {"store": "1", "rows": token[:-1]})
    assert not Finding.objects.exists()


def test_the_example_can_be_handed_over_as_it_is(cast: Cast, audit: Audit) -> None:
    client = signed_in(cast.adviser)
    example = io.BytesIO(client.get(address("findings_example")).content)
    assert load_workbook(example).sheetnames == ["bevindingen"]
    example.seek(0)
    example.name = "voorbeeld.xlsx"
    sent = {"source": source().code, "file": example}
    page = client.post(address("findings_import", audit.public_id), sent).content.decode()
    assert "2 toegevoegd" in page


def test_the_example_of_a_framework_can_be_loaded_as_it_is_and_once(cast: Cast) -> None:
    client = signed_in(cast.adviser)
    for words in ("Het normenkader is geladen, met 3 nieuwe eisen.", "dit normenkader is er al"):
        example = io.BytesIO(client.get(address("framework_example")).content)
        example.name = "kader.csv"
        page = client.post(address("framework_load"), {"file": example}, follow=True)
        assert words in page.content.decode()
    assert NormFramework.objects.get(code="voorbeeldkader").history.count() == 1
    broken = io.BytesIO(b"kader;versie\nx;1\n")
    broken.name = "kader.csv"
    page = client.post(address("framework_load"), {"file": broken})
    assert "Vul dit in op de eerste rij." in page.content.decode()


def test_the_words_of_the_body_can_be_added_and_changed(cast: Cast) -> None:
    load_shipped(by=None)
    client = signed_in(cast.adviser)
    client.post(address("finding_categories"), {"authority": "kmi", "label": "Verbeterpunt"})
    assert FindingCategory.objects.get(code="verbeterpunt").is_shortcoming is False
    client.post(address("finding_category", "observatie"), {"label": "opmerking"})
    assert FindingCategory.objects.get(code="observatie").label == "opmerking"
    again = client.post(address("finding_category", "observatie"), {"label": "tekortkoming"})
    assert "Deze instantie heeft dit woord al." in again.content.decode()


def test_the_page_of_an_audit_reads_in_english_too(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    cast.alderman.language = "en"
    cast.alderman.save()
    page = read(cast.alderman, address("audit", audit.public_id))
    assert "1 finding is open, of 1: 1 × tekortkoming." in page


def test_who_recorded_something_later_than_the_day_shown_is_told_where_it_is(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    path = address("audit", audit.public_id)
    told = "Over deze audit is meer vastgelegd"
    assert told in read(cast.adviser, f"{path}?on=2025-06-01")
    assert told not in read(cast.alderman, f"{path}?on=2025-06-01")
    assert told not in read(cast.adviser, f"{path}?on=2026-03-02")
