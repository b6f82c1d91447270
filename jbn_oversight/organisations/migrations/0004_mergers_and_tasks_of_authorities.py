import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):
    """A municipality goes on as another, an authority has a task, no task runs twice."""

    dependencies = [("organisations", "0003_constraints_that_forms_check")]

    operations = [
        Together(
            [
                migrations.AlterModelOptions(
                    name='authorityname',
                    options={'verbose_name': 'name of an authority'},
                ),
                migrations.AlterModelOptions(
                    name='historicalauthorityname',
                    options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical name of an authority', 'verbose_name_plural': 'historical name of an authoritys'},
                ),
                migrations.AlterModelOptions(
                    name='historicalinstitutiontask',
                    options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical task of an institution', 'verbose_name_plural': 'historical task of an institutions'},
                ),
                migrations.AlterModelOptions(
                    name='historicalmunicipalityregion',
                    options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical region of a municipality', 'verbose_name_plural': 'historical region of a municipalitys'},
                ),
                migrations.AlterModelOptions(
                    name='institutiontask',
                    options={'verbose_name': 'task of an institution'},
                ),
                migrations.AlterModelOptions(
                    name='municipalityregion',
                    options={'verbose_name': 'region of a municipality'},
                ),
                migrations.AddField(
                    model_name='authority',
                    name='kind',
                    field=models.CharField(choices=[('certifies', 'certifies institutions (Jeugdwet art. 3.4)'), ('inspects', 'inspects institutions (Jeugdwet art. 9.1)'), ('guards', 'guards that indispensable care goes on'), ('other', 'something else')], default='other', max_length=10, verbose_name='task'),
                ),
                migrations.AddField(
                    model_name='historicalauthority',
                    name='kind',
                    field=models.CharField(choices=[('certifies', 'certifies institutions (Jeugdwet art. 3.4)'), ('inspects', 'inspects institutions (Jeugdwet art. 9.1)'), ('guards', 'guards that indispensable care goes on'), ('other', 'something else')], default='other', max_length=10, verbose_name='task'),
                ),
                migrations.AddField(
                    model_name='historicalmunicipality',
                    name='successor',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.municipality', verbose_name='went on as'),
                ),
                migrations.AddField(
                    model_name='municipality',
                    name='successor',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='organisations.municipality', verbose_name='went on as'),
                ),
                migrations.AlterField(
                    model_name='authority',
                    name='code',
                    field=models.SlugField(unique=True, verbose_name='code in addresses'),
                ),
                migrations.AlterField(
                    model_name='historicalauthority',
                    name='code',
                    field=models.SlugField(verbose_name='code in addresses'),
                ),
                migrations.AlterField(
                    model_name='historicalinstitution',
                    name='code',
                    field=models.SlugField(verbose_name='code in addresses'),
                ),
                migrations.AlterField(
                    model_name='historicalinstitutiontask',
                    name='region',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.region', verbose_name='region'),
                ),
                migrations.AlterField(
                    model_name='historicalmunicipalityregion',
                    name='municipality',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.municipality', verbose_name='municipality'),
                ),
                migrations.AlterField(
                    model_name='historicalmunicipalityregion',
                    name='region',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.region', verbose_name='region'),
                ),
                migrations.AlterField(
                    model_name='historicalregion',
                    name='slug',
                    field=models.SlugField(verbose_name='code in addresses'),
                ),
                migrations.AlterField(
                    model_name='institution',
                    name='code',
                    field=models.SlugField(unique=True, verbose_name='code in addresses'),
                ),
                migrations.AlterField(
                    model_name='institutiontask',
                    name='region',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='organisations.region', verbose_name='region'),
                ),
                migrations.AlterField(
                    model_name='municipalityregion',
                    name='municipality',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regions', to='organisations.municipality', verbose_name='municipality'),
                ),
                migrations.AlterField(
                    model_name='municipalityregion',
                    name='region',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='municipalities', to='organisations.region', verbose_name='region'),
                ),
                migrations.AlterField(
                    model_name='region',
                    name='slug',
                    field=models.SlugField(unique=True, verbose_name='code in addresses'),
                ),
                migrations.AddConstraint(
                    model_name='institutiontask',
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('institution'), models.F('institution'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('region'), models.F('region'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.Func(models.F('task'), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Func(models.F('task'), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('from_on'), models.F('until_on'), function='daterange'), '&&')], name='institution_task_one_at_a_time', violation_error_code='from_on', violation_error_message='In these days the institution already has this task in this region.'),
                ),
                migrations.AddConstraint(
                    model_name='municipality',
                    constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('valid_until__isnull', False), _connector='OR'), name='municipality_with_successor_has_ended', violation_error_code='valid_until', violation_error_message='Say on which day this municipality ended.'),
                ),
                migrations.AddConstraint(
                    model_name='municipality',
                    constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='municipality_is_not_its_successor', violation_error_code='successor', violation_error_message='A municipality cannot go on as itself.'),
                ),
            ]
        )
    ]
