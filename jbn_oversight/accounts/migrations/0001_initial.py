import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import jbn_oversight.database
import jbn_oversight.public_id
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        jbn_oversight.database.CreateTables(
            tables=[migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('public_id', jbn_oversight.public_id.PublicIdField()),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                    ('name', models.CharField(max_length=150, verbose_name='name')),
                    ('language', models.CharField(choices=[('nl', 'Dutch'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                    ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                    ('is_demo', models.BooleanField(default=False, verbose_name='fictional person of the demonstration')),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                    ('signed_out_at', models.DateTimeField(editable=False, null=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'ordering': ['name', 'email'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower'), models.CheckConstraint(condition=models.Q(('is_superuser', False)), name='user_no_superuser')],
                },
            ), migrations.CreateModel(
                name='HistoricalUser',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('public_id', jbn_oversight.public_id.PublicIdField(db_index=True, unique=False)),
                    ('email', models.EmailField(db_index=True, max_length=254, verbose_name='e-mail address')),
                    ('name', models.CharField(max_length=150, verbose_name='name')),
                    ('language', models.CharField(choices=[('nl', 'Dutch'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                    ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                    ('is_demo', models.BooleanField(default=False, verbose_name='fictional person of the demonstration')),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                    ('signed_out_at', models.DateTimeField(editable=False, null=True)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical person',
                    'verbose_name_plural': 'historical people',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            )],
        ),
    ]
