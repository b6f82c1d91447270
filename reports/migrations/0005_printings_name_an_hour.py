"""Each printing says which hour it names; a moved hour makes another."""

from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_insert_only'),
        ('reports', '0004_insert_only'),
    ]

    operations = [
        Together([
            migrations.RemoveConstraint(
                model_name='personalcopy',
                name='copy_once_per_reader_and_text',
            ),
            migrations.RemoveConstraint(
                model_name='rendering',
                name='rendering_passes_once',
            ),
            migrations.AddField(
                model_name='rendering',
                name='hour',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddConstraint(
                model_name='personalcopy',
                constraint=models.UniqueConstraint(fields=('version', 'variant', 'reader_public_id', 'role', 'organisation', 'source_sha256'), name='copy_once_per_reader_and_text', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='rendering',
                constraint=models.UniqueConstraint(condition=models.Q(('pdf__isnull', False)), fields=('version', 'variant', 'hour'), name='rendering_passes_once', nulls_distinct=False),
            ),
        ]),
    ]
