"""Early readers remember by which mandate they were named: no other one lets them in."""

from django.db import migrations, models

from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.database import RunOnRows, Together


def remember_mandates(apps, schema_editor):
    """The mandate that ran when the reader was named, else the first that began afterwards.

    Who has none of these is named again by a maker.
    """
    EarlyReader = apps.get_model("reports", "EarlyReader")
    Membership = apps.get_model("accounts", "Membership")
    for reader in EarlyReader.objects.all():
        day = reader.invited_at.astimezone(AMSTERDAM).date()
        held = Membership.objects.filter(
            user=reader.user_id,
            role=reader.role,
            municipality=reader.municipality_id,
            region=reader.region_id,
        ).order_by("from_on", "pk")
        running = [
            one
            for one in held
            if one.from_on <= day and (one.until_on is None or day < one.until_on)
        ]
        later = [one for one in held if one.from_on > day]
        for mandate in [*running[-1:], *later][:1]:
            EarlyReader.objects.filter(pk=reader.pk).update(mandate=mandate.public_id)


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0005_printings_name_an_hour'),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='earlyreader',
                name='mandate',
                field=models.CharField(default='', editable=False, max_length=64),
            ),
            migrations.AddField(
                model_name='historicalearlyreader',
                name='mandate',
                field=models.CharField(default='', editable=False, max_length=64),
            ),
        ]),
        RunOnRows("reports_earlyreader", remember_mandates),
    ]
