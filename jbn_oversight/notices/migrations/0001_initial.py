import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import jbn_oversight.database


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="GatheredMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("next_try_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("dropped_at", models.DateTimeField(null=True)),
                        ("failure", models.CharField(blank=True, max_length=20)),
                        ("gathered_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "gathered mail",
                        "verbose_name_plural": "gathered mail",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("dropped_at__isnull", True), ("sent_at__isnull", True)
                                ),
                                fields=["next_try_at"],
                                name="gatheredmail_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True),
                                    ("dropped_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="gatheredmail_sent_or_dropped",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "gathered_at"), name="gathered_mail_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalNoticeSetting",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("at_once", "at_once"),
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("off", "off"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical choice about notices",
                        "verbose_name_plural": "historical choices about notices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("next_try_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("dropped_at", models.DateTimeField(null=True)),
                        ("failure", models.CharField(blank=True, max_length=20)),
                        ("kind", models.CharField(max_length=40)),
                        ("about", models.CharField(max_length=80)),
                        ("path", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField()),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("at_once", "at_once"),
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("off", "off"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        (
                            "gathered",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="notices.gatheredmail",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("dropped_at__isnull", True), ("sent_at__isnull", True)
                                ),
                                fields=["next_try_at"],
                                name="notices_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("gathered__isnull", False)),
                                fields=["gathered"],
                                name="notices_gathered",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True),
                                    ("dropped_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="notice_sent_or_dropped",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "kind", "about"), name="notice_once_each"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("at_once", "at_once"),
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("off", "off"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notice_settings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice about notices",
                        "verbose_name_plural": "choices about notices",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "kind"), name="notice_setting_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
