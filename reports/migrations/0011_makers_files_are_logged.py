"""Files of makers are logged in words of their own, and their copies of drafts registered."""

import django.db.models.deletion
from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_insert_only'),
        ('reports', '0010_void_signatures_are_told'),
    ]

    operations = [
        Together([
            migrations.RemoveConstraint(
                model_name='personalcopy',
                name='copy_ends_one_way',
            ),
            migrations.RemoveConstraint(
                model_name='readinglog',
                name='reading_log_version_of_what_was_served',
            ),
            migrations.AlterField(
                model_name='personalcopy',
                name='version',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='reports.briefingversion'),
            ),
            migrations.AlterField(
                model_name='readinglog',
                name='kind',
                field=models.CharField(choices=[('open', 'opened'), ('download', 'downloaded'), ('terms', 'accepted the terms'), ('fact_check', 'opened a fact check'), ('press', 'opened the press release'), ('work', 'downloaded as a maker'), ('export', 'downloaded for the archive')], max_length=10),
            ),
            migrations.AddConstraint(
                model_name='personalcopy',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('failure__isnull', True), ('finished_at__isnull', True), ('stored__isnull', True)), models.Q(('failure__isnull', True), ('finished_at__isnull', False), ('stored__isnull', False)), models.Q(('failure__isnull', False), ('finished_at__isnull', False), ('stored__isnull', True)), models.Q(('failure__isnull', True), ('finished_at__isnull', False), ('stored__isnull', True), ('version__isnull', True)), _connector='OR'), name='copy_ends_one_way'),
            ),
            migrations.AddConstraint(
                model_name='readinglog',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('terms', 'fact_check', 'press', 'work')), ('version_number__isnull', False), _connector='OR'), name='reading_log_version_of_what_was_served'),
            ),
        ]),
    ]
