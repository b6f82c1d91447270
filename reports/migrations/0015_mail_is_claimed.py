"""Reminders and notices are sent as all mail is: claimed, sent, and their failures named."""

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from jbn_oversight.database import Together


class Migration(migrations.Migration):

    dependencies = [("reports", "0014_reminders_of_actions")]

    operations = [
        Together([
            migrations.AddField(
                "actionreminder",
                "next_try_at",
                models.DateTimeField(default=timezone.now),
                preserve_default=False,
            ),
            migrations.AddField("actionreminder", "dropped_at", models.DateTimeField(null=True)),
            migrations.AddField(
                "actionreminder", "failure", models.CharField(blank=True, default="", max_length=20),
                preserve_default=False,
            ),
            migrations.AddField(
                "notice", "failure", models.CharField(blank=True, default="", max_length=20),
                preserve_default=False,
            ),
            migrations.AddConstraint(
                "actionreminder",
                models.CheckConstraint(
                    name="action_reminder_sent_or_dropped",
                    condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
                ),
            ),
        ]),
    ]
