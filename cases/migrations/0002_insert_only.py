"""Rows that are never changed or removed; ``closes`` names what may once be filled."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers of the database, whoever writes and however."""

    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [
        InsertOnly("cases_delivery"),
        InsertOnly("cases_deliverymonth", closes=("superseded_at",)),
        InsertOnly("cases_measure"),
        InsertOnly("cases_observation", closes=("superseded_at",)),
        InsertOnly("cases_safehomenotification"),
        InsertOnly("cases_staffingmonth"),
        InsertOnly("cases_staffingversion", closes=("superseded_at",)),
        InsertOnly("cases_waitingspell"),
    ]
