"""Paper under a duty of secrecy: it says so in its Status row and on each page.

Secrecy comes and goes apart from what was signed. So nothing that was frozen or printed is
touched: while it runs, who may have a file gets it printed for the moment, from the same frozen
text, and once it is lifted the kept file is there as it was.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation

from reports.briefings.document.selectors.documents import document_of_variant, document_of_version
from reports.briefings.gate.sentences import secrecy_line
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant
from reports.briefings.printing.actions.copies import gate, marked
from reports.briefings.printing.models import PersonalCopy
from reports.documents.rules import BriefingDocument
from reports.pdf.gate import check
from reports.pdf.render import RenderError, render


def with_secrecy(document: BriefingDocument, briefing: Briefing) -> BriefingDocument:
    """The document with the secrecy that runs on the briefing, in its own language."""
    with translation.override(document.language):
        return replace(document, secrecy_line=secrecy_line(briefing))


def secret_paper(text: BriefingVersion | VersionVariant, briefing: Briefing) -> bytes | None:
    """The text printed now, with its secrecy; None where none runs and the kept file is right.

    Raises RenderError where it cannot be printed or does not pass the PDF gate.
    """
    if not briefing.is_secret:
        return None
    if isinstance(text, BriefingVersion):
        document = document_of_version(text)
    else:
        document = document_of_variant(text)
    rendered = render(with_secrecy(document, briefing))
    if check(rendered.data, attachments=rendered.attachments):
        raise RenderError("the paper under secrecy does not pass the gate")
    return rendered.data


def secret_copy(
    copy: PersonalCopy, text: BriefingVersion | VersionVariant, briefing: Briefing
) -> bytes | None:
    """A reader's own copy with its secrecy, of the same number and code; None where none runs.

    Raises RenderError as ``secret_paper`` does.
    """
    source = secret_paper(text, briefing)
    if source is None:
        return None
    data = marked(copy, source)
    if gate(data):
        raise RenderError("the copy under secrecy does not pass the gate")
    return data
