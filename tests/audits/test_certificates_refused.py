"""What cannot be is refused with a sentence that says what to change."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models.constraints import BaseConstraint
from django.utils import translation

from audits.certificates.actions.certificates import LastDayOfferedError, save_certificate
from audits.certificates.actions.parts import remove_part
from audits.certificates.actions.refusals import BY_CONSTRAINT
from certification.models import (
    Certificate,
    CertificateCondition,
    CertificateDecision,
    WeighingPoint,
)
from certification.models.certificates import CertificateKind, CertificateStatus
from certification.models.decisions import DecisionKind
from jbn_oversight.refusals import RefusedError
from reports.demo.facts import day
from tests.audits.certificate_cast import (
    TODAY,
    make_certificate,
    make_condition,
    make_decision,
    make_point,
    said,
    source,
)
from tests.factories.people import Cast
from tests.factories.said import laid

pytestmark = pytest.mark.django_db
MODELS = (Certificate, CertificateCondition, CertificateDecision, WeighingPoint)


def test_every_constraint_of_certificates_has_its_sentence() -> None:
    assert {each.name for model in MODELS for each in model._meta.constraints} == set(BY_CONSTRAINT)
    default = BaseConstraint.default_violation_error_message
    assert not [name for name, (_, says) in BY_CONSTRAINT.items() if says == default]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ends": ("2024-12-01",)}, "ends", "last day lies before the first"),
        ({"ends": ("2024-12-01",), "starts": None}, "ends", "before the decision"),
        ({"decided": ("2026-03-03",)}, "decided", "yet to come"),
        ({"decided": ("2014-12-31",)}, "decided", "Before 1 January 2015"),
        ({"applied": ("2024-12-20",)}, "applied", "before the application"),
        ({"ends": ("2025-09-22",)}, "ends", "9 months from 20 December 2024 end on 20 September"),
        ({"ends": ("2025-10",)}, "ends", "Here stands October 2025"),
        ({"months": 0}, "months", "1 to 120"),
        ({"months": 121}, "months", "1 to 120"),
        ({"kind": CertificateKind.CERTIFICATE}, "months", "36 months by law"),
        ({"kind": CertificateKind.PROVISIONAL}, "months", "24 months by law"),
        ({"status": CertificateStatus.REQUESTED}, "status", "Only a certificate that was granted"),
    ],
)
def test_a_letter_that_cannot_be_right_is_refused(
    cast: Cast, changes: dict[str, object], field: str, words: str
) -> None:
    wrong = {
        name: said(value[0]) if isinstance(value, tuple) else value
        for name, value in changes.items()
    }
    with translation.override("en"), pytest.raises(RefusedError, match=re.escape(words)) as error:
        make_certificate(cast.adviser, **wrong)
    assert error.value.field == field
    assert not Certificate.objects.exists()


def test_the_same_letter_is_accepted_without_the_mistake(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    assert row.history.get().history_user == cast.adviser
    assert row.ends == day("2025-09-20")


def test_a_last_day_that_follows_from_the_term_is_offered(cast: Cast) -> None:
    with translation.override("en"), pytest.raises(LastDayOfferedError) as error:
        make_certificate(cast.adviser, ends=None)
    assert error.value.ends == day("2025-09-20")
    assert str(error.value).startswith("9 months from 20 December 2024 end on 20 September 2025.")


def test_two_certificates_that_overlap_are_refused_by_the_database(cast: Cast) -> None:
    make_certificate(cast.adviser)
    with translation.override("en"), pytest.raises(RefusedError, match="another cert") as error:
        make_certificate(
            cast.adviser,
            kind=CertificateKind.CERTIFICATE,
            decided=said("2025-09-16"),
            starts=said("2025-09-20"),
            months=36,
            ends=said("2028-09-20"),
        )
    assert error.value.field == "starts"
    assert Certificate.objects.count() == 1


def test_a_certificate_may_begin_on_the_day_after_the_other(cast: Cast) -> None:
    make_certificate(cast.adviser)
    make_certificate(
        cast.adviser,
        kind=CertificateKind.CERTIFICATE,
        decided=said("2025-09-16"),
        starts=said("2025-09-21"),
        months=36,
        ends=said("2028-09-21"),
    )
    assert Certificate.objects.count() == 2


def test_a_decision_is_recorded_once(cast: Cast) -> None:
    make_certificate(cast.adviser, starts=None, ends=None)
    with translation.override("en"), pytest.raises(RefusedError, match="recorded already"):
        make_certificate(cast.adviser, starts=None, ends=None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"met": ("2024-12-18",)}, "met"),
        ({"met": ("2024-11",)}, "met"),
        ({"met": ("2026-03-03",)}, "met"),
        ({"due": "2024-12-18"}, "due"),
        ({"kpi": "niets"}, "kpi"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    certificate = make_certificate(cast.adviser)
    wrong: dict[str, object] = {}
    for name, value in changes.items():
        wrong[name] = said(value[0]) if isinstance(value, tuple) else value
    if "due" in wrong:
        wrong["due"] = day(str(wrong["due"]))
    with pytest.raises(RefusedError) as error:
        make_condition(certificate, cast.adviser, **wrong)  # type: ignore[arg-type]
    assert error.value.field == field


def test_a_condition_met_on_the_day_of_the_decision_is_accepted(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    row = make_condition(certificate, cast.adviser, met=said("2024-12-19"), kpi="contact_5wd")
    assert row.met == day("2024-12-19")


def test_the_decision_cannot_move_past_what_was_met_under_it(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    make_condition(certificate, cast.adviser, met=said("2024-12-19"))
    moved = laid(certificate, decided=said("2024-12-20"))
    with pytest.raises(RefusedError) as error:
        save_certificate(certificate=moved, today=TODAY, by=cast.adviser)
    assert error.value.field == "decided"


def test_the_same_condition_and_the_same_shortcoming_are_recorded_once(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    make_condition(certificate, cast.adviser)
    make_point(certificate, cast.adviser)
    with pytest.raises(RefusedError) as condition:
        make_condition(certificate, cast.adviser)
    with pytest.raises(RefusedError) as point:
        make_point(certificate, cast.adviser)
    assert (condition.value.field, point.value.field) == ("text", "shortcoming")


@pytest.mark.parametrize(
    ("kind", "decided", "words"),
    [
        (DecisionKind.SUSPENDED, "2024-12-18", "before the certificate itself"),
        (DecisionKind.SUSPENDED, "2025-09-21", "the certificate had ended"),
        (DecisionKind.SUSPENDED, "2026-03-03", "yet to come"),
        (DecisionKind.RESUMED, "2025-02-01", "no suspension to lift"),
    ],
)
def test_a_later_decision_that_cannot_be_is_refused(
    cast: Cast, kind: DecisionKind, decided: str, words: str
) -> None:
    certificate = make_certificate(cast.adviser)
    with translation.override("en"), pytest.raises(RefusedError, match=words):
        make_decision(certificate, cast.adviser, kind, decided)


def test_nothing_is_decided_after_a_withdrawal(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    make_decision(certificate, cast.adviser, DecisionKind.WITHDRAWN, "2025-03-01", ground="c")
    with translation.override("en"), pytest.raises(RefusedError, match=r"withdrawn \(1 March 2025"):
        make_decision(certificate, cast.adviser, DecisionKind.SUSPENDED, "2025-04-01")


def test_a_withdrawal_cannot_be_put_before_what_was_decided_already(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    make_decision(certificate, cast.adviser, DecisionKind.RESTRICTED, "2025-04-01")
    with pytest.raises(RefusedError):
        make_decision(certificate, cast.adviser, DecisionKind.WITHDRAWN, "2025-03-01")


def test_a_suspension_stays_while_its_end_is_recorded(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    suspended = make_decision(certificate, cast.adviser, DecisionKind.SUSPENDED, "2025-02-01")
    lifted = make_decision(certificate, cast.adviser, DecisionKind.RESUMED, "2025-03-01")
    with pytest.raises(RefusedError):
        remove_part(part=suspended, by=cast.adviser)
    remove_part(part=lifted, by=cast.adviser)
    remove_part(part=suspended, by=cast.adviser)
    assert CertificateDecision.history.filter(history_type="-").count() == 2


def test_a_decision_works_no_earlier_than_it_is_taken(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    with pytest.raises(RefusedError) as error:
        make_decision(
            certificate,
            cast.adviser,
            DecisionKind.RESTRICTED,
            "2025-02-01",
            effective=said("2025-01-31"),
        )
    assert error.value.field == "effective"


def test_only_suspending_and_withdrawing_have_a_ground(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    with pytest.raises(RefusedError) as error:
        make_decision(certificate, cast.adviser, DecisionKind.NOT_RENEWED, "2025-02-01", ground="c")
    assert error.value.field == "ground"


def test_a_certificate_that_was_only_requested_has_no_weighing_and_no_later_decision(
    cast: Cast,
) -> None:
    certificate = make_certificate(
        cast.adviser, status=CertificateStatus.REQUESTED, starts=None, months=None, ends=None
    )
    with pytest.raises(RefusedError):
        make_point(certificate, cast.adviser)
    with pytest.raises(RefusedError):
        make_decision(certificate, cast.adviser, DecisionKind.SUSPENDED, "2025-02-01")


@pytest.mark.parametrize(
    ("model", "changes", "constraint"),
    [
        (
            "certificate",
            {"applied_on": date(2024, 1, 1), "applied_source": "brief"},
            "certificate_applied",
        ),
        (
            "certificate",
            {"applied_on": date(2024, 1, 1), "applied_precision": "day"},
            "certificate_application_has_a_source",
        ),
        (
            "certificate",
            {
                "applied_on": date(2025, 1, 1),
                "applied_precision": "day",
                "applied_source": "brief",
            },
            "certificate_applied_before_decided",
        ),
        ("certificate", {"status": "withdrawn"}, "certificate_status_of_a_request"),
        ("certificate", {"ends_on": date(2024, 1, 1)}, "certificate_starts_before_it_ends"),
        ("condition", {"due_on": date(2025, 1, 2)}, "condition_due"),
        (
            "condition",
            {"met_on": date(2025, 1, 2), "met_precision": "day"},
            "condition_met_has_a_source",
        ),
        ("point", {"rationale": ""}, "weighing_point_has_a_reason"),
        (
            "decision",
            {
                "effective_on": date(2025, 1, 31),
                "effective_precision": "day",
                "effective_source": "brief",
            },
            "certificate_decision_dates",
        ),
        (
            "decision",
            {"effective_on": date(2025, 3, 1), "effective_precision": "day"},
            "certificate_decision_days_have_a_source",
        ),
    ],
)
def test_the_database_itself_refuses_by_name(
    cast: Cast, model: str, changes: dict[str, object], constraint: str
) -> None:
    certificate = make_certificate(cast.adviser)
    row = {
        "certificate": certificate,
        "condition": make_condition(certificate, cast.adviser),
        "point": make_point(certificate, cast.adviser),
        "decision": make_decision(
            certificate, cast.adviser, DecisionKind.SUSPENDED, "2025-02-01", ground="d"
        ),
    }[model]
    row.save()
    for name, value in changes.items():
        setattr(row, name, source() if value == "brief" else value)
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        row.save()
