"""The register of documents: letters, reports and decisions, their versions and passages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.models.imprecise_days import (
    RoughDay,
    precision_field,
    rough_day_constraint,
)
from certification.models.sources import Source
from certification.rights import KEEP_DOCUMENTS, SEE_DOCUMENTS
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.constraints import both_or_neither, different
from jbn_oversight.embargo import EmbargoFacts, Term
from jbn_oversight.files.models import StoredFile
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class DocumentKind(models.TextChoices):
    """What kind of paper it is."""

    REPORT = "report", _("report")
    LETTER = "letter", _("letter")
    DECISION = "decision", _("decision")
    PLAN = "plan", _("plan")
    MESSAGE = "message", _("message")
    OTHER = "other", _("other")


class Document(models.Model):
    """A paper about an institution. Facts name its ``source``; the bytes are its versions."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices)
    source = models.OneToOneField(Source, models.PROTECT, related_name="document")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Document"].as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["source__title"]

    def __str__(self) -> str:
        return self.source.title


class DocumentVersionQuerySet(TrackedQuerySet["DocumentVersion"]):
    """Versions of documents, and the two gates to them: of readers and of makers."""

    def visible_to(self, user: User | AnonymousUser, at: datetime) -> DocumentVersionQuerySet:
        """Those that the person may read at the instant (aware).

        The same answer as ``jbn_oversight.embargo.answer`` gives for ``embargo_facts``: within
        the embargo to anyone who is named, after it to all who see the register. A property test
        holds the two together.
        """
        day = amsterdam_day(at)
        actor = Actor.of(user, day)
        if actor.user is None:
            return self.none()
        named = Exists(
            DocumentReader.objects.filter(
                Q(membership__until_on__isnull=True) | Q(membership__until_on__gt=day),
                version=OuterRef("pk"),
                removed_at__isnull=True,
                membership__user=actor.user,
                membership__from_on__lte=day,
            )
        )
        institutions = actor.places(SEE_DOCUMENTS).institutions
        is_out = Q(released_at__isnull=False, embargo_until__lte=at)
        in_audience = Q(document__institution__code__in=institutions)
        return self.filter(withdrawn_at__isnull=True).filter(
            (is_out & (in_audience | named)) | (named & Q(window_opens_at__lte=at))
        )

    def worked_on_by(self, user: User | AnonymousUser, at: datetime) -> DocumentVersionQuerySet:
        """Those that the person added or is asked to release, while they keep the register."""
        actor = Actor.of(user, amsterdam_day(at))
        if actor.user is None:
            return self.none()
        return self.filter(
            Q(added_by=actor.user) | Q(asked_releaser=actor.user),
            document__institution__code__in=actor.places(KEEP_DOCUMENTS).institutions,
        )

    def seen_by(self, user: User | AnonymousUser, at: datetime) -> DocumentVersionQuerySet:
        """Those that the person may read or works on; of whom it is a maker, withdrawn ones too."""
        mine = self.worked_on_by(user, at).values("pk")
        readable = self.visible_to(user, at).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=readable))


class DocumentVersion(models.Model):
    """One state of a document's bytes. A change is a next version, with a reason.

    ``embargo_until`` is the hour on which it opens to all who see the register; the clock alone
    opens nothing: somebody records ``released_at`` too, as with a briefing.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    dated_on = models.DateField(_("date on the paper"), null=True, blank=True)
    dated_precision = precision_field()
    reason = models.CharField(_("what changed"), max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    window_opens_at = models.DateTimeField(_("named readers may read from"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"))
    asked_releaser = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("releases it")
    )
    offered_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    """Of the bytes as they were offered, before they were cleaned; those are kept nowhere."""
    scan_codes: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, blank=True, editable=False
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    history = HistoricalRecords()
    objects: ClassVar = DocumentVersionQuerySet.as_manager()
    dated = RoughDay("dated")

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(name="document_number_once", fields=["document", "number"]),
            rough_day_constraint("document_dated", "dated"),
            both_or_neither("document_released_by_somebody", "released_at", "released_by"),
            both_or_neither("document_withdrawn_by_somebody", "withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="document_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="document_window_before_the_hour",
                condition=Q(window_opens_at__isnull=True)
                | Q(window_opens_at__lte=F("embargo_until")),
            ),
            models.CheckConstraint(
                name="document_embargo_released_by_a_second_person",
                condition=Q(released_at__isnull=True)
                | Q(embargo_until__lte=F("added_at"))
                | ~Q(released_by=F("added_by")),
            ),
            different("document_releaser_is_another", "added_by", "asked_releaser"),
            models.CheckConstraint(
                name="document_change_has_a_reason", condition=Q(number=1) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    @property
    def had_embargo(self) -> bool:
        """Whether it was shut to some when it came in."""
        return self.embargo_until > self.added_at

    def is_out(self, at: datetime) -> bool:
        """Whether all who see the register may read it at the instant (aware)."""
        return (
            self.withdrawn_at is None and self.released_at is not None and self.embargo_until <= at
        )

    def was_out(self, at: datetime) -> bool:
        """Whether it has been open by the instant (aware), even if it was withdrawn later."""
        until = min(at, self.withdrawn_at) if self.withdrawn_at else at
        opened = self.released_at and max(self.released_at, self.embargo_until)
        return opened is not None and opened <= until

    def embargo_facts(
        self, reader: DocumentReader | None = None, audience: tuple[Term, ...] = ()
    ) -> EmbargoFacts:
        """The facts for the one rule of ``jbn_oversight.embargo``, for one reader.

        ``audience`` holds the mandates by which the reader sees the register at all. A named
        reader agreed to the embargo when the paper came in, so no terms are asked again.
        """
        named: datetime | None = reader.named_at if reader else None
        return EmbargoFacts(
            approved_at=self.added_at,
            window_opens_at=self.window_opens_at,
            embargo_until=self.embargo_until,
            published_at=self.released_at,
            withdrawn_at=self.withdrawn_at,
            invited_at=named,
            accepted_at=named,
            removed_at=reader.removed_at if reader else None,
            early_terms=(reader.term,) if reader else (),
            audience_terms=audience,
        )


class DocumentReader(models.Model):
    """Somebody who, by name and mandate, may read a version before its hour."""

    audit: ClassVar = Keeping.TRACKED
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="readers")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["DocumentReader"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="document_reader_once",
                fields=["version", "membership"],
                condition=Q(removed_at__isnull=True),
            ),
            both_or_neither("document_reader_removed_by_somebody", "removed_at", "removed_by"),
        ]

    def __str__(self) -> str:
        return str(self.membership.user)

    @property
    def term(self) -> Term:
        """The mandate that carries the reading."""
        return Term(self.membership.from_on, self.membership.until_on)


class Passage(models.Model):
    """A quoted place in a version of a document; facts link back to it."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="passages")
    place = models.CharField(
        _("where"),
        max_length=100,
        validators=[no_personal_numbers],
        help_text=_("For example: page 12, or chapter 3."),
    )
    quote = models.CharField(
        _("quoted words"),
        max_length=1000,
        validators=[no_personal_numbers],
        help_text=_("At most 1000 characters, word for word."),
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Passage"].as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(name="passage_once", fields=["version", "place", "quote"])
        ]

    def __str__(self) -> str:
        return f"{self.version.document}, {self.place}"


class DocumentReading(models.Model):
    """That somebody was given the bytes of a version. It copies what it must say later."""

    audit: ClassVar = Keeping.INSERT_ONLY
    version_public_id = models.CharField(max_length=32, db_index=True)
    version_number = models.PositiveSmallIntegerField()
    reader_public_id = models.CharField(max_length=32)
    reader_name = models.CharField(max_length=150)
    reader_email = models.CharField(max_length=254)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    sha256 = models.CharField(max_length=64)
    objects: ClassVar = models.Manager["DocumentReading"]()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="document_reading_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_public_id} {self.at:%Y-%m-%d}"
