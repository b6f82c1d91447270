"""Which addresses hold papers, and whether one that was asked for is there.

Only for counting who asks in vain: no answer depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Model
from django.urls import Resolver404, resolve

from audits.models.plans import EvidenceVersion
from certification.models import Document, DocumentVersion, Passage
from reports.briefings.decisions.models import Act, Breach
from reports.briefings.factcheck.models import FactCheck, FactCheckAnswer, fingerprint_of
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import Comment
from reports.briefings.models.parts import Attachment, Section
from reports.briefings.models.questions import Question, QuestionAnswer
from reports.briefings.models.readers import EarlyReader, ReaderProposal
from reports.briefings.models.versions import BriefingVersion, VersionAttachment, VersionVariant
from reports.briefings.planning.models import PlanStep
from reports.briefings.press.models import PressParty
from reports.briefings.public_pages.models import PublicPage
from reports.briefings.sharing.models import SharingRule, ToldFact

PAPERS: Final = re.compile(
    r"/(?:briefings|public)/"
    r"|/oversight/[^/]+/documents/"
    r"|/oversight/[^/]+/findings/actions/[^/]+/evidence/"
)
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")

KEYS: Final[Mapping[str, tuple[type[Model], ...]]] = {
    "act_id": (Act,),
    "answer_id": (FactCheckAnswer,),
    "attachment_id": (Attachment, VersionAttachment),
    "breach_id": (Breach,),
    "check_id": (FactCheck,),
    "comment_id": (Comment,),
    "document_id": (Document,),
    "paper_id": (DocumentVersion,),
    "party_id": (PressParty,),
    "passage_id": (Passage,),
    "proposal_id": (ReaderProposal,),
    "public_id": (Briefing,),
    "question_id": (Question,),
    "reader_id": (EarlyReader,),
    "reply_id": (QuestionAnswer,),
    "rule_id": (SharingRule,),
    "section_id": (Section,),
    "step_id": (PlanStep,),
    "text_id": (VersionVariant,),
    "told_id": (ToldFact,),
    "version_id": (BriefingVersion, EvidenceVersion),
}
"""What stands behind the part of an address, by its ``public_id``."""
OTHERS: Final[Mapping[str, tuple[type[Model], str]]] = {
    "page_key": (PublicPage, "key"),
    "link": (FactCheck, "link_sha256"),
}
OPEN_WORDS: Final = frozenset({"act_kind", "action_id", "institution_code", "municipality_code"})
"""Parts that anybody knows or that name no paper."""


def holds_papers(path: str) -> bool:
    """Whether papers lie under the address."""
    return PAPERS.match(path) is not None


def is_there(path: str) -> bool:
    """Whether each key in the address stands for something, no matter who may see it.

    Asks the same questions whatever it finds, so that its time tells nothing.
    """
    parts = _parts(path)
    if parts is None:
        return False
    found = [_exists(name, str(value)) for name, value in parts.items() if name not in OPEN_WORDS]
    return all(found)


def _parts(path: str) -> Mapping[str, Any] | None:
    # A mail program may have cut off the slash.
    for one in (path, f"{path}/"):
        try:
            return resolve(one).kwargs
        except Resolver404:
            continue
    return None


def _exists(name: str, value: str) -> bool:
    if not _KEY.fullmatch(value):
        return False
    if name in OTHERS:
        model, field = OTHERS[name]
        value = fingerprint_of(value) if name == "link" else value
        return model._default_manager.filter(**{field: value}).exists()
    rows = [model._default_manager.filter(public_id=value).exists() for model in KEYS.get(name, ())]
    return any(rows)
