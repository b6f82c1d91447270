from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from audits.oversight.selectors import inspections_known, latest_inspection
from audits.oversight.sentences import certificate_sentence, supervision_sentence
from certification.certificates.selectors import certificate_on, status_on
from certification.models import (
    Certificate,
    CertificateCondition,
    CertificateDecision,
)
from certification.models.decisions import DecisionKind
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.public_facts import FACTS
from reports.demo.recording import public_source, record_oversight
from tests.factories.people import person
from tests.factories.supervision import TODAY, record_public_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution() -> Institution:
    record_public_facts()
    return Institution.objects.get(code="jbn")


def test_before_any_known_decision_no_certificate_is_known(institution: Institution) -> None:
    assert certificate_on(institution, date(2024, 12, 20)) is None


def test_the_bridging_certificate_ends_at_about_the_last_day_of_its_month(
    institution: Institution,
) -> None:
    view = certificate_on(institution, date(2025, 8, 20))
    assert view is not None
    assert (view.kind, view.until, view.about, view.days_left) == (
        "bridging",
        date(2025, 9, 30),
        True,
        41,
    )
    with translation.override("nl"):
        assert view.until_words == "ongeveer 30 september 2025"


def test_conditions_count_from_the_day_they_were_met(institution: Institution) -> None:
    counts = []
    for day in (date(2025, 6, 12), date(2025, 6, 13), date(2025, 9, 15)):
        view = certificate_on(institution, day)
        assert view is not None
        counts.append((view.conditions_met, len(view.conditions)))
    assert counts == [(0, 3), (1, 3), (1, 3)]


def test_the_september_decision_takes_over_and_its_term_is_not_known(
    institution: Institution,
) -> None:
    before = certificate_on(institution, date(2025, 9, 15))
    after = certificate_on(institution, date(2025, 9, 16))
    assert before is not None
    assert before.kind == "bridging"
    assert after is not None
    assert (after.kind, after.until, after.days_left, after.term_unknown) == (
        "certificate",
        None,
        None,
        True,
    )


def test_a_certificate_past_its_last_day_no_longer_holds(institution: Institution) -> None:
    Certificate.objects.get(kind="certificate").delete()
    assert certificate_on(institution, date(2025, 9, 30)) is not None
    assert certificate_on(institution, date(2025, 10, 1)) is None


def test_a_withdrawn_certificate_does_not_hold_from_the_day_that_the_withdrawal_works(
    institution: Institution,
) -> None:
    certificate = Certificate.objects.get(kind="certificate")
    source = public_source("skipr-kmi")
    CertificateDecision(
        certificate=certificate,
        kind=DecisionKind.WITHDRAWN,
        ground="c",
        decided_on=date(2025, 9, 18),
        decided_precision="day",
        decided_source=source,
        effective_on=date(2025, 9, 20),
        effective_precision="day",
        effective_source=source,
    ).save()
    kinds = [
        view.kind if (view := certificate_on(institution, date(2025, 9, day))) else ""
        for day in (19, 20)
    ]
    assert kinds == ["certificate", "bridging"]


def test_a_suspension_that_is_lifted_leaves_the_certificate_as_it_was(
    institution: Institution,
) -> None:
    certificate = Certificate.objects.get(kind="certificate")
    for kind, day in ((DecisionKind.SUSPENDED, 20), (DecisionKind.RESUMED, 27)):
        CertificateDecision(
            certificate=certificate,
            kind=kind,
            decided_on=date(2025, 9, day),
            decided_precision="day",
            decided_source=public_source("skipr-kmi"),
        ).save()
    stands = [
        status_on(Certificate.objects.get(pk=certificate.pk), date(2025, 9, day))
        for day in (19, 20, 26, 27)
    ]
    assert stands == ["granted", "suspended", "suspended", "granted"]


def test_the_two_judgements_stand_apart_from_the_term(institution: Institution) -> None:
    view = certificate_on(institution, date(2025, 1, 15))
    assert view is not None
    assert view.improvement_plausible is True
    assert view.no_fundamental_shortcomings is True
    assert view.months == 9


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2024, 12, 1), "Er is geen certificaat bekend dat op deze dag geldt."),
        (date(2025, 8, 20), "Het overbruggingscertificaat loopt over ongeveer 41 dagen af."),
        (
            date(2025, 9, 29),
            "Er is een certificaat van het Keurmerkinstituut (16 september 2025). "
            "Hoe lang het geldt, is niet bekend.",
        ),
    ],
)
def test_the_first_sentence_says_how_long_the_certificate_holds(
    institution: Institution, day: date, sentence: str
) -> None:
    with translation.override("nl"):
        assert certificate_sentence(certificate_on(institution, day), day) == sentence


def test_the_inspection_keeps_its_own_scale_and_measure(institution: Institution) -> None:
    view = latest_inspection(institution, date(2025, 9, 30))
    assert view is not None
    assert (view.judgement, view.measure) == ("mostly_fails", "heightened")
    assert view.authorities == (
        "Inspectie Gezondheidszorg en Jeugd",
        "Inspectie Justitie en Veiligheid",
    )
    with translation.override("nl"):
        assert supervision_sentence(view).endswith("tot en met ongeveer 31 januari 2026.")


def test_before_its_report_an_inspection_has_no_judgement(institution: Institution) -> None:
    view = latest_inspection(institution, date(2025, 7, 1))
    assert view is not None
    assert (view.judgement, view.measure, view.published) == ("not_judged", "none", None)
    assert inspections_known(institution, date(2025, 2, 26)) == []


def test_recording_the_same_facts_twice_changes_nothing(institution: Institution) -> None:
    counts = (Certificate.objects.count(), CertificateCondition.objects.count())
    assert not record_oversight(facts=FACTS, today=TODAY, by=person("Iemand Anders"))
    assert (Certificate.objects.count(), CertificateCondition.objects.count()) == counts


def test_certificates_keep_their_history(institution: Institution) -> None:
    certificate = Certificate.objects.get(kind="bridging")
    certificate.remark = "Anders"
    certificate.save()
    assert certificate.history.count() == 2


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"decided_precision": "month"}, "certificate_decided"),
        ({"ends_on": date(2025, 9, 30), "ends_precision": ""}, "certificate_ends"),
        (
            {"ends_on": date(2025, 9, 30), "ends_precision": "day", "ends_source": None},
            "certificate_days_have_a_source",
        ),
    ],
)
def test_the_database_refuses_days_that_make_no_sense(
    institution: Institution, changes: dict[str, object], constraint: str
) -> None:
    source = public_source("kmi")
    row = Certificate(
        institution=institution,
        authority=Authority.objects.get(code="kmi"),
        kind="provisional",
        status="granted",
        decided_on=date(2024, 5, 2),
        decided_precision="day",
        decided_source=source,
        ends_source=source,
    )
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()
