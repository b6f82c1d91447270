"""Answers are drafted by one maker and given out by another; those that are out stay out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jbn_oversight.database import InsertOnly, Together

BEFORE = InsertOnly("reports_questionanswer")


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0006_readers_by_one_mandate'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
Together([migrations.AddField(
            model_name='questionanswer',
            name='given_at',
            field=models.DateTimeField(null=True),
        ),
migrations.AddField(
            model_name='questionanswer',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),]),
migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
migrations.RunSQL(
            "UPDATE reports_questionanswer SET given_at = answered_at",
            migrations.RunSQL.noop,
        ),
Together([migrations.AddConstraint(
            model_name='questionanswer',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), ('given_by__isnull', True), models.Q(('answered_by', models.F('given_by')), _negated=True), _connector='OR'), name='answer_given_out_by_another'),
        ),
migrations.AddConstraint(
            model_name='questionanswer',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('given_at__isnull', True), ('given_at__gte', models.F('answered_at')), _connector='OR'), name='answer_given_out_last'),
        ),
migrations.AddConstraint(
            model_name='questionanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('given_by__isnull', True)), models.Q(('given_at__isnull', False), ('given_by__isnull', False)), models.Q(('given_at', models.F('answered_at')), ('given_by__isnull', True)), _connector='OR'), name='answer_given_out_by_somebody'),
        ),]),
InsertOnly("reports_questionanswer", closes=("given_at", "given_by_id")),
]
