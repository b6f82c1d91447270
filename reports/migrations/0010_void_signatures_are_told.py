"""Who signed is told when the signature counts no more."""

from django.db import migrations, models

from jbn_oversight.database import Together


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0009_press_parties_by_two'),
    ]

    operations = [
        Together([
            migrations.AlterField(
                model_name='notice',
                name='kind',
                field=models.CharField(choices=[('invited', 'invited'), ('window', 'may be read now'), ('released', 'published'), ('new_version', 'new version'), ('answered', 'question answered'), ('voided', 'signature void')], max_length=12),
            ),
        ]),
    ]
