import django.db.models.deletion
import jbn_oversight.database
import jbn_oversight.public_id
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='HistoricalMembership',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('public_id', jbn_oversight.public_id.PublicIdField(db_index=True, unique=False)),
                    ('role', models.CharField(choices=[('alderman', 'alderman'), ('policy_adviser', 'policy adviser'), ('contract_manager', 'contract manager'), ('council_member', 'council member'), ('clerk', 'clerk'), ('privacy_officer', 'privacy officer'), ('auditor', 'auditor'), ('institution', 'institution'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.municipality')),
                    ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.region')),
                    ('institution', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.institution')),
                    ('added_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical membership',
                    'verbose_name_plural': 'historical memberships',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='from')),
                    ('until_on', models.DateField(blank=True, null=True, verbose_name='until (not including)')),
                    ('public_id', jbn_oversight.public_id.PublicIdField()),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(choices=[('alderman', 'alderman'), ('policy_adviser', 'policy adviser'), ('contract_manager', 'contract manager'), ('council_member', 'council member'), ('clerk', 'clerk'), ('privacy_officer', 'privacy officer'), ('auditor', 'auditor'), ('institution', 'institution'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.municipality')),
                    ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.region')),
                    ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.institution')),
                    ('added_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'membership',
                    'verbose_name_plural': 'memberships',
                    'ordering': ['user__name', 'role', 'from_on'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='membership_dates'), models.CheckConstraint(condition=models.Q(models.Q(('institution__isnull', True), ('municipality__isnull', False), ('region__isnull', True)), models.Q(('institution__isnull', True), ('municipality__isnull', True), ('region__isnull', False)), models.Q(('institution__isnull', False), ('municipality__isnull', True), ('region__isnull', True)), _connector='OR'), name='membership_one_place'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('council_member', 'clerk')), _negated=True), ('municipality__isnull', False), _connector='OR'), name='membership_role_in_municipality'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('alderman', 'policy_adviser', 'contract_manager')), _negated=True), ('institution__isnull', True), _connector='OR'), name='membership_role_not_in_institution'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'institution'), _negated=True), ('institution__isnull', False), _connector='OR'), name='membership_role_in_institution')],
                },
            ), migrations.CreateModel(
                name='AccountChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', jbn_oversight.public_id.PublicIdField()),
                    ('kind', models.CharField(choices=[('role', 'a role'), ('address', 'an e-mail address'), ('reopening', 'an account that opens again')], max_length=10)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_changes', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(blank=True, choices=[('alderman', 'alderman'), ('policy_adviser', 'policy adviser'), ('contract_manager', 'contract manager'), ('council_member', 'council member'), ('clerk', 'clerk'), ('privacy_officer', 'privacy officer'), ('auditor', 'auditor'), ('institution', 'institution'), ('administrator', 'administrator')], max_length=20)),
                    ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.municipality')),
                    ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                    ('institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.institution')),
                    ('from_on', models.DateField(null=True)),
                    ('until_on', models.DateField(null=True)),
                    ('old_address', models.EmailField(blank=True, max_length=254)),
                    ('new_address', models.EmailField(blank=True, max_length=254)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agreed_at', models.DateTimeField(null=True)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('refused_at', models.DateTimeField(null=True)),
                    ('done_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-asked_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), _connector='OR'), name='account_change_agreed'), models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='account_change_dates'), models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(models.Q(('agreed_by', models.F('asked_by')), _negated=True), models.Q(('agreed_by', models.F('person')), _negated=True)), _connector='OR'), name='account_change_takes_two'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), models.Q(('agreed_at__isnull', False), ('refused_at__isnull', True)), _connector='OR'), name='account_change_done_when_agreed'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'address'), _negated=True), ('done_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='account_change_address_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'role'), _negated=True), models.Q(('from_on__isnull', False), models.Q(('role', ''), _negated=True), models.Q(('municipality__isnull', False), ('region__isnull', False), ('institution__isnull', False), _connector='OR')), _connector='OR'), name='account_change_role_is_whole')],
                },
            )],
        ),
    ]
