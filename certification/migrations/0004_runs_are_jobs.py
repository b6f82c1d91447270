import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("certification", "0003_reference")]

    operations = [
        migrations.AddField(
            model_name="compliancerun",
            name="next_try_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="compliancerun", name="heartbeat_at"),
    ]
