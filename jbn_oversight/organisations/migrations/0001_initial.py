import django.contrib.postgres.constraints
import django.db.models.deletion
import jbn_oversight.database
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # Other people's tables need nothing of ours: they are the faster made, the fewer there are.
    dependencies = [
        ('accounts', '0001_initial'),
        ('axes', '0010_accessattemptexpiration'),
        ('guardian', '0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more'),
        ('sessions', '0001_initial'),
        ('statutory_days', '0002_reference'),
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='HistoricalRegion',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('slug', models.SlugField(verbose_name='code in addresses')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical region',
                    'verbose_name_plural': 'historical regions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Region',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(unique=True, verbose_name='code in addresses')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ],
                options={
                    'verbose_name': 'region',
                    'verbose_name_plural': 'regions',
                    'ordering': ['name'],
                },
            ), migrations.CreateModel(
                name='Municipality',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('cbs_code', models.CharField(max_length=6, unique=True, verbose_name='CBS code')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('sort_name', models.CharField(max_length=100, verbose_name='name in lists')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='organisations.municipality', verbose_name='went on as')),
                ],
                options={
                    'verbose_name': 'municipality',
                    'verbose_name_plural': 'municipalities',
                    'ordering': ['sort_name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='municipality_dates', violation_error_code='valid_until', violation_error_message='Choose a day after the first day.'), models.CheckConstraint(condition=models.Q(('cbs_code__regex', '^GM\\d{4}$')), name='municipality_cbs_code', violation_error_code='cbs_code', violation_error_message='A CBS code is GM and four digits, like GM0014.'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('valid_until__isnull', False), _connector='OR'), name='municipality_with_successor_has_ended', violation_error_code='valid_until', violation_error_message='Say on which day this municipality ended.'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='municipality_is_not_its_successor', violation_error_code='successor', violation_error_message='A municipality cannot go on as itself.')],
                },
            ), migrations.CreateModel(
                name='HistoricalMunicipality',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('cbs_code', models.CharField(db_index=True, max_length=6, verbose_name='CBS code')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('sort_name', models.CharField(max_length=100, verbose_name='name in lists')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.municipality', verbose_name='went on as')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical municipality',
                    'verbose_name_plural': 'historical municipalities',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalMunicipalityRegion',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.municipality', verbose_name='municipality')),
                    ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.region', verbose_name='region')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical region of a municipality',
                    'verbose_name_plural': 'historical region of a municipalitys',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='MunicipalityRegion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regions', to='organisations.municipality', verbose_name='municipality')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='municipalities', to='organisations.region', verbose_name='region')),
                ],
                options={
                    'verbose_name': 'region of a municipality',
                    'constraints': [models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='municipality_region_dates', violation_error_code='until_on', violation_error_message='Choose a day after the first day.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('municipality'), models.F('municipality'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('from_on'), models.F('until_on'), function='daterange'), '&&')], name='municipality_in_one_region', violation_error_code='from_on', violation_error_message='In these days the municipality already belongs to a region. End that first.')],
                },
            ), migrations.CreateModel(
                name='HistoricalInstitution',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('code', models.SlugField(verbose_name='code in addresses')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical institution',
                    'verbose_name_plural': 'historical institutions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Institution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='code in addresses')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ],
                options={
                    'verbose_name': 'institution',
                    'verbose_name_plural': 'institutions',
                    'ordering': ['name'],
                },
            ), migrations.CreateModel(
                name='HistoricalInstitutionTask',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('task', models.CharField(choices=[('certified_institution', 'youth protection and probation'), ('safe_home', 'Veilig Thuis')], max_length=30, verbose_name='task')),
                    ('institution', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.institution')),
                    ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.region', verbose_name='region')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical task of an institution',
                    'verbose_name_plural': 'historical task of an institutions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='InstitutionTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='organisations.institution')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='organisations.region', verbose_name='region')),
                    ('task', models.CharField(choices=[('certified_institution', 'youth protection and probation'), ('safe_home', 'Veilig Thuis')], max_length=30, verbose_name='task')),
                ],
                options={
                    'verbose_name': 'task of an institution',
                    'constraints': [models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='institution_task_dates', violation_error_code='until_on', violation_error_message='Choose a day after the first day.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('institution'), models.F('institution'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('region'), models.F('region'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.Func(models.F('task'), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Func(models.F('task'), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('from_on'), models.F('until_on'), function='daterange'), '&&')], name='institution_task_one_at_a_time', violation_error_code='from_on', violation_error_message='In these days the institution already has this task in this region.'), models.UniqueConstraint(fields=('institution', 'region', 'task', 'from_on'), name='institution_task_once')],
                },
            ), migrations.CreateModel(
                name='HistoricalAuthority',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('code', models.SlugField(verbose_name='code in addresses')),
                    ('kind', models.CharField(choices=[('certifies', 'certifies institutions (Jeugdwet art. 3.4)'), ('inspects', 'inspects institutions (Jeugdwet art. 9.1)'), ('guards', 'guards that indispensable care goes on'), ('other', 'something else')], default='other', max_length=10, verbose_name='task')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical authority',
                    'verbose_name_plural': 'historical authorities',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Authority',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='code in addresses')),
                    ('kind', models.CharField(choices=[('certifies', 'certifies institutions (Jeugdwet art. 3.4)'), ('inspects', 'inspects institutions (Jeugdwet art. 9.1)'), ('guards', 'guards that indispensable care goes on'), ('other', 'something else')], default='other', max_length=10, verbose_name='task')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ],
                options={
                    'verbose_name': 'authority',
                    'verbose_name_plural': 'authorities',
                    'ordering': ['code'],
                },
            ), migrations.CreateModel(
                name='HistoricalAuthorityName',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('abbreviation', models.CharField(blank=True, max_length=20, verbose_name='abbreviation')),
                    ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                    ('authority', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.authority')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical name of an authority',
                    'verbose_name_plural': 'historical name of an authoritys',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='AuthorityName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='organisations.authority')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('abbreviation', models.CharField(blank=True, max_length=20, verbose_name='abbreviation')),
                    ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ],
                options={
                    'verbose_name': 'name of an authority',
                    'constraints': [models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='authority_name_dates', violation_error_code='until_on', violation_error_message='Choose a day after the first day.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('authority'), models.F('authority'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('from_on'), models.F('until_on'), function='daterange'), '&&')], name='authority_has_one_name', violation_error_code='from_on', violation_error_message='In these days the authority already has a name. End that one first.')],
                },
            )],
        ),
    ]
