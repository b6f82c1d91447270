"""Questions of council members about a briefing, and the answers that all its readers get."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role, User
from jbn_oversight.constraints import dates_in_order, different
from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class Question(models.Model):
    """What a council member asked. Readers see it once it is answered, without the name."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    organisation = models.CharField(max_length=200)
    objects: ClassVar = models.Manager["Question"]()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def role_word(self) -> str:
        """The role in words; as it was copied where that role no longer exists."""
        return str(dict(Role.choices).get(self.role, self.role))


class QuestionAnswerQuerySet(models.QuerySet["QuestionAnswer"]):
    """Answers of makers."""

    def given_out(self) -> QuestionAnswerQuerySet:
        """Those that readers may see: another maker looked and gave them out."""
        return self.filter(given_at__isnull=False)


class QuestionAnswer(models.Model):
    """An answer: drafted by one maker, given out by another; until then makers alone see it.

    A later one adds to it and replaces nothing.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    """When it went to all readers."""
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Who gave it out; empty for those that readers got before this took two people."""
    objects: ClassVar = QuestionAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering: ClassVar = ["answered_at", "pk"]
        constraints: ClassVar = [
            different("answer_given_out_by_another", "answered_by", "given_by"),
            dates_in_order("answer_given_out_last", "answered_at", "given_at"),
            models.CheckConstraint(
                name="answer_given_out_by_somebody",
                condition=Q(given_at__isnull=True, given_by__isnull=True)
                | Q(given_at__isnull=False, given_by__isnull=False)
                | Q(given_at=F("answered_at"), given_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
