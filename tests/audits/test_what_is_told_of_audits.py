from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from audits.audits_held.actions.findings import ReviewJudgement, review_findings
from audits.audits_held.exports import register_of_audits, register_of_findings
from audits.audits_held.rules.findings import FindingState, Judged
from audits.audits_held.selectors.pages import audits_of, by_theme, findings_of, to_judge
from audits.audits_held.sentences import audit_sentence, findings_sentence
from audits.models.findings import Finding
from reports.demo.findings import FINDINGS, record_demo_findings
from tests.audits.audits_cast import (
    category,
    make_audit,
    make_finding,
    said,
    source,
    theme,
)
from tests.factories.people import Cast, institution, person
from tests.factories.supervision import TODAY, record_public_facts

DAY = date(2025, 10, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_dutch() -> object:
    with translation.override("nl"):
        yield


def test_without_findings_the_sentence_says_so() -> None:
    assert findings_sentence([]) == "Er zijn geen bevindingen vastgelegd."


def test_the_sentence_counts_what_is_open_of_how_many_by_category(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16", follow_up_of=first)
    closed = make_finding(first, cast.adviser, "1")
    make_finding(first, cast.adviser, "2")
    make_finding(
        first, cast.adviser, "3", deviation_accepted=True, deviation_rationale="Er was geen keus."
    )
    make_finding(first, cast.adviser, "4", category=category("kritisch-feit"))
    review_findings(
        re_audit=second,
        judgements={closed: ReviewJudgement(Judged.CLOSED)},
        source=source(),
        by=cast.adviser,
    )
    assert findings_sentence(findings_of(institution(), DAY)) == (
        "Er staan nog 3 bevindingen open, van de 4: 1 × kritisch feit en 2 × tekortkoming. "
        "Daarvan aanvaardde de instantie 1 afwijking."
    )
    assert findings_sentence(findings_of(institution(), date(2025, 9, 15))).startswith(
        "Er staan nog 4 bevindingen open, van de 4"
    )


def test_nothing_that_came_later_is_told(cast: Cast) -> None:
    make_finding(make_audit(cast.adviser), cast.adviser)
    assert findings_of(institution(), date(2025, 6, 12)) == []
    assert len(findings_of(institution(), date(2025, 6, 13))) == 1


def test_a_planned_audit_says_for_when(cast: Cast) -> None:
    from audits.audits_held.selectors.pages import audit_view

    audit = make_audit(cast.adviser, held="", planned=said("2025-11"))
    assert audit_sentence(audit_view(audit, DAY), []) == (
        "Deze audit staat gepland voor november 2025 en is nog niet gehouden, voor zover bekend."
    )


def test_findings_stand_under_the_themes_in_the_order_of_the_framework(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    make_finding(audit, cast.adviser, "4.1", theme=theme("samenwerking"))
    make_finding(audit, cast.adviser, "3.10")
    make_finding(audit, cast.adviser, "3.9")
    make_finding(audit, cast.adviser, "0", theme=None)
    shown = by_theme(audit, findings_of(institution(), DAY))
    assert [(each.title, [one.row.reference for one in each.findings]) for each in shown] == [
        ("Organisatie en processen", ["3.9", "3.10"]),
        ("Samenwerking", ["4.1"]),
        ("Zonder thema", ["0"]),
    ]


def test_a_re_audit_is_offered_the_findings_of_earlier_audits_only(cast: Cast) -> None:
    audits = [make_audit(cast.adviser, n, f"2025-0{n + 4}-01") for n in (1, 2, 3)]
    early, own = (make_finding(audits[n], cast.adviser, str(n)) for n in (0, 1))
    late = make_finding(audits[2], cast.adviser, "2")
    review_findings(
        re_audit=audits[2],
        judgements={early: ReviewJudgement(Judged.CLOSED)},
        source=source(),
        by=cast.adviser,
    )
    assert [(line.finding, line.state) for line in to_judge(audits[1])] == [
        (early, FindingState.OPEN)
    ]
    [first, second] = to_judge(audits[2])
    assert (first.finding, second.finding, first.state) == (early, own, FindingState.OPEN)
    assert first.review is not None
    assert first.review.outcome == "closed"
    assert late not in (first.finding, second.finding)


def test_the_demonstration_says_that_its_findings_are_made_up_and_loads_once() -> None:
    by = person("Vera Vastgelegd")
    record_public_facts(by)
    assert record_demo_findings(today=TODAY, by=by)
    assert not record_demo_findings(today=TODAY, by=by)
    assert Finding.objects.count() == len(FINDINGS)
    assert all("fictie" in row.text.casefold() for row in Finding.objects.all())
    sentence = findings_sentence(findings_of(institution(), date(2025, 9, 30)))
    assert sentence.startswith("Er staan nog 2 bevindingen open, van de 5")
    assert len(audits_of(institution())) == 2


def test_the_registers_hold_what_the_pages_show(cast: Cast) -> None:
    audit = make_audit(cast.adviser, planned=said("2025-05"))
    make_finding(audit, cast.adviser, due=said("2025-09"))
    [row] = register_of_audits(institution(), DAY).rows
    assert row[2:4] == ("mei 2025", "13 juni 2025")
    register = register_of_findings(institution(), DAY)
    [row] = register.rows
    assert row[1:3] == ("3.1", "Organisatie en processen")
    assert row[6:8] == ("open", "september 2025")
    assert register.notes[0].startswith("Er staat nog 1 bevinding open, van de 1")
    assert register_of_findings(institution(), date(2025, 6, 1)).rows == ()
