import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_initial'),
        ('reports', '0007_signing_and_acts'),
    ]

    operations = [
        migrations.RemoveField(model_name='passingon', name='reader'),
        migrations.AddField(
            model_name='passingon',
            name='mandate',
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to='accounts.membership',
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='passingon',
            name='proposal',
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to='reports.readerproposal',
            ),
        ),
    ]
