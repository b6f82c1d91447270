

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_insert_only'),
        ('organisations', '0002_reference'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='intake',
            name='discarded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='intake',
            name='failure',
            field=models.CharField(blank=True, choices=[('fault', 'something went wrong on our side'), ('lost', 'it stopped again and again'), ('gone', 'the file is gone'), ('overtaken', 'a newer delivery was accepted first'), ('discarded', 'the file was thrown away')], default='', max_length=10, verbose_name='why it stopped'),
        ),
        migrations.AddField(
            model_name='intake',
            name='restarted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='started again at'),
        ),
        migrations.AddField(
            model_name='intake',
            name='restarted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='intake',
            name='restarted_from',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('restarted_at__isnull', False), ('restarted_by__isnull', False)), models.Q(('restarted_at__isnull', True), ('restarted_by__isnull', True)), _connector='OR'), name='intake_restarted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(('failure', 'discarded'), ('discarded_by__isnull', True), _connector='XOR'), name='intake_discarded_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(('failure', ''), ('state', 'failed'), _connector='OR'), name='intake_failure_of_failed'),
        ),
    ]
