"""Kinds of documents, their category under the Woo, and the phases in which one stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.TextChoices):
    """Kinds of documents."""

    OPLEGGER = "oplegger", _("oplegger")
    RAADSINFORMATIEBRIEF = "raadsinformatiebrief", _("raadsinformatiebrief")
    ANSWER = "answer", _("answer to council questions")


class DocumentLanguage(models.TextChoices):
    """Languages in which documents are written: fewer than those of the screens may be."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")


class WooCategory(models.TextChoices):
    """Categories of information of which the Woo asks publication (article 3.3)."""

    COUNCIL_PAPERS = "council_papers", _("meeting papers of decentral authorities")
    """Article 3.3, second paragraph, under c; not in force in the text of 12 February 2025."""
    STUDIES = "studies", _("studies")
    """Article 3.3, second paragraph, under j; not in force in the text of 12 February 2025."""
    OWN_MOTION = "own_motion", _("published of our own motion")
    """Article 3.1."""


class Phase(models.TextChoices):
    """Where a briefing stands, for its makers. Derived, never stored."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for approval")
    APPROVED = "approved", _("approved")
    OVERDUE = "overdue", _("overdue")
    SCHEDULED = "scheduled", _("published, waiting for its hour")
    PUBLISHED = "published", _("published")
    SECRET = "secret", _("shut by secrecy")
    CLOSED = "closed", _("closed in an emergency")
    WITHDRAWN = "withdrawn", _("withdrawn")
