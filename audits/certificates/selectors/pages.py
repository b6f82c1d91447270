"""What the pages about certificates show, as known on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.certificates.rules.states import HOLDING, CertificateStanding, Stand, standing
from audits.certificates.rules.terms import apply_by, decided_by, yearly_checks
from audits.certificates.sentences import laws
from audits.certificates.sentences.laws import Law
from audits.certificates.sentences.pages import (
    LegalSentence,
    aftermath,
    apply_sentence,
    days_in_words,
    lead,
    term_sentences,
)
from audits.models.findings import Finding
from audits.oversight.selectors import audits_known
from certification.imprecise_days import ImpreciseDay, Precision
from certification.indicators.rules.kpis import KPIS
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, WeighingPoint
from certification.models.sources import Source
from certification.sentences import day_in_words
from jbn_oversight.organisations.models import Authority, AuthorityKind, Institution

STAND_WORDS: Final[Mapping[Stand, tuple[str | Promise, str]]] = MappingProxyType(
    {
        Stand.NOT_YET_DECIDED: (gettext_lazy("not decided yet"), "none"),
        Stand.REQUESTED: (gettext_lazy("requested"), "info"),
        Stand.REFUSED: (gettext_lazy("not granted"), "bad"),
        Stand.TO_COME: (gettext_lazy("holds later"), "info"),
        Stand.HOLDS: (gettext_lazy("holds"), "good"),
        Stand.RESTRICTED: (gettext_lazy("holds for a part"), "attention"),
        Stand.TAKEN_OVER: (gettext_lazy("another one holds"), "none"),
        Stand.SUSPENDED: (gettext_lazy("suspended"), "attention"),
        Stand.WITHDRAWN: (gettext_lazy("withdrawn"), "bad"),
        Stand.LAPSED: (gettext_lazy("ended"), "none"),
    }
)


@dataclass(frozen=True, slots=True)
class TermStep:
    """A day on the way to the end of a certificate."""

    on: ImpreciseDay
    words: str
    law: Law | None = None
    source: Source | None = None
    done: bool | None = None
    """Whether it was done, where that is known; None where only the day counts."""
    done_word: str = ""
    """What to say once it is done; "has happened" where it is empty."""
    at_the_end: int = 0
    """Its place among steps of the same day or month: the last day itself comes last."""
    planned: bool = False
    """Somebody's plan, rather than laid down by law or by a decision."""

    def left(self, day: date) -> int:
        """Whole days from the day until it; negative once it has passed."""
        return (self.on.last - day).days


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it is told on a day."""

    step: TermStep
    status: str
    status_kind: str
    when: str
    is_next: bool


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition as it stands on a day."""

    row: CertificateCondition
    kpi_label: str
    met: ImpreciseDay | None
    overdue: bool
    findings: tuple[Finding, ...]

    @property
    def word(self) -> str:
        """How it stands."""
        if self.met is not None:
            return _("met")
        return _("overdue") if self.overdue else _("not met yet")

    @property
    def kind(self) -> str:
        """The kind of status that belongs to the word."""
        return "good" if self.met is not None else "attention" if self.overdue else "info"


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate on a day."""

    row: Certificate
    standing: CertificateStanding
    lead: list[str]
    terms: list[LegalSentence]
    steps: list[StepLine]
    aftermath: list[LegalSentence]
    weighing: list[WeighingPoint]
    conditions: list[ConditionLine]
    decisions: list[CertificateDecision]

    @property
    def title(self) -> str:
        """Its kind with the day of the decision."""
        return f"{capfirst(self.standing.view.kind_label)} ({self.standing.view.decided_words})"

    @property
    def is_known(self) -> bool:
        """Whether the decision was there on the day."""
        return self.standing.stand != Stand.NOT_YET_DECIDED

    @property
    def stand_word(self) -> str:
        """How it stands on the day, in a word."""
        return str(STAND_WORDS[self.standing.stand][0])

    @property
    def stand_kind(self) -> str:
        """The kind of status that belongs to the word."""
        return STAND_WORDS[self.standing.stand][1]

    @property
    def conditions_met(self) -> int:
        """How many conditions were met by the day."""
        return sum(line.met is not None for line in self.conditions)

    @property
    def days_left(self) -> str:
        """The days left in words; empty where it does not hold or has no known end."""
        view = self.standing.view
        if self.standing.stand not in HOLDING or view.days_left is None:
            return ""
        return days_in_words(view.days_left, about=view.about)


def certificates_of(institution: Institution) -> list[Certificate]:
    """All that were recorded, the latest decision first, with all that a page shows."""
    rows = Certificate.objects.of(institution).select_related("institution")
    return list(rows.prefetch_related("decisions__decided_source", "decisions__effective_source"))


def certificate_page(row: Certificate, day: date) -> CertificatePage:
    """The page of one certificate, as known on the (Amsterdam) day."""
    stands = standing(row, day)
    conditions = _conditions(row, day)
    steps = sorted(
        _steps(row, stands, conditions, day),
        key=lambda step: (step.on.last, step.at_the_end, step.words),
    )
    points = row.weighing.select_related("requirement__theme__framework", "source")
    ends = row.ends
    guard = Authority.objects.which(AuthorityKind.GUARDS).first()
    return CertificatePage(
        row=row,
        standing=stands,
        lead=lead(row, stands),
        terms=term_sentences(row),
        steps=_lines(steps, day),
        aftermath=aftermath(guard, ends.last if ends else day),
        weighing=list(points),
        conditions=conditions,
        decisions=[each for each in row.decisions.all() if _known(each, day)],
    )


def _known(decision: CertificateDecision, day: date) -> bool:
    decided = decision.decided
    return decided is not None and decided.first <= day


def _out(finding: Finding, day: date) -> bool:
    """Whether the paper that tells of it was out by the day, as far as its day is known."""
    published = finding.source.published
    return published is None or published.first <= day


def _conditions(row: Certificate, day: date) -> list[ConditionLine]:
    rows = row.conditions.select_related("source", "met_source")
    lines = []
    for each in rows.prefetch_related("findings__source", "findings__found_in"):
        met = each.met if each.met and each.met.last <= day else None
        kpi = KPIS.get(each.kpi)
        lines.append(
            ConditionLine(
                row=each,
                kpi_label=_(kpi.label) if kpi else "",
                met=met,
                overdue=met is None and each.due is not None and each.due.last < day,
                findings=tuple(finding for finding in each.findings.all() if _out(finding, day)),
            )
        )
    return lines


def _steps(
    row: Certificate, stands: CertificateStanding, conditions: list[ConditionLine], day: date
) -> Iterator[TermStep]:
    if row.applied is not None:
        yield TermStep(row.applied, _("Applied for"), source=row.applied_source, done=True)
        yield TermStep(
            decided_by(row.applied),
            _("Decision at the latest: six months after the application"),
            law=laws.DECISION_TIME,
            done=stands.stand != Stand.REQUESTED or None,
        )
    if stands.stand in (Stand.REQUESTED, Stand.REFUSED, Stand.NOT_YET_DECIDED):
        return
    yield TermStep(row.decided, _("Decided"), source=row.decided_source, done=True)
    if row.starts is not None and row.starts != row.decided:
        yield TermStep(row.starts, _("First day"), source=row.starts_source)
    for line in conditions:
        if line.row.due is not None:
            yield TermStep(
                line.row.due,
                _("Condition: %(text)s") % {"text": line.row.text},
                source=line.row.source,
                done=line.met is not None,
                done_word=_("met"),
            )
    for decision in stands_decisions(row, day):
        words = decision.get_kind_display().capitalize()
        works = decision.effective or decision.decided
        if works is not None:
            yield TermStep(
                works, words, source=decision.decided_source, done=works.first <= day or None
            )
    yield from _audits(row, day)
    if row.ends is not None:
        yield from steps_to_the_end(row, row.ends, stands)


def stands_decisions(row: Certificate, day: date) -> list[CertificateDecision]:
    """The later decisions known on the day."""
    return [each for each in row.decisions.all() if _known(each, day)]


def _audits(row: Certificate, day: date) -> Iterator[TermStep]:
    """Audits held or planned between the decision and the last day."""
    for view in audits_known(row.institution, day):
        moment = view.held or view.planned
        if moment is None or moment.on.last < row.decided.first:
            continue
        if row.ends is not None and moment.on.first > row.ends.last:
            continue
        yield TermStep(
            moment.on,
            view.title.capitalize(),
            source=moment.source,
            done=view.is_over or None,
            planned=not view.is_over,
        )


def steps_to_the_end(
    row: Certificate, ends: ImpreciseDay, stands: CertificateStanding
) -> Iterator[TermStep]:
    """What law and decision lay down on the way to the last day, and the day after it."""
    begins = row.starts or row.decided
    for number, check in enumerate(yearly_checks(begins, ends.last), start=1):
        words = _("Check by the certifying body over year %(number)s") % {"number": number}
        yield TermStep(check, words, law=laws.YEARLY_CHECK)
    apply = apply_by(ends.last)
    if apply >= begins.first:
        on = ImpreciseDay(apply) if not ends.about else ImpreciseDay(_month(apply), Precision.MONTH)
        yield TermStep(on, apply_sentence(ends), law=laws.DECISION_TIME)
    yield TermStep(ends, _("Last day"), source=row.ends_source, at_the_end=1)
    if stands.successor is None:
        words = _("From this day on: no measures, every case to another institution")
        after = ends.last + timedelta(days=1)
        on = ImpreciseDay(after) if not ends.about else ImpreciseDay(_month(after), Precision.MONTH)
        yield TermStep(on, words, law=laws.ONLY_WITH_A_CERTIFICATE)


def _month(day: date) -> date:
    return day.replace(day=1)


def _lines(steps: list[TermStep], day: date) -> list[StepLine]:
    coming = next((step for step in steps if not step.done and step.left(day) >= 0), None)
    return [_line(step, day, is_next=step is coming) for step in steps]


def _line(step: TermStep, day: date, *, is_next: bool) -> StepLine:
    left = step.left(day)
    if step.done:
        status, kind = step.done_word or _("has happened"), "good"
    elif left < 0 and step.done is False:
        status, kind = _("overdue"), "attention"
    elif left < 0:
        status, kind = _("passed"), "none"
    elif step.planned:
        status, kind = _("planned"), "none"
    else:
        status, kind = _("to come"), "info"
    when = ""
    if left == 0 and not step.done:
        when = _("on this day")
    elif left > 0 and not step.done:
        when = _("in %(days)s") % {"days": days_in_words(left, about=step.on.about)}
    return StepLine(step, status, kind, when, is_next)


def until_in_words(row: Certificate) -> str:
    """The last day in words."""
    ends = row.ends
    return day_in_words(ends.last, about=ends.about) if ends else _("not known")
