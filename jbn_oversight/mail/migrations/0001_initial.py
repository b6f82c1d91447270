import jbn_oversight.database
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='OutgoingMail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('next_try_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('dropped_at', models.DateTimeField(null=True)),
                    ('failure', models.CharField(blank=True, max_length=20)),
                    ('to', models.EmailField(max_length=254)),
                    ('subject', models.CharField(blank=True, max_length=200)),
                    ('body', models.TextField(blank=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'outgoing mail',
                    'verbose_name_plural': 'outgoing mail',
                    'ordering': ['pk'],
                    'abstract': False,
                    'indexes': [models.Index(condition=models.Q(('dropped_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='outgoingmail_waiting')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='outgoingmail_sent_or_dropped'), models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', True), ('sent_at__isnull', True)), ('body', ''), _connector='OR'), name='outgoing_mail_words_go_with_it')],
                },
            )],
        ),
    ]
