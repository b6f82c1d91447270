import django.contrib.postgres.constraints
from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):
    """Constraints in words that a form can check; in the database nothing changes."""

    dependencies = [("organisations", "0002_reference")]

    operations = [
        Together(
            [
                migrations.SeparateDatabaseAndState(
                    state_operations=[
                        migrations.RemoveConstraint(
                            model_name='authorityname',
                            name='authority_has_one_name',
                        ),
                        migrations.RemoveConstraint(
                            model_name='municipalityregion',
                            name='municipality_in_one_region',
                        ),
                        migrations.AddConstraint(
                            model_name='authorityname',
                            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('authority'), models.F('authority'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('from_on'), models.F('until_on'), function='daterange'), '&&')], name='authority_has_one_name', violation_error_code='from_on', violation_error_message='In these days the authority already has a name. End that one first.'),
                        ),
                        migrations.AddConstraint(
                            model_name='municipalityregion',
                            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('municipality'), models.F('municipality'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('from_on'), models.F('until_on'), function='daterange'), '&&')], name='municipality_in_one_region', violation_error_code='from_on', violation_error_message='In these days the municipality already belongs to a region. End that first.'),
                        ),
                    ]
                ),
                migrations.AlterConstraint(
                    model_name='authorityname',
                    name='authority_name_dates',
                    constraint=models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='authority_name_dates', violation_error_code='until_on', violation_error_message='Choose a day after the first day.'),
                ),
                migrations.AlterConstraint(
                    model_name='institutiontask',
                    name='institution_task_dates',
                    constraint=models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='institution_task_dates', violation_error_code='until_on', violation_error_message='Choose a day after the first day.'),
                ),
                migrations.AlterConstraint(
                    model_name='municipality',
                    name='municipality_dates',
                    constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='municipality_dates', violation_error_code='valid_until', violation_error_message='Choose a day after the first day.'),
                ),
                migrations.AlterConstraint(
                    model_name='municipality',
                    name='municipality_cbs_code',
                    constraint=models.CheckConstraint(condition=models.Q(('cbs_code__regex', '^GM\\d{4}$')), name='municipality_cbs_code', violation_error_code='cbs_code', violation_error_message='A CBS code is GM and four digits, like GM0014.'),
                ),
                migrations.AlterConstraint(
                    model_name='municipalityregion',
                    name='municipality_region_dates',
                    constraint=models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='municipality_region_dates', violation_error_code='until_on', violation_error_message='Choose a day after the first day.'),
                ),
            ]
        )
    ]
