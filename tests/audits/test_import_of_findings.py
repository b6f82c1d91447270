from __future__ import annotations

import pytest

from audits.audits_held.imports import COLUMNS, EXAMPLE, ImportStep, plan_import, store_import
from audits.frameworks.actions import load_framework
from audits.imports.problems import WrongFileError
from audits.models.findings import Finding
from tests.audits.audits_cast import make_audit, make_finding, said, source
from tests.audits.test_frameworks_as_data import fuller
from tests.factories.people import Cast

Rows = list[tuple[int, dict[str, str]]]

pytestmark = pytest.mark.django_db


def rows(**changes: str) -> Rows:
    """The example's rows, the second one changed."""
    made = [(number, dict(zip(COLUMNS, row, strict=True))) for number, row in enumerate(EXAMPLE, 2)]
    made[1][1].update(changes)
    return made


def test_the_example_is_stored_whole(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    stored = store_import(audit=audit, rows=rows(), source=source(), by=cast.adviser)
    assert [each.step for each in stored] == [ImportStep.NEW, ImportStep.NEW]
    first, second = Finding.objects.order_by("reference")
    assert (first.reference, str(first.category), str(first.theme)) == (
        "3.1",
        "kritisch feit",
        "Organisatie en processen",
    )
    assert first.due_source == source()
    assert (second.deviation_accepted, second.deviation_rationale) == (True, "Fictief.")
    assert first.history.get().history_user == cast.adviser


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    store_import(audit=audit, rows=rows(), source=source(), by=cast.adviser)
    again = store_import(audit=audit, rows=rows(), source=source("ander"), by=cast.adviser)
    assert [each.step for each in again] == [ImportStep.SAME, ImportStep.SAME]
    assert Finding.history.count() == 2


def test_a_row_that_says_otherwise_changes_its_finding_and_no_other(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    store_import(audit=audit, rows=rows(), source=source(), by=cast.adviser)
    other = make_finding(audit, cast.adviser, "9.9")
    changed = store_import(
        audit=audit, rows=rows(bevinding="Anders."), source=source(), by=cast.adviser
    )
    assert [each.step for each in changed] == [ImportStep.SAME, ImportStep.CHANGED]
    assert Finding.objects.get(reference="3.2").text == "Anders."
    assert other.history.count() == 1


def test_planning_stores_nothing(cast: Cast) -> None:
    planned = plan_import(audit=make_audit(cast.adviser), rows=rows(), source=source())
    assert len(planned) == 2
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("nummer", ""),
        ("nummer", "3.1"),
        ("nummer", "x" * 41),
        ("thema", "bestaat niet"),
        ("eis", "9.9"),
        ("categorie", ""),
        ("categorie", "bestaat niet"),
        ("bevinding", ""),
        ("bevinding", "x" * 5001),
        ("herstellen_voor", "eind september"),
        ("herstellen_voor", "2025-02-30"),
        ("herstellen_voor", "30-02-2025"),
        ("herstellen_voor", "2025-06-12"),
        ("afwijking_aanvaard", "misschien"),
        ("reden", ""),
        ("afwijking_aanvaard", "nee"),
    ],
)
def test_one_wrong_row_stores_none_and_says_where(cast: Cast, column: str, value: str) -> None:
    audit = make_audit(cast.adviser)
    with pytest.raises(WrongFileError) as error:
        store_import(audit=audit, rows=rows(**{column: value}), source=source(), by=cast.adviser)
    [wrong] = error.value.wrong
    assert (wrong.row, wrong.column) == (3, column)
    assert column != "bevinding" or not value or value not in wrong.sentence
    assert not Finding.objects.exists()


def test_a_file_without_rows_is_refused(cast: Cast) -> None:
    with pytest.raises(WrongFileError):
        plan_import(audit=make_audit(cast.adviser), rows=[], source=source())


def test_a_requirement_is_found_by_its_code_and_brings_its_theme(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    load_framework(file=fuller(), by=None)
    made = rows(thema="", eis="1.1", herstellen_voor="30-09-2025")
    [_first, second] = plan_import(audit=audit, rows=made, source=source())
    assert str(second.finding.requirement) == "1.1 Fictieve eis."
    assert (second.finding.due, second.finding.due_source) == said("2025-09-30")
    with pytest.raises(WrongFileError) as error:
        plan_import(audit=audit, rows=rows(thema="organisatie", eis="1.1"), source=source())
    assert error.value.wrong[0].column == "eis"


def test_an_audit_that_was_not_held_takes_no_findings(cast: Cast) -> None:
    audit = make_audit(cast.adviser, held="", planned=said("2025-09"))
    with pytest.raises(WrongFileError):
        plan_import(audit=audit, rows=rows(), source=source())
