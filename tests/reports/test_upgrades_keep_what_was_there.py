"""What stood there before an upgrade stands there after it, also what moves to other rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from jbn_oversight.accounts.models import Membership
from jbn_oversight.database import RunOnRows
from tests.audits.audits_cast import source
from tests.factories.people import Cast, institution, municipality, region

pytestmark = pytest.mark.django_db
AT = datetime(2025, 8, 20, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Before:
    """The models as they are when a migration treats the rows of a table, with empty tables."""

    apps: StateApps
    code: Callable[..., None]

    def rows(self, name: str) -> Any:
        """All rows of a model: its manager."""
        model: Any = self.apps.get_model(name)
        return model.objects

    def migrate(self) -> None:
        """Treat the rows."""
        with connection.schema_editor() as editor:
            self.code(self.apps, editor)


def before(app: str, migration: str, table: str, *models: str) -> Before:
    """These models as they are when the migration comes to the rows of the table."""
    loader = MigrationLoader(None)
    state = loader.project_state((app, migration), at_end=False)
    for step in loader.get_migration(app, migration).operations:
        if isinstance(step, RunOnRows) and step.table == table:
            break
        step.state_forwards(app, state)
    else:
        raise AssertionError(f"{migration} does not come to {table}")
    with connection.cursor() as cursor:
        # What is made from here on, stands before what is there already.
        cursor.execute("CREATE SCHEMA before")
        cursor.execute("SET LOCAL search_path TO before, public")
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(state.apps.get_model(app, model))
    return Before(state.apps, step.code)


def drafted(stage: Before, cast: Cast, **fields: Any) -> Any:
    """A briefing of region Drenthe as it was then."""
    return stage.rows("reports.Briefing").create(
        title="Voortgang",
        author_id=cast.adviser.pk,
        institution_id=institution().pk,
        region_id=region("drenthe").pk,
        created_at=AT,
        **fields,
    )


def test_the_verdict_of_an_inspection_moves_with_its_history(cast: Cast) -> None:
    stage = before(
        "audits",
        "0003_move_verdicts",
        "audits_inspection",
        "Inspection",
        "HistoricalInspection",
        "InspectedInstitution",
        "HistoricalInspectedInstitution",
        "SupervisionMeasure",
        "HistoricalSupervisionMeasure",
    )
    paper = source()
    told = {
        "title": "Toezicht op de keten",
        "public_id": "AAAAAAAAAAAAAAAAAAAAAA",
        "institution_id": institution().pk,
    }
    judged = {
        "published_on": date(2024, 11, 28),
        "published_precision": "day",
        "published_source_id": paper.pk,
        "judgement": "fails",
        "findings": "Te laat.",
        "measure": "intensified",
        "term_ends_on": date(2025, 6, 1),
        "term_ends_precision": "month",
        "term_ends_source_id": paper.pk,
    }
    row = stage.rows("audits.Inspection").create(**told, **judged)
    for day, kind, known in ((0, "+", {}), (1, "~", judged), (2, "~", judged)):
        stage.rows("audits.HistoricalInspection").create(
            id=row.pk,
            history_date=AT + timedelta(days=day),
            history_type=kind,
            history_user_id=cast.auditor.pk,
            **told,
            **known,
        )
    stage.migrate()
    (inspected,) = stage.rows("audits.InspectedInstitution").all()
    assert (inspected.inspection_id, inspected.institution_id) == (row.pk, institution().pk)
    assert (inspected.public_id, inspected.judgement) == (row.public_id, "fails")
    assert (inspected.findings, inspected.published_on) == ("Te laat.", date(2024, 11, 28))
    (measure,) = stage.rows("audits.SupervisionMeasure").all()
    assert (measure.inspected_id, measure.kind) == (inspected.pk, "intensified")
    assert (measure.imposed_on, measure.term_ends_on) == (date(2024, 11, 28), date(2025, 6, 1))
    past = stage.rows("audits.HistoricalInspectedInstitution").order_by("history_date")
    assert list(past.values_list("id", "history_type", "judgement")) == [
        (inspected.pk, "+", "not_judged"),
        (inspected.pk, "~", "fails"),
        (inspected.pk, "~", "fails"),
    ]
    past = stage.rows("audits.HistoricalSupervisionMeasure").order_by("history_date")
    assert list(past.values_list("id", "public_id", "history_type", "history_user_id")) == [
        (measure.pk, measure.public_id, "+", cast.auditor.pk),
        (measure.pk, measure.public_id, "~", cast.auditor.pk),
    ]


def test_an_inspection_without_a_report_has_no_measure(cast: Cast) -> None:
    stage = before(
        "audits",
        "0003_move_verdicts",
        "audits_inspection",
        "Inspection",
        "HistoricalInspection",
        "InspectedInstitution",
        "SupervisionMeasure",
    )
    stage.rows("audits.Inspection").create(title="Vervolg", institution_id=institution().pk)
    stage.migrate()
    (inspected,) = stage.rows("audits.InspectedInstitution").all()
    assert (inspected.judgement, inspected.findings) == ("not_judged", "")
    assert not stage.rows("audits.SupervisionMeasure").exists()


def test_who_was_asked_to_approve_is_asked_to_sign(cast: Cast) -> None:
    stage = before(
        "reports",
        "0003_briefings_for_every_council",
        "reports_briefing",
        "Dossier",
        "Briefing",
        "Signatory",
    )
    asked = drafted(stage, cast, approver_id=cast.region_alderman.pk)
    drafted(stage, cast)
    stage.migrate()
    (signatory,) = stage.rows("reports.Signatory").all()
    assert (signatory.briefing_id, signatory.user_id) == (asked.pk, cast.region_alderman.pk)
    assert (signatory.region_id, signatory.municipality_id) == (region("drenthe").pk, None)


def test_sections_get_an_identifier_each_and_so_does_their_history(cast: Cast) -> None:
    stage = before(
        "reports",
        "0003_briefings_for_every_council",
        "reports_section",
        "Briefing",
        "Section",
        "HistoricalSection",
    )
    briefing = drafted(stage, cast)
    for position in (1, 2):
        section = stage.rows("reports.Section").create(briefing=briefing, position=position)
        stage.rows("reports.HistoricalSection").create(
            id=section.pk,
            briefing_id=briefing.pk,
            position=position,
            history_date=AT,
            history_type="+",
        )
    stage.migrate()
    found = dict(stage.rows("reports.Section").values_list("pk", "public_id"))
    assert len(set(found.values())) == 2
    assert all(found.values())
    assert found == dict(stage.rows("reports.HistoricalSection").values_list("id", "public_id"))


def test_early_readers_keep_the_mandate_that_they_had_when_they_were_named(cast: Cast) -> None:
    stage = before(
        "reports", "0006_readers_by_one_mandate", "reports_earlyreader", "Briefing", "EarlyReader"
    )
    briefing = drafted(stage, cast)
    for user in (cast.council_member, cast.other_council_member):
        stage.rows("reports.EarlyReader").create(
            briefing_id=briefing.pk,
            user_id=user.pk,
            role="council_member",
            municipality_id=municipality("GM0106").pk,  # Emmen is somewhere else
            invited_at=AT,
            invited_by_id=cast.adviser.pk,
        )
    stage.migrate()
    assert dict(stage.rows("reports.EarlyReader").values_list("user_id", "mandate")) == {
        cast.council_member.pk: Membership.objects.get(user=cast.council_member).public_id,
        cast.other_council_member.pk: "",
    }


def test_press_parties_keep_the_mandate_that_they_had_when_they_were_named(cast: Cast) -> None:
    stage = before(
        "reports", "0009_press_parties_by_two", "reports_pressparty", "Briefing", "PressParty"
    )
    stage.rows("reports.PressParty").create(
        briefing_id=drafted(stage, cast).pk,
        institution_id=institution().pk,
        user_id=cast.institution.pk,
        named_at=AT,
        named_by_id=cast.adviser.pk,
    )
    stage.migrate()
    mandate = Membership.objects.get(user=cast.institution).public_id
    assert list(stage.rows("reports.PressParty").values_list("mandate", flat=True)) == [mandate]
