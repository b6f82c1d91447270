"""What councils may get is protected ahead of time."""

import django.db.models.deletion
from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0002_results_and_norms"),
        ("organisations", "0002_reference"),
        ("reports", "0012_printings_keep_their_hour"),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name="PreparedRelease",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("last_cell", models.PositiveBigIntegerField()),
                    ("prepared_at", models.DateTimeField()),
                    (
                        "institution",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organisations.institution",
                        ),
                    ),
                    (
                        "run",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="certification.compliancerun",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Protection",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=64, unique=True)),
                    ("hidden", models.JSONField(default=list)),
                    ("few", models.JSONField(default=list)),
                    ("made_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("key__regex", "^[0-9a-f]{64}$")),
                            name="protection_key_is_a_hash",
                        )
                    ],
                },
            ),
        ]),
    ]
