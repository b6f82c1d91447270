"""Which briefings somebody may see: the gates of readers, of makers and of everybody.

Whatever shows a briefing starts at one of them. Each takes one instant and passes it into the SQL.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from jbn_oversight.access import holds
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.embargo import Answer
from jbn_oversight.history import TrackedQuerySet
from reports.models.readers import EarlyReader
from reports.models.versions import BriefingVersion

if TYPE_CHECKING:
    from reports.models.briefings import Briefing  # noqa: F401  # of which the QuerySet is


class BriefingQuerySet(TrackedQuerySet["Briefing"]):
    """Briefings. Whatever shows one starts at ``visible_to`` or at ``worked_on_by``."""

    def with_answer(self, user: User | AnonymousUser, at: datetime) -> BriefingQuerySet:
        """Annotate what each briefing is to this reader: ``jbn_oversight.embargo`` in SQL.

        ``answer`` is a value of ``Answer``; ``reads_version_id`` the version to be shown with
        it, only meaningful for ``within`` and ``after``. ``at`` is an aware instant.
        """
        from reports.models.parts import AudienceMember
        from reports.models.secrecy import Secrecy

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
        from reports.models.briefings import MAKERS_RIGHTS, BriefingPermission
        from reports.models.signing import Signatory

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
        from reports.models.secrecy import Secrecy

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
        from reports.models.secrecy import Secrecy

        return self.filter(
            embargo_until__lte=at, published_at__isnull=True, withdrawn_at__isnull=True
        ).exclude(Exists(Secrecy.objects.running().filter(briefing=OuterRef("pk"))))
