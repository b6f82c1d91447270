"""What somebody may be told about a source: its name, or only that it is not public yet.

A fact stays on the page when the paper that tells it is under embargo; the title, the publisher
and the address of that paper do not. The gate is that of the register itself: ``seen_by`` and
``is out`` of the paper's versions, in which the rule of ``jbn_oversight.embargo`` stands in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from certification.models import DocumentVersion, Source
from jbn_oversight.accounts.models import User
from jbn_oversight.http import PortalRequest

_KEPT: Final = "_sight"


@dataclass(frozen=True, slots=True)
class SourceVisibility:
    """Of one person at one instant: which sources may not be named to this person."""

    shut: Mapping[int, bool]
    """Keys of sources that stay nameless, and whether their paper was open once."""

    def names(self, source: Source) -> bool:
        """Whether title, publisher and address may be told."""
        return source.pk not in self.shut

    def neutral(self, source: Source) -> str:
        """What is told in place of the name, in the active language; empty where it is named."""
        if self.names(source):
            return ""
        if self.shut[source.pk]:
            return _("a paper that was withdrawn")
        return _("a paper that is not public yet")

    def words(self, source: Source | None) -> str:
        """Publisher and title, or the neutral words; empty without a source."""
        return "" if source is None else self.neutral(source) or str(source)

    def publisher(self, source: Source) -> str:
        """Who published it, or the neutral words."""
        return self.neutral(source) or source.publisher


def sight_of(user: User | AnonymousUser | None, at: datetime) -> SourceVisibility:
    """For this person at the aware instant; with None, for everybody at once.

    A paper that is open to one institution's readers is named to all: only what is out nowhere
    is a secret.
    """
    nameless = Source.objects.filter(document__isnull=False).exclude(
        pk__in=Source.objects.nameable(at).values("pk")
    )
    if user is not None:
        seen = DocumentVersion.objects.seen_by(user, at)
        nameless = nameless.exclude(pk__in=seen.values("document__source_id"))
    shut = dict.fromkeys(nameless.values_list("pk", flat=True), False)
    versions = DocumentVersion.objects.filter(document__source__in=nameless)
    for version in versions.select_related("document"):
        shut[version.document.source_id] |= version.was_out(at)
    return SourceVisibility(shut)


def sight_for(request: PortalRequest) -> SourceVisibility:
    """For anyone who asks, at the instant of the request; looked up once for each request."""
    kept: SourceVisibility | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = sight_of(request.user, request.at)
        setattr(request, _KEPT, kept)
    return kept
