import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0002_insert_only")]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="next_try_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="intake", name="heartbeat_at"),
    ]
