import django.db.models.deletion
from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):

    dependencies = [("reports", "0015_mail_is_claimed")]

    operations = [
        Together([
            migrations.CreateModel(
                name="RenderingPulse",
                fields=[
                    (
                        "rendering",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="pulse",
                            serialize=False,
                            to="reports.rendering",
                        ),
                    ),
                    ("beaten_at", models.DateTimeField()),
                ],
            ),
        ]),
    ]
