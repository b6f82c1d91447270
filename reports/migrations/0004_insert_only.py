"""More rows that the database never lets anyone change or remove."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers; see ``jbn_oversight.database``."""

    dependencies: ClassVar = [("reports", "0003_briefings_for_every_council")]
    operations: ClassVar = [
        InsertOnly(
            "reports_versionvariant",
            closes=("set_aside_at", "set_aside_by_id", "set_aside_reason"),
        ),
        InsertOnly(
            "reports_personalcopy", closes=("finished_at", "stored_id", "failure")
        ),
        InsertOnly("reports_question"),
        InsertOnly("reports_questionanswer"),
        InsertOnly("reports_guessingalarm"),
        InsertOnly("reports_publicpage"),
        InsertOnly(
            "reports_readerproposal", closes=("decided_at", "decided_by_id", "agreed")
        ),
        InsertOnly("reports_proposedreader"),
        InsertOnly("reports_attachmentscan"),
        InsertOnly("reports_factcheck", closes=("revoked_at", "revoked_by_id")),
        InsertOnly("reports_factcheckpassage"),
        InsertOnly(
            "reports_factcheckanswer",
            closes=("settlement", "settlement_reason", "settled_at", "settled_by_id"),
        ),
        InsertOnly("reports_review"),
        InsertOnly("reports_announcementplace"),
        InsertOnly("reports_announcedday"),
        InsertOnly("reports_presstext"),
        InsertOnly("reports_pressagreement"),
        InsertOnly("reports_sharingrule", closes=("ended_at", "ended_by_id")),
        InsertOnly("reports_sharingrulecouncil"),
        InsertOnly("reports_passingon"),
        InsertOnly("reports_toldfact", closes=("struck_at", "struck_by_id")),
        InsertOnly("reports_signoff", closes=("version_id", "voided_at", "void_reason")),
        InsertOnly(
            "reports_act",
            closes=("confirmed_at", "confirmed_by_id", "cancelled_at", "cancelled_by_id"),
        ),
        InsertOnly("reports_emergencyclosing", closes=("reopened_by_id",)),
        InsertOnly("reports_releasenotice"),
        InsertOnly("reports_rehearsal"),
        InsertOnly("reports_breach"),
        InsertOnly("reports_breachstep"),
        InsertOnly("reports_releasedcell"),
    ]
