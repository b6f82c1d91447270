"""A second maker agrees to who sees a press release; each person by one mandate."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.database import RunOnRows, Together


def remember_mandates(apps, schema_editor):
    """The mandate that ran when the person was named. A second maker agrees to each anew."""
    PressParty = apps.get_model("reports", "PressParty")
    Membership = apps.get_model("accounts", "Membership")
    for party in PressParty.objects.filter(removed_at=None):
        day = party.named_at.astimezone(AMSTERDAM).date()
        held = Membership.objects.filter(
            user=party.user_id,
            role__in=("institution", "alderman", "policy_adviser"),
            institution=party.institution_id,
            region=party.region_id,
        ).order_by("from_on", "pk")
        running = [
            one
            for one in held
            if one.from_on <= day and (one.until_on is None or day < one.until_on)
        ]
        for mandate in running[-1:]:
            PressParty.objects.filter(pk=party.pk).update(mandate=mandate.public_id)


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_reference'),
        ('reports', '0008_public_page_is_signed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
Together([migrations.AddField(
            model_name='historicalpressparty',
            name='agreed_at',
            field=models.DateTimeField(null=True),
        ),
migrations.AddField(
            model_name='historicalpressparty',
            name='agreed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
migrations.AddField(
            model_name='historicalpressparty',
            name='mandate',
            field=models.CharField(default='', editable=False, max_length=64),
        ),
migrations.AddField(
            model_name='historicalpressparty',
            name='needs_second',
            field=models.BooleanField(default=True),
        ),
migrations.AddField(
            model_name='pressparty',
            name='agreed_at',
            field=models.DateTimeField(null=True),
        ),
migrations.AddField(
            model_name='pressparty',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
migrations.AddField(
            model_name='pressparty',
            name='mandate',
            field=models.CharField(default='', editable=False, max_length=64),
        ),
migrations.AddField(
            model_name='pressparty',
            name='needs_second',
            field=models.BooleanField(default=True),
        ),]),
RunOnRows("reports_pressparty", remember_mandates),
Together([migrations.AddConstraint(
            model_name='pressparty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), _connector='OR'), name='press_party_agreed_by_somebody'),
        ),
migrations.AddConstraint(
            model_name='pressparty',
            constraint=models.CheckConstraint(condition=models.Q(('named_by__isnull', True), ('agreed_by__isnull', True), models.Q(('named_by', models.F('agreed_by')), _negated=True), _connector='OR'), name='press_party_named_by_two'),
        ),]),
]
