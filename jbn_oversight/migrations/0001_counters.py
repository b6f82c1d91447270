"""The table of the cache: rates of attempts, counted by all web processes together.

As ``createcachetable`` makes it, but unlogged: after a crash of the server all start at nought.
"""

from django.db import migrations


class Migration(migrations.Migration):

    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE base_counters (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX base_counters_expires ON base_counters (expires);
            """,
            "DROP TABLE base_counters",
        ),
    ]
