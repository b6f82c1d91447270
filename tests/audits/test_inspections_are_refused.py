"""What cannot be so about an inspection is refused, with a sentence that says what to change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models.constraints import BaseConstraint
from django.utils import translation

from audits.inspections.actions.inspections import (
    remove,
    save_institution,
    save_message,
)
from audits.inspections.actions.measures import save_claim
from audits.inspections.actions.refusals import BY_CONSTRAINT, refused_in_words
from audits.inspections.actions.reports import VerdictFields, save_verdicts
from audits.models.inspections import (
    ClaimAbout,
    InspectedInstitution,
    Inspection,
    InterimMessage,
    Judgement,
    MeasureClaim,
    SupervisoryMeasure,
)
from certification.certificates.actions import said_columns, save_by
from certification.imprecise_days import ImpreciseDay, Precision
from certification.models.frameworks import NormFramework
from jbn_oversight.organisations.models import Authority
from jbn_oversight.refusals import RefusedError
from tests.audits.inspection_world import TODAY, World, exactly, make_world
from tests.factories.said import laid

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with translation.override("en"):
        yield make_world()


def refused(field: str, word: str = "") -> pytest.RaisesExc[RefusedError]:
    """The refusal about this field, whose sentence holds the word."""
    return pytest.RaisesExc(
        RefusedError, check=lambda error: error.field == field and word in str(error)
    )


def test_every_constraint_has_a_sentence_of_its_own() -> None:
    assert BY_CONSTRAINT
    default = BaseConstraint.default_violation_error_message
    assert not [name for name, (_, says) in BY_CONSTRAINT.items() if says == default]


def test_an_inspection_needs_a_day_and_somebody_who_inspects(world: World) -> None:
    with refused("announced", "day"):
        world.change(announced=None, fieldwork=None, planned=None)
    with refused("authorities"):
        world.change(authorities=())


def test_a_subject_belongs_to_one_inspection(world: World) -> None:
    with refused("title"):
        world.announce()


def test_an_announcement_is_not_yet_to_come(world: World) -> None:
    with refused("announced", "yet to come"):
        world.change(announced=world.said("2025-10-02"), fieldwork=None, planned=None)


def test_field_work_and_report_follow_the_announcement(world: World) -> None:
    with refused("fieldwork", "before the announcement"):
        world.change(fieldwork=world.said("2025-02-26"))
    with refused("planned", "before the announcement"):
        world.change(planned=world.said("2025-02-26"))


def test_a_rough_day_that_may_still_fit_is_believed(world: World) -> None:
    february = ImpreciseDay(date(2025, 2, 1), Precision.MONTH)
    world.change(fieldwork=(february, world.source))
    assert world.inspection.fieldwork == february


def test_the_framework_is_one_of_who_inspects(world: World) -> None:
    with refused("framework", "another authority"):
        world.change(framework=NormFramework.objects.get(code="normenkader-jb-jr"))


def test_the_framework_stays_while_verdicts_hang_on_it(world: World) -> None:
    world.publish()
    world.judge()
    with refused("framework"):
        world.change(framework=None)


def test_a_verdict_before_the_report_is_refused(world: World) -> None:
    with refused("published", "no report yet"):
        world.publish(None, judgement=Judgement.FAILS)
    with refused("published", "no report yet"):
        world.publish(None, judgement=Judgement.UNKNOWN, findings="Te laat.")
    with refused("zicht", "no report yet"):
        world.judge()


def test_a_report_is_not_yet_to_come_and_not_before_what_it_reports_on(world: World) -> None:
    with refused("published", "yet to come"):
        world.publish("2025-10-02")
    with refused("published", "before the announcement"):
        world.publish("2025-02-26")
    with refused("published", "before the field work"):
        world.publish("2025-03-09")


def test_a_report_stays_while_verdicts_hang_on_it(world: World) -> None:
    world.publish()
    world.judge()
    with refused("published", "Remove those first"):
        world.publish(None, judgement=Judgement.UNKNOWN)


def test_the_announcement_stays_before_what_came_of_it(world: World) -> None:
    world.publish("2025-03-20")
    world.change(fieldwork=None)
    with refused("announced", "report was published"):
        world.change(announced=world.said("2025-03-21"), fieldwork=None)


def test_a_verdict_is_on_a_norm_of_the_framework(world: World) -> None:
    world.publish()
    other = NormFramework.objects.get(code="normenkader-jb-jr").themes.get(code="samenwerking")
    with refused("samenwerking", "another framework"):
        save_verdicts(
            inspected=world.place,
            verdicts={other: VerdictFields(Judgement.FAILS)},
            source=world.source,
            by=world.by,
        )


def test_a_remark_needs_a_verdict(world: World) -> None:
    world.publish()
    with refused("zicht", "without a verdict"):
        world.judge(judgement=None)


def test_a_measure_before_the_announcement_or_yet_to_come_is_refused(world: World) -> None:
    with refused("imposed", "before the announcement"):
        world.impose(imposed=world.said("2025-02-26"))
    with refused("imposed", "yet to come"):
        world.impose(imposed=world.said("2025-10-02"))


def test_a_term_before_the_measure_is_refused(world: World) -> None:
    with refused("term_ends", "before the measure was imposed"):
        world.impose(term_ends=world.said("2025-07-23"))


def test_no_measure_is_not_recorded_as_one(world: World) -> None:
    with refused("kind", "Choose a measure"):
        world.impose(kind=SupervisoryMeasure.NONE)


def test_a_report_without_a_measure_has_none(world: World) -> None:
    world.publish(no_measure=True)
    with refused("kind", "no measure follows"):
        world.impose()
    world.publish(no_measure=False)
    world.impose()
    with refused("no_measure", "A measure is recorded"):
        world.publish(no_measure=True)


def test_two_running_measures_of_the_same_kind_are_refused(world: World) -> None:
    world.impose()
    with refused("kind", "running already"):
        world.impose(imposed=world.said("2025-09-01"))
    world.impose(kind=SupervisoryMeasure.INSTRUCTION)


def test_a_measure_of_a_kind_may_follow_one_that_was_lifted(world: World) -> None:
    first = world.impose()
    world.lift(first, "2025-09-01")
    with refused("imposed", "runs in these days"):
        world.impose(imposed=world.said("2025-08-31"))
    world.impose(imposed=world.said("2025-09-01"))
    with refused("kind", "running already"):
        world.lift(first, None)


def test_lifting_before_imposing_or_in_days_to_come_is_refused(world: World) -> None:
    measure = world.impose()
    with refused("ended", "before it was imposed"):
        world.lift(measure, "2025-07-23")
    with refused("ended", "yet to come"):
        world.lift(measure, "2025-10-02")


def test_a_visit_lies_within_its_measure(world: World) -> None:
    measure = world.impose()

    def visit(due: str | None, held: str | None) -> None:
        world.visit(measure, due, held)

    with refused("held", "before the measure was imposed"):
        visit(None, "2025-07-23")
    with refused("due", "before the measure was imposed"):
        visit("2025-07-23", None)
    with refused("held", "yet to come"):
        visit(None, "2025-10-02")
    with refused("due", "Give the day"):
        visit(None, None)
    visit("2025-11-01", "2025-08-20")
    with refused("imposed", "A visit lies before"):
        world.impose(measure, imposed=world.said("2025-08-21"))
    with refused("ended", "A visit lies after"):
        world.lift(measure, "2025-08-19")


def another(world: World, name: str) -> InspectedInstitution:
    """Another institution of the same inspection."""
    place = InspectedInstitution(inspection=world.inspection, name=name)
    return save_institution(inspected=place, by=world.by)


def test_a_sixth_institution_of_five_is_refused(world: World) -> None:
    for name in ("Een", "Twee", "Drie", "Vier"):
        another(world, name)
    with refused("", "covers 5 institutions"):
        another(world, "Vijf")
    with refused("covers", "5 institutions are recorded"):
        world.change(covers=4)


def test_an_institution_is_in_an_inspection_once(world: World) -> None:
    one = another(world, "Een")
    with refused("name", "already"):
        another(world, "een")
    with refused("name", "already"):
        save_institution(inspected=laid(one, name=world.institution.name), by=world.by)
    save_institution(inspected=laid(one, name="EEN"), by=world.by)


def test_an_institution_on_which_something_hangs_is_not_removed(world: World) -> None:
    with refused("", "stays"):
        remove(row=world.place, by=world.by)
    other = another(world, "Een")
    remove(row=other, by=world.by)
    assert not InspectedInstitution.objects.filter(name="Een").exists()


def test_a_message_follows_the_announcement_and_says_something(world: World) -> None:
    def message(on: str, text: str = "Er zijn zorgen.") -> None:
        row = laid(InterimMessage(inspection=world.inspection, text=text), sent=world.said(on))
        save_message(message=row, today=TODAY, by=world.by)

    with refused("sent", "before the announcement"):
        message("2025-02-26")
    with refused("sent", "yet to come"):
        message("2025-10-02")
    with refused("text"):
        message("2025-03-01", " ")
    message("2025-03-01")
    with refused("sent", "recorded already"):
        message("2025-03-01", "Nog iets.")


def test_another_source_says_a_day_or_months_and_is_another_source(world: World) -> None:
    measure = world.impose()

    def claim(source: str, **said: object) -> None:
        chosen = world.source if source == "own" else world.other_source
        row = MeasureClaim(measure=measure, about=ClaimAbout.TERM, source=chosen)
        save_claim(claim=laid(row, **said), by=world.by)

    with refused("from_source", "differs"):
        claim("own", months=7)
    with refused("claimed", "either a day"):
        claim("other")
    with refused("claimed", "either a day"):
        claim("other", months=7, claimed=exactly("2026-02-24"))
    with refused("claimed", "either a day"):
        claim("other", months=7, about=ClaimAbout.IMPOSED)
    claim("other", months=7)
    with refused("from_source", "already"):
        claim("other", months=6)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("supervision_imposed", {"imposed_precision": "month"}),
        ("supervision_term_ends", {"term_ends_precision": "year"}),
        ("supervision_term_after_it_began", {"term_ends_on": date(2025, 7, 23)}),
        ("supervision_days_have_a_source", {"term_ends_source": None}),
        ("supervision_is_a_measure", {"kind": "none"}),
    ],
)
def test_the_database_itself_refuses_a_measure_that_cannot_be(
    world: World, name: str, columns: dict[str, object]
) -> None:
    measure = world.impose()
    for column, value in columns.items():
        setattr(measure, column, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save_by(measure, None)


def test_the_database_itself_refuses_two_running_of_a_kind(world: World) -> None:
    measure = world.impose()
    measure.pk, measure.public_id, measure.imposed_on = None, "A" * 22, date(2025, 8, 1)
    measure._state.adding = True
    with pytest.raises(RefusedError) as error, refused_in_words():
        save_by(measure, None)
    assert error.value.field == "kind"


def test_the_database_itself_refuses_two_inspections_with_one_subject(world: World) -> None:
    with pytest.raises(RefusedError) as error, refused_in_words():
        save_by(Inspection(title=world.inspection.title), None)
    assert error.value.field == "title"


def test_the_database_itself_refuses_lifting_before_imposing(world: World) -> None:
    measure = world.impose()
    for column, value in said_columns("ended", world.said("2025-07-23")).items():
        setattr(measure, column, value)
    with pytest.raises(IntegrityError, match="supervision_ended_after_it_began"):
        save_by(measure, None)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("inspection_announced", {"announced_precision": "month"}),
        ("inspection_announced_first", {"fieldwork_on": date(2025, 2, 26)}),
        ("inspection_days_have_a_source", {"planned_source": None}),
        ("inspection_covers_somebody", {"covers": 0}),
    ],
)
def test_the_database_itself_refuses_an_inspection_that_cannot_be(
    world: World, name: str, columns: dict[str, object]
) -> None:
    row = world.inspection
    for column, value in columns.items():
        setattr(row, column, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save_by(row, None)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("inspected_judged_when_published", {"judgement": "fails"}),
        ("inspected_judged_when_published", {"no_measure": True}),
        ("inspected_is_somebody", {"name": "Iemand"}),
        ("inspected_published", {"published_precision": "day"}),
    ],
)
def test_the_database_itself_refuses_a_place_that_cannot_be(
    world: World, name: str, columns: dict[str, object]
) -> None:
    for column, value in columns.items():
        setattr(world.place, column, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save_by(world.place, None)


def test_the_sentences_are_told_in_dutch(world: World) -> None:
    with translation.override("nl"), pytest.raises(RefusedError) as error:
        world.judge()
    assert str(error.value).startswith("Er is nog geen rapport")


def test_who_inspects_can_change_with_its_history(world: World) -> None:
    both = tuple(Authority.objects.filter(code__in=("igj", "ijenv")))
    world.change(authorities=both)
    assert set(world.inspection.authorities.all()) == set(both)
