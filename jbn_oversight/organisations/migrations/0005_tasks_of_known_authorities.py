from django.db import migrations

from jbn_oversight.database import RunOnRows

KINDS = {
    "kmi": "certifies",
    "igj": "inspects",
    "ijenv": "inspects",
    "jeugdautoriteit": "guards",
}


def tell_kinds(apps, editor):
    """Say what each authority that came with the portal does; others stay something else."""
    for authority in apps.get_model("organisations", "Authority").objects.filter(code__in=KINDS):
        authority.kind = KINDS[authority.code]
        authority.save(update_fields=["kind"])


class Migration(migrations.Migration):
    """What the code of an authority meant becomes a column."""

    dependencies = [("organisations", "0004_mergers_and_tasks_of_authorities")]
    operations = [RunOnRows("organisations_authority", tell_kinds)]
