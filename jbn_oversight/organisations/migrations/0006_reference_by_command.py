from django.db import IntegrityError, migrations, transaction

TABLES = (
    "organisations_authorityname",
    "organisations_authority",
    "organisations_institutiontask",
    "organisations_municipalityregion",
    "organisations_municipality",
    "organisations_institution",
    "organisations_region",
)


def forget_unused(apps, editor):
    """Take back what 0002 loaded, where nobody has an account and nothing refers to any of it.

    A portal that is in use keeps every row. A new one begins empty; ``load_reference`` brings
    the rows to whoever wants them.
    """
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM accounts_user)")
        if cursor.fetchone() == (True,):
            return
        try:
            with transaction.atomic(editor.connection.alias):
                for table in TABLES:
                    cursor.execute(f"DELETE FROM {table}")
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError:
            pass  # a delivery, a norm or a paper refers to one of them: all of them stay


class Migration(migrations.Migration):
    """A new portal is forced into no region and to no institution."""

    dependencies = [
        ("organisations", "0005_tasks_of_known_authorities"),
        ("accounts", "0002_initial"),
    ]
    operations = [migrations.RunPython(forget_unused, migrations.RunPython.noop)]
