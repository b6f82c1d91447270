import jbn_oversight.database
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='WrongClock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('machine', models.CharField(max_length=100, verbose_name='machine')),
                    ('process', models.PositiveIntegerField(verbose_name='process')),
                    ('seconds_ahead', models.FloatField(verbose_name='seconds ahead of the database')),
                    ('synchronized', models.BooleanField(null=True, verbose_name='kept right by the kernel')),
                    ('seen_at', models.DateTimeField(verbose_name='seen at')),
                ],
                options={
                    'verbose_name': 'wrong clock',
                    'verbose_name_plural': 'wrong clocks',
                    'ordering': ['machine', 'process'],
                    'constraints': [models.UniqueConstraint(fields=('machine', 'process'), name='wrong_clock_once'), models.CheckConstraint(condition=models.Q(('machine', ''), _negated=True), name='wrong_clock_named')],
                },
            )],
        ),
    ]
