"""What pages ask about documents: always for one reader at one instant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audits.models.findings import Finding
from audits.models.timeline import TimelineEvent
from audits.rules.registers import Register, RegisterColumn
from certification.imprecise_days import ImpreciseDay
from certification.models import Document, DocumentReading, DocumentVersion, Passage
from certification.models.documents import DocumentKind
from certification.rights import KEEP_DOCUMENTS, SEE_DOCUMENTS
from certification.sentences import in_words
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.acts.models import RecordedActQuerySet
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.http import PortalRequest
from jbn_oversight.moment_words import moment_in_words
from jbn_oversight.organisations.models import Institution


def acts_on_known_papers(
    acts: RecordedActQuerySet, user: User, at: datetime
) -> RecordedActQuerySet:
    """Acts on versions that the person may read or works on, or that came out before ``at``.

    What came out in the register that the person sees is no secret after its withdrawal.
    """
    institutions = Actor.of(user, amsterdam_day(at)).places(SEE_DOCUMENTS).institutions
    came_out = DocumentVersion.objects.filter(
        Q(withdrawn_at__isnull=True)
        | Q(withdrawn_at__gt=F("embargo_until"), withdrawn_at__gte=F("released_at")),
        released_at__isnull=False,
        embargo_until__lte=at,
        document__institution__code__in=institutions,
    )
    known = DocumentVersion.objects.seen_by(user, at)
    return acts.filter(
        Q(thing_id__in=known.values("public_id")) | Q(thing_id__in=came_out.values("public_id"))
    )


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version as its reader sees it."""

    row: DocumentVersion
    number: int
    """Counted among the versions that this reader may know of: a gap would tell of another."""
    is_readable: bool
    """Whether this person may have the bytes; a maker may, a withdrawn version nobody may."""
    is_mine: bool
    """Whether this person is one of its makers."""
    state: str
    kind: str
    """Kind of the status: good, attention, bad."""

    @property
    def sentence(self) -> str:
        """How it stands, for who opens its page."""
        row = self.row
        if row.withdrawn_at:
            on = date_format(amsterdam_day(row.withdrawn_at), "j F Y")
            return _("This version was withdrawn on %(on)s; nobody can download it.") % {"on": on}
        if self.kind == "good":
            return _("This version is open to all who see the register.")
        hour = {"hour": moment_in_words(row.embargo_until)}
        if row.released_at:
            return _("This version is released and opens on %(hour)s.") % hour
        return _("This version is under embargo until %(hour)s and waits for its release.") % hour

    @property
    def dated(self) -> ImpreciseDay | None:
        """The date on the paper."""
        return self.row.dated


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A paper with those of its versions that its reader sees, the latest first."""

    row: Document
    versions: tuple[VersionView, ...]

    @property
    def latest(self) -> VersionView:
        """The latest that can be read; else the latest."""
        return next((one for one in self.versions if one.is_readable), self.versions[0])

    @property
    def is_mine(self) -> bool:
        """Whether this person works on one of the versions."""
        return any(version.is_mine for version in self.versions)


def documents_seen(
    institution: Institution, user: User, at: datetime, words: str = "", kind: str = ""
) -> list[DocumentView]:
    """The papers of which the person sees a version, by title; searched among those alone."""
    versions = _versions(institution, user, at)
    if words:
        versions = versions.filter(
            Q(document__source__title__icontains=words)
            | Q(document__source__publisher__icontains=words)
        )
    if kind in DocumentKind.values:
        versions = versions.filter(document__kind=kind)
    return _views(versions, user, at)


def document_seen(
    institution: Institution, public_id: str, user: User, at: datetime
) -> DocumentView | None:
    """The paper, if the person sees a version of it."""
    versions = _versions(institution, user, at).filter(document__public_id=public_id)
    return next(iter(_views(versions, user, at)), None)


def _versions(institution: Institution, user: User, at: datetime) -> QuerySet[DocumentVersion]:
    rows: QuerySet[DocumentVersion] = (
        DocumentVersion.objects.seen_by(user, at)
        .filter(document__institution=institution)
        .select_related("document__source", "document__institution", "stored", "added_by")
        .select_related("released_by", "withdrawn_by", "asked_releaser")
        .order_by("document__source__title", "document_id", "-number")
    )
    return rows


def _views(versions: QuerySet[DocumentVersion], user: User, at: datetime) -> list[DocumentView]:
    rows = list(versions)
    keys = [row.pk for row in rows]
    versions_at = DocumentVersion.objects
    readable = set(
        versions_at.visible_to(user, at).filter(pk__in=keys).values_list("pk", flat=True)
    )
    mine = set(versions_at.worked_on_by(user, at).filter(pk__in=keys).values_list("pk", flat=True))
    found: dict[int, list[VersionView]] = {}
    numbers = shown_numbers(rows, user, at)
    for row in rows:
        state, kind = state_of(row, at)
        is_open = row.withdrawn_at is None and row.pk in readable | mine
        view = VersionView(row, numbers[row.pk], is_open, row.pk in mine, state, kind)
        found.setdefault(row.document_id, []).append(view)
    return [DocumentView(views[0].row.document, tuple(views)) for views in found.values()]


def shown_numbers(
    versions: Collection[DocumentVersion], user: User, at: datetime
) -> dict[int, int]:
    """The number of each version by its key, not counting those before it that are a secret."""
    others = DocumentVersion.objects.filter(document__in={one.document_id for one in versions})
    seen = DocumentVersion.objects.seen_by(user, at).values("pk")
    secret: dict[int, list[int]] = {}
    for one in others.exclude(pk__in=seen):
        if not one.was_out(at):
            secret.setdefault(one.document_id, []).append(one.number)
    return {
        one.pk: one.number - sum(each < one.number for each in secret.get(one.document_id, ()))
        for one in versions
    }


def state_of(version: DocumentVersion, at: datetime) -> tuple[str, str]:
    """In words how a version stands at the instant, and the kind of its status."""
    if version.withdrawn_at:
        return _("withdrawn"), "bad"
    if version.is_out(at):
        return _("open"), "good"
    if version.embargo_until > at:
        return _("under embargo"), "attention"
    return _("waits for release"), "attention"


def passages_seen(
    versions: Collection[VersionView], user: User, at: datetime
) -> list[tuple[Passage, int]]:
    """The passages of these versions, as far as the person sees them, with their number."""
    seen = DocumentVersion.objects.seen_by(user, at).filter(withdrawn_at=None)
    numbers = {one.row.pk: one.number for one in versions}
    rows = Passage.objects.filter(version__in=seen.filter(pk__in=numbers))
    return [
        (one, numbers[one.version_id])
        for one in rows.select_related("added_by").order_by("-version__number", "place", "pk")
    ]


def passage_seen(
    institution: Institution, public_id: str, user: User, at: datetime
) -> Passage | None:
    """The passage, if the person may read what it stands in."""
    seen = DocumentVersion.objects.seen_by(user, at).filter(
        document__institution=institution, withdrawn_at=None
    )
    rows = Passage.objects.filter(public_id=public_id, version__in=seen)
    return rows.select_related("version__document__source", "added_by").first()


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that rests on a paper."""

    key: str
    """``event:code`` or ``finding:public_id``, as the form to tie names it."""
    label: str
    text: str
    on: ImpreciseDay | None
    passage_id: int | None


def facts_of(institution: Institution, **where: object) -> list[FactView]:
    """Events and findings of the institution with this ``source`` or ``passage``."""
    events = TimelineEvent.objects.filter(institution=institution, **where).order_by("event_on")
    findings = Finding.objects.of(institution).filter(**where).order_by("pk")
    return [*map(_event, events), *map(_finding, findings)]


def _event(row: TimelineEvent) -> FactView:
    return FactView(f"event:{row.code}", _("event"), row.claim, row.on, row.passage_id)


def _finding(row: Finding) -> FactView:
    return FactView(f"finding:{row.public_id}", _("finding"), str(row), None, row.passage_id)


def fact_of(institution: Institution, key: str) -> TimelineEvent | Finding | None:
    """The fact by the key that ``FactView`` gives."""
    kind, _colon, code = key.partition(":")
    if kind == "event":
        return TimelineEvent.objects.filter(institution=institution, code=code).first()
    if kind == "finding":
        found: Finding | None = Finding.objects.of(institution).filter(public_id=code).first()
        return found
    return None


def readings_of(versions: Collection[DocumentVersion]) -> list[DocumentReading]:
    """Who was given the bytes of these versions, the latest first."""
    keys = [version.public_id for version in versions]
    return list(DocumentReading.objects.filter(version_public_id__in=keys))


def may_keep(actor: Actor, institution: Institution) -> bool:
    """Whether the person keeps the register of this institution."""
    return institution.code in actor.places(KEEP_DOCUMENTS).institutions


def _people(institution: Institution, at: datetime, right: str) -> Iterator[Membership]:
    day = amsterdam_day(at)
    rows = Membership.objects.with_places().running(day).filter(user__is_active=True)
    seen: dict[int, bool] = {}
    for row in rows.order_by("user__name", "pk"):
        if row.user_id not in seen:
            places = Actor.of(row.user, day).places(right)
            seen[row.user_id] = institution.code in places.institutions
        if seen[row.user_id]:
            yield row


def possible_readers(institution: Institution, at: datetime) -> list[Membership]:
    """Running mandates of people who see the register."""
    return list(_people(institution, at, SEE_DOCUMENTS))


def possible_releasers(institution: Institution, at: datetime, but: User) -> list[User]:
    """Who else keeps the register."""
    people = {row.user for row in _people(institution, at, KEEP_DOCUMENTS) if row.user != but}
    return sorted(people, key=lambda user: user.name)


def register_of_documents(institution: Institution, day: date, request: PortalRequest) -> Register:
    """The papers that this reader sees now, as a register."""
    rows = []
    for view in documents_seen(institution, request.user, request.at):
        latest = view.latest
        rows.append(
            (
                view.row.source.title,
                view.row.get_kind_display(),
                view.row.source.publisher,
                in_words(latest.dated) if latest.dated else "",
                str(latest.number),
                latest.state,
                latest.row.stored.sha256,
            )
        )
    return Register(
        title=_("Documents"),
        stand=request.today,
        columns=(
            RegisterColumn(_("Paper"), long=True),
            RegisterColumn(_("Kind")),
            RegisterColumn(_("Publisher")),
            RegisterColumn(_("Date on the paper")),
            RegisterColumn(_("Version")),
            RegisterColumn(_("State")),
            RegisterColumn(_("Fingerprint (SHA-256)"), long=True),
        ),
        rows=tuple(rows),
        notes=(_("Only what you may read yourself stands in this list."),),
    )
