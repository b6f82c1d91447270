"""Themes on which bodies are laid side by side, and what advisers say where they disagree."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.models.frameworks import NormTheme
from jbn_oversight import history as keeping
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField


class ComparisonTheme(models.Model):
    """A matter that several bodies judge: which themes of theirs and which figures it gathers.

    It says only what is about the same matter. Nothing is made into one scale.
    """

    audit: ClassVar = keeping.Keeping.TRACKED
    code = models.SlugField(unique=True)
    title = models.CharField(
        _("theme"),
        max_length=200,
        validators=[no_personal_numbers],
        help_text=_("What the norms and figures have in common, in a few words."),
    )
    position = models.PositiveSmallIntegerField(
        _("place in the order"),
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text=_("1 stands on top."),
    )
    norm_themes = models.ManyToManyField(NormTheme, related_name="comparisons", blank=True)
    kpis = models.JSONField(_("figures"), default=list, blank=True)
    history = HistoricalRecords(m2m_fields=[norm_themes])
    objects: ClassVar = keeping.TrackedQuerySet["ComparisonTheme"].as_manager()

    class Meta:
        verbose_name = _("theme side by side")
        verbose_name_plural = _("themes side by side")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class DisagreementNote(models.Model):
    """An adviser's explanation of a disagreement, for exactly the verdicts named in ``facts``.

    When a verdict changes the hash no longer fits, and an explanation is asked for again.
    Without a theme it is about the institution as a whole. Of several for the same verdicts
    the last one is shown.
    """

    audit: ClassVar = keeping.Keeping.INSERT_ONLY
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    theme = models.ForeignKey(
        ComparisonTheme, models.PROTECT, null=True, blank=True, related_name="notes"
    )
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    text = models.TextField(_("explanation"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["DisagreementNote"]()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="disagreement_note_sha256", condition=Q(facts_sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="disagreement_note_text", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(name="disagreement_note_facts", fields=["institution", "facts_sha256"])
        ]

    def __str__(self) -> str:
        return str(self.theme or self.institution)
