"""The first sentence says whether it holds, until when, how long still, and what happens then."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from audits.certificates.exports import register_of_certificates, register_of_conditions
from audits.certificates.rules.states import Stand
from audits.certificates.selectors.pages import CertificatePage, certificate_page, certificates_of
from audits.selectors.visibility import SourceVisibility
from certification.certificates.selectors import status_on
from certification.models import Certificate
from certification.models.certificates import CertificateKind, CertificateStatus
from certification.models.decisions import DecisionKind
from tests.audits.certificate_cast import (
    institution,
    make_certificate,
    make_condition,
    make_decision,
    make_point,
    said,
)
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

pytestmark = pytest.mark.django_db
CONSEQUENCE = (
    "Na de laatste dag mag de instelling geen maatregelen meer uitvoeren. "
    "Iedere zaak moet dan naar een andere instelling."
)


def page(row: Certificate, day: str) -> CertificatePage:
    (fresh,) = [each for each in certificates_of(row.institution) if each.pk == row.pk]
    return certificate_page(fresh, date.fromisoformat(day))


def lead(row: Certificate, day: str) -> str:
    with translation.override("nl"):
        return " ".join(page(row, day).lead)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            "2024-12-18",
            "Op 18 december 2024 was er nog geen besluit: dat is later genomen (19 december 2024).",
        ),
        (
            "2024-12-19",
            "Op 19 december 2024 geldt dit overbruggingscertificaat nog niet: het gaat in op "
            "20 december 2024.",
        ),
        (
            "2025-08-10",
            "Op 10 augustus 2025 geldt dit overbruggingscertificaat: tot en met "
            f"20 september 2025, nog 41 dagen. {CONSEQUENCE}",
        ),
        (
            "2025-09-19",
            "Op 19 september 2025 geldt dit overbruggingscertificaat: tot en met "
            f"20 september 2025, nog 1 dag. {CONSEQUENCE}",
        ),
        (
            "2025-09-20",
            "Op 20 september 2025 geldt dit overbruggingscertificaat voor het laatst. "
            f"{CONSEQUENCE}",
        ),
        (
            "2025-09-22",
            "Op 22 september 2025 geldt dit overbruggingscertificaat niet meer: het liep 2 dagen "
            "geleden af, op 20 september 2025. Zonder een certificaat dat geldt, mag de instelling "
            "geen maatregelen uitvoeren. Iedere zaak moet dan naar een andere instelling.",
        ),
    ],
)
def test_the_first_sentence_from_day_to_day(cast: Cast, day: str, sentence: str) -> None:
    assert lead(make_certificate(cast.adviser), day) == sentence


def test_a_monday_does_not_help_a_certificate_that_ends_on_saturday(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    assert page(row, "2025-09-20").standing.stand == Stand.HOLDS
    assert page(row, "2025-09-21").standing.stand == Stand.LAPSED
    with translation.override("nl"):
        said_of_the_term = [one.words for one in page(row, "2025-09-01").terms]
    assert said_of_the_term[-1] == (
        "9 maanden vanaf 20 december 2024 eindigen op 20 september 2025. 20 september 2025 is een "
        "zaterdag en blijft de laatste dag. Een termijn van meer dan drie maanden schuift niet "
        "door naar de volgende werkdag."
    )


def test_a_last_day_on_a_working_day_needs_no_word_about_weekends(cast: Cast) -> None:
    row = make_certificate(
        cast.adviser, starts=said("2024-12-22"), decided=said("2024-12-19"), ends=said("2025-09-22")
    )
    assert len(page(row, "2025-09-01").terms) == 1


def test_the_steps_lead_to_the_last_day_and_name_the_next(cast: Cast) -> None:
    row = make_certificate(cast.adviser, applied=said("2024-10-01"))
    with translation.override("nl"):
        lines = page(row, "2025-02-20").steps
    assert [(line.step.on.on.isoformat(), line.status) for line in lines] == [
        ("2024-10-01", "gebeurd"),
        ("2024-12-19", "gebeurd"),
        ("2024-12-20", "voorbij"),
        ("2025-03-20", "komt nog"),
        ("2025-04-01", "gebeurd"),
        ("2025-09-20", "komt nog"),
        ("2025-09-21", "komt nog"),
    ]
    (coming,) = [line for line in lines if line.is_next]
    assert coming.when == "over 28 dagen"
    assert coming.step.words == (
        "Vraag het volgende certificaat uiterlijk 20 maart 2025 aan: het besluit mag zes maanden "
        "duren."
    )


def test_a_request_waits_for_six_months_at_most(cast: Cast) -> None:
    row = make_certificate(
        cast.adviser,
        status=CertificateStatus.REQUESTED,
        kind=CertificateKind.CERTIFICATE,
        decided=said("2025-08-31"),
        applied=said("2025-08-31"),
        starts=None,
        months=None,
        ends=None,
    )
    assert lead(row, "2025-09-01") == (
        "Dit certificaat is aangevraagd (31 augustus 2025). Het Keurmerkinstituut beslist "
        "uiterlijk 28 februari 2026."
    )


def test_what_was_refused_says_so(cast: Cast) -> None:
    row = make_certificate(
        cast.adviser, status=CertificateStatus.NOT_RENEWED, starts=None, months=None, ends=None
    )
    assert lead(row, "2025-01-10") == (
        "Het Keurmerkinstituut heeft dit overbruggingscertificaat niet verleend (19 december 2024)."
    )


def test_a_suspension_and_its_end(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_decision(row, cast.adviser, DecisionKind.SUSPENDED, "2025-02-01", ground="d")
    make_decision(row, cast.adviser, DecisionKind.RESUMED, "2025-03-01")
    assert lead(row, "2025-02-10").startswith(
        "Op 10 februari 2025 is dit overbruggingscertificaat geschorst (sinds 1 februari 2025)."
    )
    assert page(row, "2025-03-01").standing.stand == Stand.HOLDS


def test_a_suspended_certificate_ends_on_its_last_day_too(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_decision(row, cast.adviser, DecisionKind.SUSPENDED, "2025-09-01")
    assert page(row, "2025-09-21").standing.stand == Stand.LAPSED


def test_a_withdrawal_ends_it_on_the_day_on_which_it_works(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_decision(
        row, cast.adviser, DecisionKind.WITHDRAWN, "2025-03-01", effective=said("2025-04-01")
    )
    assert page(row, "2025-03-31").standing.stand == Stand.HOLDS
    assert lead(row, "2025-04-02").startswith(
        "Op 2 april 2025 is dit overbruggingscertificaat ingetrokken (sinds 1 april 2025)."
    )


def test_that_it_is_not_renewed_leaves_it_in_force_until_its_last_day(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_decision(row, cast.adviser, DecisionKind.NOT_RENEWED, "2025-07-01")
    assert "Het wordt niet verlengd. Na de laatste dag" in lead(row, "2025-09-20")
    fresh = Certificate.objects.get(pk=row.pk)
    stands = [status_on(fresh, date(2025, 9, day)) for day in (20, 21)]
    assert stands == ["granted", "not_renewed"]


def test_a_restriction_leaves_it_in_force_for_a_part(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_decision(row, cast.adviser, DecisionKind.RESTRICTED, "2025-03-01")
    assert "Het geldt maar voor een deel van het werk." in lead(row, "2025-03-02")


def test_a_certificate_that_took_the_place_is_named(cast: Cast) -> None:
    record_public_facts()
    bridging = Certificate.objects.get(kind="bridging")
    assert lead(bridging, "2025-09-15").startswith(
        "Op 15 september 2025 geldt dit overbruggingscertificaat: tot en met ongeveer "
        "30 september 2025, nog ongeveer 15 dagen."
    )
    assert lead(bridging, "2025-09-16") == (
        "Op 16 september 2025 geldt een ander: het certificaat kwam in de plaats van dit "
        "overbruggingscertificaat (16 september 2025)."
    )
    assert lead(bridging, "2025-10-05").endswith(
        "Ervoor in de plaats kwam het certificaat van 16 september 2025."
    )


def test_an_end_that_no_source_names_is_not_made_up(cast: Cast) -> None:
    record_public_facts()
    row = Certificate.objects.get(kind="certificate")
    assert lead(row, "2025-09-30").startswith(
        "Op 30 september 2025 geldt dit certificaat. Tot wanneer, is niet bekend."
    )
    with translation.override("nl"):
        assert [one.words for one in page(row, "2025-09-30").terms] == [
            "Volgens de wet geldt een certificaat 3 jaar.",
            "Of dat hier zo is, noemt geen bron. Daarom is de laatste dag niet ingevuld.",
        ]


@pytest.mark.parametrize(
    ("ends", "guard"), [("2025-09-20", "Jeugdautoriteit"), ("2026-01-01", "Zorgautoriteit")]
)
def test_who_watches_over_care_is_named_as_on_the_last_day(
    cast: Cast, ends: str, guard: str
) -> None:
    row = make_certificate(cast.adviser, months=None, ends=said(ends))
    with translation.override("nl"):
        told = " ".join(one.words for one in page(row, "2025-02-01").aftermath)
    assert guard in told


def test_conditions_are_met_late_or_waiting_by_the_day(cast: Cast) -> None:
    row = make_certificate(cast.adviser)
    make_condition(row, cast.adviser, "Op tijd", met=said("2025-03-01"), kpi="contact_5wd")
    make_condition(row, cast.adviser, "Nog niet", due=said("2025-06-30")[0])
    with translation.override("en"):
        words = [
            [line.word for line in page(row, day).conditions]
            for day in ("2025-02-01", "2025-06-30", "2025-07-01")
        ]
    assert words == [["not met yet", "not met yet"], ["met", "not met yet"], ["met", "overdue"]]


def test_the_registers_hold_what_the_pages_show(cast: Cast) -> None:
    row = make_certificate(cast.adviser, improvement_plausible=True)
    make_point(row, cast.adviser)
    make_condition(row, cast.adviser, met=said("2025-03-01"))
    with translation.override("nl"):
        certificates = register_of_certificates(
            institution(), date(2025, 8, 10), SourceVisibility({})
        )
        conditions = register_of_conditions(institution(), date(2025, 8, 10), SourceVisibility({}))
    (line,) = certificates.rows
    assert line[0] == "overbruggingscertificaat"
    assert "nog 41 dagen" in str(line[3])
    assert line[7:10] == ("ja", "niet bekend", "Dossiers. Waarom toch verleend: Er was een plan.")
    (condition,) = conditions.rows
    assert condition[1] == "Wachtlijst korter"
    assert condition[5:7] == ("1 maart 2025", "gehaald")


def test_before_the_decision_the_registers_are_empty(cast: Cast) -> None:
    make_certificate(cast.adviser)
    assert (
        register_of_certificates(institution(), date(2024, 12, 18), SourceVisibility({})).rows == ()
    )
