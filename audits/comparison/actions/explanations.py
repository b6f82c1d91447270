"""Explain a disagreement. An explanation is never changed; a next one stands before it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import EXPLAINED
from audits.comparison.rules.disagreement import Disagreement
from audits.models.comparison import DisagreementNote
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError

LONGEST: Final = 2000
"""Characters of an explanation: what is longer belongs in a document."""


@transaction.atomic
def explain(
    *,
    institution: Institution,
    theme_id: int | None,
    found: Disagreement | None,
    seen_sha256: str,
    text: str,
    at: datetime,
    by: User,
) -> DisagreementNote:
    """Keep why parties disagree, tied to exactly the verdicts that the writer saw.

    ``found`` is the disagreement as it is now, ``seen_sha256`` the one on the writer's page,
    ``at`` an aware instant. Raises RefusedError where the two differ or the text is no text.
    """
    if found is None:
        raise RefusedError(
            _("The parties no longer disagree here. Look at the page again; nothing was kept.")
        )
    if found.sha256 != seen_sha256:
        raise RefusedError(
            _(
                "A verdict changed while you wrote. Read the verdicts again and send your "
                "explanation once more if it still fits."
            )
        )
    text = text.strip()
    if not text:
        raise RefusedError(_("Say why the parties can both be right, or who is not."), "text")
    if len(text) > LONGEST:
        raise RefusedError(
            _("Use at most %(count)s characters; put the rest in a document.") % {"count": LONGEST},
            "text",
        )
    note = DisagreementNote.objects.create(
        institution=institution,
        theme_id=theme_id,
        facts=found.facts,
        facts_sha256=found.sha256,
        text=text,
        written_at=at,
        written_by=by,
    )
    record_act(kind=EXPLAINED, on=note, at=at, institution=institution, by=by)
    return note
