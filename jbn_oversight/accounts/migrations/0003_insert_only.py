"""Rows that are never changed or removed; ``closes`` names what may once be filled."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers of the database, whoever writes and however."""

    dependencies: ClassVar = [("accounts", "0002_roles")]
    operations: ClassVar = [
        InsertOnly("accounts_accountchange", closes=("agreed_by_id", "agreed_at", "confirmed_at", "refused_by_id", "refused_at", "done_at")),
    ]
