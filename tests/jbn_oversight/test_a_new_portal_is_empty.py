"""A new portal begins without organisations; one that is in use keeps every row."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audits.models.comparison import ComparisonTheme
from jbn_oversight.organisations.models import Authority, AuthorityKind, Institution, Region
from tests.factories.people import institution, person
from tests.factories.results import run

pytestmark = pytest.mark.django_db
STEP = import_module("jbn_oversight.organisations.migrations.0006_reference_by_command")
NAMED = import_module("jbn_oversight.organisations.migrations.0005_tasks_of_known_authorities")


def upgraded() -> int:
    """Take the step; how many regions and institutions there are then."""
    with connection.schema_editor() as editor:
        STEP.forget_unused(None, editor)
    return Region.objects.count() + Institution.objects.count()


def test_what_nobody_uses_is_taken_back() -> None:
    assert upgraded() == 0
    assert not Authority.objects.exists()


def test_where_somebody_has_an_account_everything_stays() -> None:
    person("Iemand")
    assert upgraded() == 3


def test_where_something_refers_to_it_everything_stays() -> None:
    run()
    assert upgraded() == 3


def test_the_reference_data_comes_back_by_command_and_twice_changes_nothing() -> None:
    upgraded()
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


def test_known_authorities_get_their_task_in_an_upgrade() -> None:
    for authority in Authority.objects.all():
        authority.kind = AuthorityKind.OTHER
        authority.save()

    class Apps:
        def get_model(self, app: str, name: str) -> type[Authority]:
            return Authority

    NAMED.tell_kinds(Apps(), None)
    assert {row.code: row.kind for row in Authority.objects.all()} == {
        "kmi": "certifies",
        "igj": "inspects",
        "ijenv": "inspects",
        "jeugdautoriteit": "guards",
        "rvdk": "other",
    }


def test_what_belongs_to_an_authority_that_is_not_there_waits_until_it_is() -> None:
    upgraded()
    call_command("load_framework", "--shipped")
    assert not ComparisonTheme.objects.exists()
    call_command("load_reference", "authorities")
    call_command("load_framework", "--shipped")
    assert ComparisonTheme.objects.exists()
    assert not ComparisonTheme.objects.filter(norm_themes=None).exists()
