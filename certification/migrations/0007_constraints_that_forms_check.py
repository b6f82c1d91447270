import certification.imprecise_days
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    """Constraints in words that a form can check; in the database nothing changes."""

    dependencies = [("certification", "0006_documents_released_and_read")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(
                    model_name='certificate',
                    name='certificate_one_at_a_time',
                ),
                migrations.RemoveConstraint(
                    model_name='norm',
                    name='norm_one_judges',
                ),
                migrations.AddConstraint(
                    model_name='certificate',
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ends_on__isnull', False), ('starts_on__isnull', False), ('status', 'granted')), expressions=[(models.Func(models.F('institution'), models.F('institution'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.Case(models.When(starts_precision=certification.imprecise_days.Precision['PART_OF_MONTH'], then=models.Case(models.When(starts_on__day=21, then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '1 month -21 days')::date")), default=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '9 days')::date"), output_field=models.DateField())), models.When(starts_precision=certification.imprecise_days.Precision['MONTH'], then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '1 month -1 day')::date")), models.When(starts_precision=certification.imprecise_days.Precision['QUARTER'], then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '3 months -1 day')::date")), models.When(starts_precision=certification.imprecise_days.Precision['YEAR'], then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '1 year -1 day')::date")), default=models.F('starts_on'), output_field=models.DateField()), django.db.models.functions.comparison.Greatest(models.Case(models.When(starts_precision=certification.imprecise_days.Precision['PART_OF_MONTH'], then=models.Case(models.When(starts_on__day=21, then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '1 month -21 days')::date")), default=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '9 days')::date"), output_field=models.DateField())), models.When(starts_precision=certification.imprecise_days.Precision['MONTH'], then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '1 month -1 day')::date")), models.When(starts_precision=certification.imprecise_days.Precision['QUARTER'], then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '3 months -1 day')::date")), models.When(starts_precision=certification.imprecise_days.Precision['YEAR'], then=models.Func(models.F('starts_on'), output_field=models.DateField(), template="(%(expressions)s + interval '1 year -1 day')::date")), default=models.F('starts_on'), output_field=models.DateField()), models.F('ends_on')), models.Value('[]'), function='daterange'), '&&')], name='certificate_one_at_a_time', violation_error_message='Another certificate holds on one of these days. Look at its days first.'),
                ),
                migrations.AddConstraint(
                    model_name='norm',
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_judging', True)), expressions=[(models.Func(models.Func(models.F('kpi'), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Func(models.F('kpi'), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Case(models.When(scope='institution', then=models.Func(models.Value(1), models.Value(1), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField())), models.When(scope='region', then=models.Func(models.Value(2), models.Value(2), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField())), models.When(scope='municipality', then=models.Func(models.Value(3), models.Value(3), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField())), default=models.Func(models.Value(1), models.Value(3), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('institution'), models.F('institution'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='norm_one_judges', violation_error_message='Another norm judges this figure in one of these months. End that first.'),
                ),
            ]
        )
    ]
