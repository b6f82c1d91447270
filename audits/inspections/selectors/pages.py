"""What the page of one inspection shows, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.inspections.sentences.measures import MEANINGS, Meaning, last_day_of_an_order
from audits.models.inspections import (
    ClaimAbout,
    InspectedInstitution,
    InterimMessage,
    Judgement,
    MeasureClaim,
    NormVerdict,
    SupervisionMeasure,
    SupervisionVisit,
    SupervisoryMeasure,
)
from audits.oversight.selectors import InspectionView, inspections_known
from audits.rules.known import announced_by, known_on
from audits.rules.moments import Moment, moment
from audits.selectors.history import Change, changes_of, with_removed
from audits.selectors.visibility import SourceVisibility
from certification.imprecise_days import ImpreciseDay, Precision, months_later
from certification.models.sources import Source
from certification.sentences import in_words
from jbn_oversight.organisations.models import Institution


@dataclass(frozen=True, slots=True)
class NormView:
    """One norm with the verdict on it; ``verdict`` is empty where it is not known."""

    code: str
    title: str
    verdict: str
    label: str
    remark: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What another source says of a measure."""

    pk: int
    about: str
    label: str
    day: ImpreciseDay | None
    """As it says, or counted from the day on which the measure was imposed."""
    months: int | None
    source: Source

    @property
    def sentence(self) -> str:
        """The term or the day that it names."""
        if not self.months:
            return in_words(self.day)
        months = ngettext("%(months)s month", "%(months)s months", self.months)
        words = months % {"months": self.months}
        if self.day is None:
            return words
        counted = _("counted from the measure: %(day)s") % {"day": in_words(self.day)}
        return f"{words} ({counted})"

    @property
    def is_of_the_term(self) -> bool:
        """Whether it is about the term, and not about the day on which it was imposed."""
        return self.about == ClaimAbout.TERM


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit as it stood on a day."""

    pk: int
    due: Moment | None
    held: Moment | None
    remark: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as it stood on a day."""

    public_id: str
    kind: str
    label: str
    meaning: Meaning
    reason: str
    imposed: Moment
    term_ends: Moment | None
    ended: Moment | None
    days_left: int | None
    """Days after this one that the term to improve still counts; negative when it is over.

    A term that an inspectorate sets is no statutory one: it does not move past a weekend.
    """
    holds_until: date | None
    """Of an order without a term of its own, the seventh day."""
    claims: tuple[ClaimView, ...]
    visits: tuple[VisitView, ...]

    @property
    def is_running(self) -> bool:
        """Whether it was not lifted yet."""
        return self.ended is None

    @property
    def days_over(self) -> int:
        """How many days ago the term ended; 0 while it runs or where it is not known."""
        return max(0, -(self.days_left or 0))

    @property
    def left_words(self) -> str:
        """How many days are left, or since how many the term is over; empty if not known."""
        if self.days_left is None:
            return ""
        if self.days_over:
            words = ngettext(
                "the term is over since %(n)s day",
                "the term is over since %(n)s days",
                self.days_over,
            )
            return words % {"n": self.days_over}
        return _("about %(days)s") % {"days": self.days_left} if self.about else str(self.days_left)

    @property
    def about(self) -> bool:
        """Whether the end of the term is known only roughly."""
        return self.term_ends is not None and self.term_ends.on.about

    def claims_about(self, about: str) -> tuple[ClaimView, ...]:
        """What other sources say of one matter."""
        return tuple(claim for claim in self.claims if claim.about == about)

    @property
    def claims_of_the_term(self) -> tuple[ClaimView, ...]:
        """Other terms that sources name."""
        return self.claims_about(ClaimAbout.TERM)

    @property
    def claims_of_the_day(self) -> tuple[ClaimView, ...]:
        """Other days on which sources say that it was imposed."""
        return self.claims_about(ClaimAbout.IMPOSED)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One institution in the inspection as it stood on a day."""

    row: InspectedInstitution
    name: str
    is_own: bool
    published: Moment | None
    judgement: str
    label: str
    findings: str
    no_measure: bool
    norms: tuple[NormView, ...]
    measures: tuple[MeasureView, ...]

    @property
    def is_judged(self) -> bool:
        """Whether a verdict on any norm is known."""
        return any(norm.verdict for norm in self.norms)

    @property
    def running(self) -> tuple[MeasureView, ...]:
        """The measures that were not lifted."""
        return tuple(measure for measure in self.measures if measure.is_running)


@dataclass(frozen=True, slots=True)
class MessageView:
    """An interim message."""

    pk: int
    sent: Moment
    text: str


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """All of one inspection as known on a day. ``view`` is None where nothing was known yet."""

    view: InspectionView | None
    own: PlaceView
    others: tuple[PlaceView, ...]
    unnamed: int
    """How many institutions it covers of which no name is known here."""
    messages: tuple[MessageView, ...]


def inspected_by(institution: Institution, public_id: str) -> InspectedInstitution | None:
    """The institution's place in an inspection, by its key; None where there is none."""
    rows = InspectedInstitution.objects.of(institution).select_related(
        "inspection__framework", "institution", "document__source"
    )
    return rows.filter(public_id=public_id).first()


def inspection_page(inspected: InspectedInstitution, day: date) -> InspectionPage:
    """The inspection as far as it was known on the (Amsterdam) day."""
    assert inspected.institution is not None
    view = next(
        (
            each
            for each in inspections_known(inspected.institution, day)
            if each.public_id == inspected.public_id
        ),
        None,
    )
    inspection = inspected.inspection
    rows = (
        inspection.institutions.select_related(
            "institution", "published_source", "inspection__framework"
        )
        .prefetch_related("inspection__framework__themes")
        .prefetch_related(Prefetch("verdicts", NormVerdict.objects.select_related("source")))
        .prefetch_related(
            Prefetch(
                "measures",
                SupervisionMeasure.objects.select_related(
                    "imposed_source", "term_ends_source", "ended_source"
                ),
            )
        )
        .prefetch_related(
            Prefetch("measures__claims", MeasureClaim.objects.select_related("source"))
        )
        .prefetch_related(
            Prefetch(
                "measures__visits",
                SupervisionVisit.objects.select_related("due_source", "held_source"),
            )
        )
    )
    places = [_place(row, day, is_own=row.pk == inspected.pk) for row in rows]
    own = next(place for place in places if place.is_own)
    # By name: the order is to say nothing of how they did.
    others = tuple(
        sorted((place for place in places if not place.is_own), key=lambda place: place.name)
    )
    return InspectionPage(
        view=view,
        own=own,
        others=others,
        unnamed=max(0, (inspection.covers or 0) - len(places)),
        messages=tuple(_messages(inspection.messages.select_related("sent_source"), day)),
    )


def _messages(rows: Iterable[InterimMessage], day: date) -> Iterable[MessageView]:
    for row in rows:
        sent = known_on(moment(row.sent, row.sent_source), day)
        if sent:
            yield MessageView(row.pk, sent, row.text)


def _out(source: Source, day: date) -> bool:
    """Whether the source was out by the day; one without a day counts as out."""
    return source.published is None or source.published.first <= day


def _place(row: InspectedInstitution, day: date, *, is_own: bool) -> PlaceView:
    published = known_on(moment(row.published, row.published_source), day)
    judgement = Judgement(row.judgement) if published else Judgement.UNKNOWN
    return PlaceView(
        row=row,
        name=str(row),
        is_own=is_own,
        published=published,
        judgement=judgement,
        label=str(judgement.label),
        findings=row.findings if published else "",
        no_measure=bool(published) and row.no_measure,
        norms=tuple(_norms(row, day) if published else ()),
        measures=tuple(
            measure_view(measure, day)
            for measure in row.measures.all()
            if measure.imposed is not None and measure.imposed.first <= day
        ),
    )


def _norms(row: InspectedInstitution, day: date) -> Iterable[NormView]:
    """Every norm of the framework in its order, with the verdict where one is known."""
    framework = row.inspection.framework
    verdicts = {each.theme_id: each for each in row.verdicts.all() if _out(each.source, day)}
    for theme in framework.themes.all() if framework else ():
        verdict = verdicts.get(theme.pk)
        yield NormView(
            code=theme.code,
            title=theme.title,
            verdict=verdict.verdict if verdict else "",
            label=verdict.get_verdict_display() if verdict else "",
            remark=verdict.remark if verdict else "",
            source=verdict.source if verdict else None,
        )


def measure_view(row: SupervisionMeasure, day: date) -> MeasureView:
    """A measure as it was known on the day."""
    assert row.imposed is not None
    ended = known_on(moment(row.ended, row.ended_source), day)
    term_ends = announced_by(moment(row.term_ends, row.term_ends_source), day)
    counts = term_ends is not None and ended is None
    return MeasureView(
        public_id=row.public_id,
        kind=row.kind,
        label=row.get_kind_display(),
        meaning=MEANINGS[SupervisoryMeasure(row.kind)],
        reason=row.reason,
        imposed=Moment(row.imposed, row.imposed_source),
        term_ends=term_ends,
        ended=ended,
        days_left=(term_ends.on.last - day).days if counts and term_ends else None,
        holds_until=None if term_ends else last_day_of_an_order(row.kind, row.imposed),
        claims=tuple(
            _claim(row.imposed, claim) for claim in row.claims.all() if _out(claim.source, day)
        ),
        visits=tuple(_visits(row.visits.all(), day)),
    )


def _claim(imposed: ImpreciseDay, row: MeasureClaim) -> ClaimView:
    return ClaimView(
        pk=row.pk,
        about=row.about,
        label=row.get_about_display(),
        day=row.claimed or _months_after(imposed, row.months),
        months=row.months,
        source=row.source,
    )


def _months_after(imposed: ImpreciseDay, months: int | None) -> ImpreciseDay | None:
    """A term of months from the day on which it began, no more precise than that day."""
    if months is None or imposed.precision in (Precision.QUARTER, Precision.YEAR):
        return None
    return ImpreciseDay(months_later(imposed.on, months), imposed.precision)


def _visits(rows: Iterable[SupervisionVisit], day: date) -> Iterable[VisitView]:
    for row in rows:
        due = announced_by(moment(row.due, row.due_source), day)
        held = known_on(moment(row.held, row.held_source), day)
        if due or held:
            late = due is not None and held is None and due.on.last < day
            yield VisitView(row.pk, due, held, row.remark, late)


def changes_of_inspection(
    inspected: InspectedInstitution, sight: SourceVisibility
) -> tuple[Change, ...]:
    """Who changed what of the inspection and all that depends on it; what was removed too."""
    inspection = inspected.inspection
    rows: list[Any] = [inspection]
    places = with_removed(InspectedInstitution, inspection_id=inspection.pk)
    rows += places
    rows += with_removed(InterimMessage, inspection_id=inspection.pk)
    of_places = {"inspected_id__in": [place.pk for place in places]}
    rows += with_removed(NormVerdict, **of_places)
    measures = with_removed(SupervisionMeasure, **of_places)
    rows += measures
    of_measures = {"measure_id__in": [measure.pk for measure in measures]}
    rows += with_removed(SupervisionVisit, **of_measures)
    rows += with_removed(MeasureClaim, **of_measures)
    return changes_of(*rows, sight=sight)
