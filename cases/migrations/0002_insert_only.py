"""Delivered rows, versions and observations are never changed: the database refuses."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [
        InsertOnly("cases_delivery"),
        InsertOnly("cases_deliverymonth", closes=("superseded_at",)),
        InsertOnly("cases_measure"),
        InsertOnly("cases_waitingspell"),
        InsertOnly("cases_safehomenotification"),
        InsertOnly("cases_staffingversion", closes=("superseded_at",)),
        InsertOnly("cases_staffingmonth"),
        InsertOnly("cases_observation", closes=("superseded_at",)),
    ]
