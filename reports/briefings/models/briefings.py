"""A briefing: its draft, its makers, and the facts that decide who may read it when.

The draft's fields are never shown to a reader. Readers get a ``BriefingVersion``; which one,
and whether, is answered by ``BriefingQuerySet``. Phases are derived from dated columns.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.access import ObjectPermission, holds
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.constraints import (
    both_or_neither,
    dates_in_order,
    different,
    exactly_one_of,
)
from jbn_oversight.embargo import Answer, EmbargoFacts, Term
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.dossiers import Dossier
from reports.briefings.models.kinds import DocumentLanguage, DocumentType, Phase, WooCategory
from reports.briefings.models.parts import AudienceMember
from reports.briefings.models.readers import READING_ROLES, EarlyReader
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.models.signing import Signatory
from reports.briefings.models.versions import BriefingVersion

WRITE: Final = "write_briefing"
APPROVE: Final = "approve_briefing"
PUBLISH: Final = "publish_briefing"
MAKERS_RIGHTS: Final = (WRITE, APPROVE, PUBLISH)
"""All that guardian may hold on a briefing. Readers hold none of these."""


class BriefingQuerySet(TrackedQuerySet["Briefing"]):
    """Briefings. Whatever shows one starts at ``visible_to`` or at ``worked_on_by``."""

    def with_answer(self, user: User | AnonymousUser, at: datetime) -> BriefingQuerySet:
        """Annotate what each briefing is to this reader: ``jbn_oversight.embargo`` in SQL.

        ``answer`` is a value of ``Answer``; ``reads_version_id`` the version to be shown with
        it, only meaningful for ``within`` and ``after``. ``at`` is an aware instant.
        """
        if not (user.is_authenticated and user.is_active):
            nothing: dict[str, Any] = {
                "answer": Value(Answer.NONE.value),
                "reads_version_id": Value(None, output_field=models.BigIntegerField()),
            }
            return self.annotate(**nothing)
        early = EarlyReader.objects.remaining(at).filter(briefing=OuterRef("pk"), user=user)
        latest = BriefingVersion.objects.filter(briefing=OuterRef("pk")).order_by("-number")
        secret = Secrecy.objects.running().filter(briefing=OuterRef("pk"))
        is_out = Q(published_at__isnull=False, embargo_until__lte=at) & ~Exists(secret)
        may_read_early = Q(has_accepted=True, approved_at__isnull=False, window_opens_at__lte=at)
        reader: dict[str, Any] = {
            "is_early": Exists(early),
            "has_accepted": Exists(early.filter(accepted_at__isnull=False)),
            "in_audience": Exists(AudienceMember.objects.with_member(user, at)),
        }
        answers: dict[str, Any] = {
            "answer": Case(
                When(
                    Q(withdrawn_at__isnull=False) | Q(closed_at__isnull=False),
                    then=Value(Answer.NONE.value),
                ),
                When(
                    is_out & (Q(in_audience=True) | Q(is_early=True)),
                    then=Value(Answer.AFTER.value),
                ),
                When(is_out | Q(is_early=False), then=Value(Answer.NONE.value)),
                When(may_read_early, then=Value(Answer.WITHIN.value)),
                default=Value(Answer.BEFORE.value),
            ),
            "reads_version_id": Case(
                When(may_read_early, then=Subquery(latest.values("pk")[:1])),
                default="published_version_id",
            ),
        }
        return self.alias(**reader).annotate(**answers)

    def known_to(self, user: User | AnonymousUser, at: datetime) -> BriefingQuerySet:
        """Those that exist for this reader, also ``before``: for a briefing's own address alone.

        Never for a list or a count, in which an invitation does not stand.
        """
        return self.with_answer(user, at).filter(~Q(answer=Answer.NONE.value))

    def visible_to(self, user: User | AnonymousUser, at: datetime) -> BriefingQuerySet:
        """Those whose content this reader may see at this instant: the gate for readers."""
        may_see = (Answer.WITHIN.value, Answer.AFTER.value)
        return self.with_answer(user, at).filter(Q(answer__in=may_see))

    def worked_on_by(
        self, user: User | AnonymousUser, at: datetime | None = None
    ) -> BriefingQuerySet:
        """Those on which this person is a maker, by name and with a running mandate.

        The gate for makers. ``at`` is an aware instant; left out, it is now.
        """
        actor = Actor.of(user, amsterdam_day(at or utc_now()))
        if actor.user is None:
            return self.none()
        places = actor.places("reports.make_briefings")
        by_name = Q()
        for codename in MAKERS_RIGHTS:
            by_name |= Q(pk__in=holds(codename, actor.user, BriefingPermission))
        in_place = Q(region__slug__in=places.regions) | Q(
            municipality__cbs_code__in=places.municipalities
        )
        # Who signs for another region or municipality holds a mandate there.
        signs = Signatory.objects.filter(in_place, user=actor.user)
        return self.filter(by_name, in_place | Q(pk__in=signs.values("briefing")))

    def public(self, at: datetime) -> BriefingQuerySet:
        """Those that anybody reads, also without an account: the gate of the public pages.

        It was signed so, a publication was recorded, and the hour has come. Nothing that is
        secret is among them, whatever its embargo. ``at`` is an aware instant.
        """
        return self.filter(
            published_version__public_page=True,
            published_at__isnull=False,
            embargo_until__lte=at,
            withdrawn_at__isnull=True,
            closed_at__isnull=True,
        ).exclude(Exists(Secrecy.objects.running().filter(briefing=OuterRef("pk"))))

    def overdue(self, at: datetime) -> BriefingQuerySet:
        """Those whose hour has come while nothing was published. ``at`` is an aware instant.

        None under a duty of secrecy: nobody may publish them, so nobody is late.
        """
        return self.filter(
            embargo_until__lte=at, published_at__isnull=True, withdrawn_at__isnull=True
        ).exclude(Exists(Secrecy.objects.running().filter(briefing=OuterRef("pk"))))


class Briefing(models.Model):
    """One briefing of one region or municipality about one institution."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    document_type = models.CharField(
        _("kind of document"),
        max_length=20,
        choices=DocumentType.choices,
        default=DocumentType.OPLEGGER,
    )
    language = models.CharField(
        _("language of the document"),
        max_length=2,
        choices=DocumentLanguage.choices,
        default=DocumentLanguage.DUTCH,
    )

    title = models.CharField(_("title"), max_length=200)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    addressees = models.TextField(_("to"), blank=True)
    """Text on paper, one a line; gives nobody a right."""
    sender = models.CharField(_("from"), max_length=200, blank=True)
    document_date = models.DateField(_("date"), null=True, blank=True)
    status_line = models.CharField(_("status"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    """Whom readers ask. Shown to an invited reader before the window opens."""
    figures_as_of = models.DateField(_("figures as of month"), null=True, blank=True)
    figures_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Of which region the charts are; empty for the institution as a whole."""
    kpis: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    charts: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    draft_revision = models.PositiveIntegerField(default=1, editable=False)
    change_reason = models.TextField(_("what changed and why"), blank=True)

    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    publisher = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    window_opens_at = models.DateTimeField(null=True)
    embargo_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    """The first sign-off, from which on the hour is compulsory; each version has its own."""
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    """The last publication, of ``published_version``."""
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_version = models.ForeignKey(
        BriefingVersion, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.TextField(blank=True)
    withdrawn_in_error = models.BooleanField(default=False)
    """It should never have been published: "published in error"."""
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="briefings")
    closed_at = models.DateTimeField(null=True)
    """Shut in an emergency, for every reader at once; empty again when two people reopen it."""
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closing_reason = models.TextField(blank=True)
    public_page = models.BooleanField(_("public page without signing in"), default=False)
    """What the draft asks: whether anybody reads it once it is out. A version has its own."""
    woo_category = models.CharField(
        _("Woo category"), max_length=20, choices=WooCategory.choices, blank=True
    )
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    """The Amsterdam day on which somebody looks whether it still holds."""

    history = HistoricalRecords()
    objects: ClassVar = BriefingQuerySet.as_manager()
    if TYPE_CHECKING:
        answer: str
        reads_version_id: int | None

    class Meta:
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering: ClassVar = ["-created_at", "-pk"]
        default_permissions = ()
        permissions: ClassVar = [(codename, codename) for codename in MAKERS_RIGHTS]
        indexes: ClassVar = [models.Index(name="briefing_hour", fields=["embargo_until"])]
        constraints: ClassVar = [
            exactly_one_of("briefing_one_owner", "region", "municipality"),
            different("briefing_author_is_not_publisher", "author", "publisher"),
            different("briefing_author_did_not_approve", "author", "approved_by"),
            different("briefing_author_did_not_publish", "author", "published_by"),
            different("briefing_approver_did_not_publish", "approved_by", "published_by"),
            both_or_neither("briefing_submitted_by_somebody", "submitted_at", "submitted_by"),
            both_or_neither("briefing_approved_by_somebody", "approved_at", "approved_by"),
            both_or_neither(
                "briefing_published_by_somebody",
                "published_at",
                "published_by",
                "published_version",
            ),
            both_or_neither("briefing_withdrawn_by_somebody", "withdrawn_at", "withdrawn_by"),
            both_or_neither("briefing_closed_by_somebody", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="briefing_closed_with_a_reason",
                condition=Q(closed_at__isnull=True) | ~Q(closing_reason=""),
            ),
            models.CheckConstraint(
                name="briefing_in_error_when_withdrawn",
                condition=Q(withdrawn_in_error=False) | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="briefing_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(
                name="briefing_others_can_publish_or_stop",
                condition=Q(submitted_at__isnull=True, approved_at__isnull=True)
                | Q(publisher__isnull=False),
            ),
            models.CheckConstraint(
                name="briefing_hour_from_approval_on",
                condition=Q(approved_at__isnull=True)
                | Q(embargo_until__isnull=False, window_opens_at__isnull=False),
            ),
            models.CheckConstraint(
                name="briefing_published_after_approval",
                condition=Q(published_at__isnull=True)
                | Q(approved_at__isnull=False, published_at__gte=models.F("approved_at")),
            ),
            dates_in_order("briefing_window_before_hour", "window_opens_at", "embargo_until"),
            dates_in_order("briefing_withdrawn_last", "published_at", "withdrawn_at"),
            models.CheckConstraint(
                name="briefing_figures_as_of_a_month",
                condition=Q(figures_as_of__isnull=True) | Q(figures_as_of__day=1),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def owner(self) -> Region | Municipality:
        """Whose briefing it is."""
        owner = self.region or self.municipality
        assert owner is not None  # briefing_one_owner
        return owner

    @property
    def owner_code(self) -> str:
        """The owner as the reading log copies it: ``region:slug`` or ``municipality:code``."""
        if self.region is not None:
            return f"region:{self.region.slug}"
        assert self.municipality is not None  # briefing_one_owner
        return f"municipality:{self.municipality.cbs_code}"

    @property
    def is_open(self) -> bool:
        """Neither withdrawn nor shut in an emergency: else nothing of it goes out or moves."""
        return self.withdrawn_at is None and self.closed_at is None

    @property
    def is_secret(self) -> bool:
        """Whether a duty of secrecy runs: asked again each time."""
        return self.secrecies.running().exists()

    def is_out(self, at: datetime) -> bool:
        """Whether its audience may read it at an aware instant: all that shuts it is asked."""
        return (
            self.is_open
            and self.published_at is not None
            and self.published_at <= at
            and self.embargo_until is not None
            and self.embargo_until <= at
            and not self.is_secret
        )

    def latest_version(self) -> BriefingVersion | None:
        """The last version that was signed off."""
        return self.versions.order_by("-number").first()

    def phase(self, at: datetime) -> Phase:
        """Where it stands at an aware instant, for its makers."""
        has_come = self.embargo_until is not None and self.embargo_until <= at
        if self.withdrawn_at is not None:
            return Phase.WITHDRAWN
        if self.closed_at is not None:
            return Phase.CLOSED
        if has_come or self.published_at is not None:
            return self._phase_after(has_come=has_come)
        if self.submitted_at is not None:
            return Phase.SUBMITTED
        return Phase.APPROVED if self.approved_at is not None else Phase.DRAFT

    def _phase_after(self, *, has_come: bool) -> Phase:
        """Where it stands once it was published or its hour has come."""
        if self.is_secret:
            return Phase.SECRET
        if self.published_at is None:
            return Phase.OVERDUE
        return Phase.PUBLISHED if has_come else Phase.SCHEDULED

    def embargo_facts(self, user: User | None = None) -> EmbargoFacts:
        """The facts for the pure rule: of this briefing and, where given, of one reader."""
        row = None
        early: tuple[Term, ...] = ()
        audience: tuple[Term, ...] = ()
        if user is not None:
            rows = self.early_readers.filter(user=user)
            row = rows.order_by(models.F("removed_at").desc(nulls_first=True)).first()
            mandates = Membership.objects.filter(
                user=user, user__is_active=True, role__in=READING_ROLES
            )
            places = self.audience.all()
            audience = _terms(
                mandates.filter(
                    Q(municipality__in=places.values("municipality"))
                    | Q(region__in=places.values("region"))
                )
            )
            if row is not None:
                place = (
                    Q(municipality=row.municipality) if row.municipality else Q(region=row.region)
                )
                early = _terms(mandates.filter(place, role=row.role, public_id=row.mandate))
        return EmbargoFacts(
            approved_at=self.approved_at,
            window_opens_at=self.window_opens_at,
            embargo_until=self.embargo_until,
            published_at=self.published_at,
            withdrawn_at=self.withdrawn_at,
            closed_at=self.closed_at,
            is_secret=self.is_secret,
            invited_at=row.invited_at if row else None,
            accepted_at=row.accepted_at if row else None,
            removed_at=row.removed_at if row else None,
            early_terms=early,
            audience_terms=audience,
        )


def _terms(mandates: models.QuerySet[Membership]) -> tuple[Term, ...]:
    return tuple(Term(row.from_on, row.until_on) for row in mandates)


class BriefingPermission(ObjectPermission):
    """A maker's right on one briefing, by name."""

    content_object = models.ForeignKey(Briefing, models.CASCADE, related_name="permissions")
