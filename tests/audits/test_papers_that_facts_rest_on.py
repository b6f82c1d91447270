"""Documents and passages are chosen in forms and shown on pages, as far as their embargo goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audits.documents.actions.documents import Embargo, withdraw
from audits.documents.actions.passages import add_passage
from audits.models.audits import Audit
from audits.models.findings import Finding
from certification.models import CertificateCondition, DocumentVersion, Passage
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError
from tests.audits.audits_cast import make_audit, make_finding, source
from tests.audits.certificate_cast import make_certificate, make_condition
from tests.audits.inspection_world import make_world
from tests.audits.time_line_cast import read, signed_in
from tests.factories.papers import paper
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
TITLE = "Rapport van de audit"


def address(name: str, *ids: str) -> str:
    return reverse(f"audits:{name}", args=["jbn", *ids])


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return make_audit(cast.adviser)


@pytest.fixture
def report(cast: Cast) -> DocumentVersion:
    return paper(by=cast.adviser, at=utc_now(), title=TITLE)


def sealed(cast: Cast) -> DocumentVersion:
    now = utc_now()
    until = Embargo(until=now + timedelta(days=1), releaser=cast.second_adviser)
    return paper(by=cast.adviser, at=now, embargo=until, title=TITLE)


def quoted(version: DocumentVersion, by: User) -> Passage:
    return add_passage(
        version=version, place="p. 3", quote="Woorden uit het rapport", at=utc_now(), by=by
    )


def audit_form(audit: Audit, **changes: str) -> dict[str, str]:
    assert audit.held_source is not None
    return {
        "authority": "kmi",
        "kind": audit.kind,
        "sequence_no": str(audit.sequence_no),
        "held": "13 juni 2025",
        "held_source": audit.held_source.code,
        "framework": audit.framework.public_id if audit.framework else "",
        **changes,
    }


def finding_form(report: DocumentVersion, **changes: object) -> dict[str, object]:
    return {
        "category": "tekortkoming",
        "text": "Verzonnen.",
        "source": report.document.source.code,
        **changes,
    }


def test_the_report_of_an_audit_is_chosen_and_becomes_a_link(
    cast: Cast, audit: Audit, report: DocumentVersion
) -> None:
    edit = address("audit_edit", audit.public_id)
    assert TITLE in read(cast.contract_manager, edit)
    sent = audit_form(audit, document=report.document.public_id)
    assert signed_in(cast.contract_manager).post(edit, sent).status_code == 302
    page = read(cast.alderman, address("audit", audit.public_id))
    assert f'href="{address("document", report.document.public_id)}"' in page
    assert signed_in(cast.adviser).post(edit, audit_form(audit)).status_code == 302
    assert TITLE not in read(cast.alderman, address("audit", audit.public_id))


def test_a_paper_under_embargo_is_not_offered_and_not_taken(cast: Cast, audit: Audit) -> None:
    hidden = sealed(cast)
    edit = address("audit_edit", audit.public_id)
    for user in (cast.adviser, cast.contract_manager):
        assert TITLE not in read(user, edit)
        sent = audit_form(audit, document=hidden.document.public_id)
        page = signed_in(user).post(edit, sent).content.decode()
        assert "id_document_error" in page
    audit.refresh_from_db()
    assert audit.document is None


def test_a_document_that_was_withdrawn_stays_without_its_title(
    cast: Cast, audit: Audit, report: DocumentVersion
) -> None:
    edit = address("audit_edit", audit.public_id)
    sent = audit_form(audit, document=report.document.public_id)
    client = signed_in(cast.contract_manager)
    client.post(edit, sent)
    withdraw(version=report, reason="Verkeerd stuk.", at=utc_now(), by=cast.adviser)
    page = read(cast.contract_manager, edit)
    assert TITLE not in page
    assert "het document dat er nu staat; het is niet openbaar" in page
    assert client.post(edit, sent).status_code == 302
    audit.refresh_from_db()
    assert audit.document == report.document
    assert TITLE not in read(cast.alderman, address("audit", audit.public_id))


def test_the_report_of_an_inspection_is_chosen_and_becomes_a_link(
    cast: Cast, report: DocumentVersion
) -> None:
    world = make_world(by=cast.adviser)
    world.publish()
    form = address("inspected_report", world.place.public_id, world.place.public_id)
    assert TITLE in read(cast.adviser, form)
    sent = {
        "published": "24 juli 2025",
        "published_source": world.source.code,
        "judgement": "mostly_fails",
        "document": report.document.public_id,
    }
    assert signed_in(cast.adviser).post(form, sent).status_code == 302
    path = address("inspection", world.place.public_id)
    link = f'href="{address("document", report.document.public_id)}"'
    assert link in read(cast.alderman, path)
    assert link not in read(cast.alderman, f"{path}?on=2025-07-01")


def test_a_finding_rests_on_a_passage_and_belongs_to_a_condition(
    cast: Cast, audit: Audit, report: DocumentVersion
) -> None:
    passage = quoted(report, cast.adviser)
    condition = make_condition(make_certificate(cast.adviser), cast.adviser)
    new = address("finding_new", audit.public_id)
    page = read(cast.adviser, new)
    assert "Woorden uit het rapport" in page
    assert condition.text in page
    sent = finding_form(report, passage=passage.public_id, conditions=[condition.public_id])
    assert signed_in(cast.adviser).post(new, sent).status_code == 302
    finding = Finding.objects.get()
    assert (finding.passage, list(finding.conditions.all())) == (passage, [condition])
    assert finding.history.first().history_user == cast.adviser
    page = read(cast.alderman, address("audit", audit.public_id))
    assert "Woorden uit het rapport" in page
    assert condition.text in page


def test_the_same_finding_again_changes_nothing_and_leaving_out_takes_away(
    cast: Cast, audit: Audit, report: DocumentVersion
) -> None:
    passage = quoted(report, cast.adviser)
    condition = make_condition(make_certificate(cast.adviser), cast.adviser)
    sent = finding_form(report, passage=passage.public_id, conditions=[condition.public_id])
    client = signed_in(cast.adviser)
    client.post(address("finding_new", audit.public_id), sent)
    finding = Finding.objects.get()
    kept = finding.history.count()
    edit = address("finding_edit", audit.public_id, finding.public_id)
    client.post(edit, sent)
    assert finding.history.count() == kept
    client.post(edit, finding_form(report))
    finding.refresh_from_db()
    assert finding.passage is None
    assert not finding.conditions.exists()


def test_a_passage_under_embargo_is_neither_offered_taken_nor_shown(
    cast: Cast, audit: Audit
) -> None:
    hidden = sealed(cast)
    passage = quoted(hidden, cast.adviser)
    finding = make_finding(audit, cast.adviser)
    finding.passage = passage
    finding.save()
    pages = [
        address("finding_new", audit.public_id),
        address("finding_edit", audit.public_id, finding.public_id),
        address("audit", audit.public_id),
    ]
    for path in pages:
        page = read(cast.contract_manager, path)
        assert "Woorden uit het rapport" not in page, path
        assert "p. 3" not in page, path
    sent = finding_form(hidden, source=source().code, passage=passage.public_id)
    response = signed_in(cast.contract_manager).post(pages[0], sent)
    assert "id_passage_error" in response.content.decode()


def refused(audit: Audit, cast: Cast, **changes: Any) -> RefusedError:
    with pytest.raises(RefusedError) as error:
        make_finding(audit, cast.adviser, **changes)
    return error.value


def test_a_passage_of_another_paper_than_the_source_is_refused(
    cast: Cast, audit: Audit, report: DocumentVersion
) -> None:
    passage = quoted(report, cast.adviser)
    assert refused(audit, cast, passage=passage).field == "passage"


def test_a_condition_of_another_institution_is_refused(cast: Cast, audit: Audit) -> None:
    certificate = make_certificate(cast.adviser)
    certificate.institution = Institution.objects.create(code="elders", name="Elders")
    condition = CertificateCondition(certificate=certificate, text="Elders", source=source())
    assert refused(audit, cast, conditions=(condition,)).field == "conditions"
