import django.db.models.deletion
import jbn_oversight.database
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='HistoricalEquatedDay',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('day', models.DateField(db_index=True, verbose_name='day')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical equated day',
                    'verbose_name_plural': 'historical equated days',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='EquatedDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(unique=True, verbose_name='day')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                ],
                options={
                    'verbose_name': 'equated day',
                    'verbose_name_plural': 'equated days',
                    'ordering': ['day'],
                },
            ), migrations.CreateModel(
                name='HistoricalEquatedDayList',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('known_from', models.DateField(verbose_name='known from')),
                    ('known_until', models.DateField(verbose_name='known until')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical list of equated days',
                    'verbose_name_plural': 'historical lists of equated days',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='EquatedDayList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('known_from', models.DateField(verbose_name='known from')),
                    ('known_until', models.DateField(verbose_name='known until')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                ],
                options={
                    'verbose_name': 'list of equated days',
                    'verbose_name_plural': 'lists of equated days',
                    'ordering': ['known_from'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('known_from__isnull', True), ('known_until__isnull', True), ('known_until__gte', models.F('known_from')), _connector='OR'), name='equated_list_dates')],
                },
            )],
        ),
    ]
