"""Misses are counted by the different addresses that were asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0016_printings_show_that_they_live")]

    operations = [
        migrations.AddField(
            "addressmiss", "asked", models.CharField(default="", max_length=64)
        ),
        migrations.AddField("addressmiss", "is_there", models.BooleanField(default=False)),
    ]
