"""A new portal begins without organisations; a command brings those of the north."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from audits.models.comparison import ComparisonTheme
from jbn_oversight.organisations.models import Authority, AuthorityKind, Region
from tests.factories.people import institution

pytestmark = pytest.mark.django_db


def emptied() -> None:
    """The portal as ``migrate`` makes it; the tests' own database starts with the reference."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("organisations").get_models():
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_no_migration_brings_organisations() -> None:
    loader = MigrationLoader(None)
    steps = [
        step
        for (app, name) in loader.graph.nodes
        if app == "organisations"
        for step in loader.get_migration(app, name).operations
    ]
    assert steps
    assert not [step for step in steps if isinstance(step, RunPython | RunSQL)]


def test_the_reference_data_comes_back_by_command_and_twice_changes_nothing() -> None:
    emptied()
    call_command("load_reference", "authorities")
    assert not Region.objects.exists()
    assert Authority.objects.get(code="kmi").kind == AuthorityKind.CERTIFIES
    call_command("load_reference")
    row = institution()
    row.name = "Een andere naam"
    row.save()
    call_command("load_reference")
    assert institution().name == "Een andere naam"
    assert Region.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("load_reference", "south")


def test_what_belongs_to_an_authority_that_is_not_there_waits_until_it_is() -> None:
    emptied()
    call_command("load_framework", "--shipped")
    assert not ComparisonTheme.objects.exists()
    call_command("load_reference", "authorities")
    call_command("load_framework", "--shipped")
    assert ComparisonTheme.objects.exists()
    assert not ComparisonTheme.objects.filter(norm_themes=None).exists()
