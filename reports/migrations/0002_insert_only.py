"""Rows that are never changed or removed; ``closes`` names what may once be filled."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers of the database, whoever writes and however."""

    dependencies: ClassVar = [("reports", "0001_initial")]
    operations: ClassVar = [
        InsertOnly("reports_act", closes=("confirmed_at", "confirmed_by_id", "cancelled_at", "cancelled_by_id")),
        InsertOnly("reports_announcedday"),
        InsertOnly("reports_announcementplace"),
        InsertOnly("reports_attachmentscan"),
        InsertOnly("reports_breach"),
        InsertOnly("reports_breachstep"),
        InsertOnly("reports_briefingversion", closes=("published_at", "published_by_id")),
        InsertOnly("reports_contribution"),
        InsertOnly("reports_emergencyclosing", closes=("reopened_by_id",)),
        InsertOnly("reports_factcheck", closes=("revoked_at", "revoked_by_id")),
        InsertOnly("reports_factcheckanswer", closes=("settlement", "settlement_reason", "settled_at", "settled_by_id")),
        InsertOnly("reports_factcheckpassage"),
        InsertOnly("reports_guessingalarm"),
        InsertOnly("reports_overduenotice"),
        InsertOnly("reports_passingon"),
        InsertOnly("reports_personalcopy", closes=("finished_at", "stored_id", "failure")),
        InsertOnly("reports_pressagreement"),
        InsertOnly("reports_presstext"),
        InsertOnly("reports_proposedreader"),
        InsertOnly("reports_publicpage"),
        InsertOnly("reports_question"),
        InsertOnly("reports_questionanswer", closes=("given_at", "given_by_id")),
        InsertOnly("reports_readerproposal", closes=("decided_at", "decided_by_id", "agreed")),
        InsertOnly("reports_readinglog"),
        InsertOnly("reports_rehearsal"),
        InsertOnly("reports_releasedcell"),
        InsertOnly("reports_releasenotice"),
        InsertOnly("reports_rendering", closes=("finished_at", "pdf_id", "failure")),
        InsertOnly("reports_review"),
        InsertOnly("reports_sharingrule", closes=("ended_at", "ended_by_id")),
        InsertOnly("reports_sharingrulecouncil"),
        InsertOnly("reports_signoff", closes=("version_id", "voided_at", "void_reason")),
        InsertOnly("reports_toldfact", closes=("struck_at", "struck_by_id")),
        InsertOnly("reports_versionattachment"),
        InsertOnly("reports_versionvariant", closes=("set_aside_at", "set_aside_by_id", "set_aside_reason")),
    ]
