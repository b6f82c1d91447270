import jbn_oversight.database
import jbn_oversight.public_id
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', jbn_oversight.public_id.PublicIdField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('length', models.PositiveBigIntegerField()),
                    ('content_type', models.CharField(max_length=100)),
                    ('name', models.CharField(max_length=200)),
                    ('stored_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='stored_file_sha256')],
                },
            )],
        ),
    ]
