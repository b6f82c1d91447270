"""Quoting in a draft what a council knows already."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Municipality
from jbn_oversight.refusals import RefusedError
from reports.briefings.chronology.selectors.told import as_markdown, told
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions.sections import TypedText, add_section, save_section


@transaction.atomic
def quote_chronology(
    *, briefing: Briefing, municipality: Municipality, at: datetime, by: User
) -> Section:
    """Add a section, for this council alone, with what it was told and may know.

    Nothing unpublished is quoted. Raises PermissionDenied, or RefusedError where the council
    was told nothing yet.
    """
    check(maker_of(briefing, by, at).writes)
    with translation.override(briefing.language):
        lines = told(municipality, briefing.institution, by, at)
        text = as_markdown(lines)
        heading = _("What your council knows already")
    if not text:
        raise RefusedError(_("This council was told nothing yet that can be quoted."))
    section = add_section(briefing=briefing, heading=heading, after=None, at=at, by=by)
    typed = TypedText(heading, text, section.revision, municipality)
    return save_section(section=section, typed=typed, at=at, by=by)
