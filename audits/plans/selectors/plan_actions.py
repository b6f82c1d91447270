"""What pages ask about findings and actions, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audits.audits_held.selectors.pages import audits_of, findings_of
from audits.models.findings import Cause, Finding
from audits.models.plans import Evidence, EvidenceVersion, PlanAction
from audits.models.studies import Recommendation
from audits.plans.rules import ActionState, is_overdue, is_stale, state_on
from audits.plans.sentences.states import STATES
from audits.rules.known import known_on
from audits.rules.moments import moment
from certification.certificates.selectors import authority_name
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.organisations.models import Authority, Institution


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action as it stood on a day; progress is as it was last reported."""

    row: PlanAction
    state: ActionState
    overdue: bool
    days_late: int
    kpi_label: str
    evidence: int
    stale: int
    """How many pieces of evidence are no longer good on the day."""

    @property
    def public_id(self) -> str:
        """Its key in addresses."""
        return self.row.public_id

    @property
    def state_label(self) -> str | Promise:
        """The word of its state; overdue goes before it."""
        return _("overdue") if self.overdue else STATES[self.state][0]

    @property
    def state_kind(self) -> str:
        """The kind of that word."""
        return "attention" if self.overdue else STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class Body:
    """Who found or recommended something; several inspectorates stand together."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundView:
    """A finding of an audit or an inspection, with what re-audits made of it."""

    row: Finding
    origin: str
    origin_id: str
    """Public id of the audit; empty for an inspection."""
    bodies: tuple[Body, ...]
    theme: str
    state_words: str
    is_open: bool
    reviews: tuple[str, ...]
    """At which re-audit it was judged how, in words, the earliest first."""
    causes: tuple[Cause, ...]

    @property
    def bodies_words(self) -> str:
        """The bodies in one phrase."""
        return _(" and ").join(body.name for body in self.bodies)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One line of the table: a finding and one action for it, or one of the two alone."""

    found: FoundView | None
    action: ActionView | None

    @property
    def theme(self) -> str:
        """Of the finding; else of the action in its plan."""
        if self.found is not None and self.found.theme:
            return self.found.theme
        theme = self.action.row.theme if self.action else None
        return theme.label if theme else ""

    @property
    def owner(self) -> str:
        """Whose action it is."""
        return self.action.row.owner_name if self.action else ""

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Who found it."""
        return self.found.bodies if self.found else ()


def kpi_label(code: str) -> str:
    """The figure's name in the active language; empty without one."""
    return _(KPIS[code].label) if code in KPIS else ""


def action_view(row: PlanAction, day: date) -> ActionView:
    """The action as it stood on the (Amsterdam) day."""
    state = state_on(day, started_on=row.started_on, done_on=row.done_on, dropped_on=row.dropped_on)
    overdue = is_overdue(state, row.due_on, day)
    pieces = [list(piece.versions.all()) for piece in row.evidence.all()]
    newest = [versions[0] for versions in pieces if versions]
    return ActionView(
        row=row,
        state=state,
        overdue=overdue,
        days_late=(day - row.due_on).days if overdue else 0,
        kpi_label=kpi_label(row.kpi),
        evidence=len(newest),
        stale=sum(is_stale(version.expires_on, day) for version in newest),
    )


def actions_of(institution: Institution) -> list[PlanAction]:
    """All actions of an institution with what pages show, the earliest last day first."""
    newest_first = EvidenceVersion.objects.order_by("-number")
    evidence = Evidence.objects.prefetch_related(Prefetch("versions", newest_first))
    advice = Recommendation.objects.select_related("study")
    return list(
        PlanAction.objects.filter(institution=institution)
        .select_related("plan", "theme", "owner", "institution")
        .prefetch_related("findings", "causes")
        .prefetch_related(Prefetch("recommendations", advice))
        .prefetch_related(Prefetch("evidence", evidence))
        .order_by("due_on", "pk")
    )


def open_on(day: date) -> Q:
    """Actions that were neither done nor dropped on the (Amsterdam) day."""
    return (Q(done_on__isnull=True) | Q(done_on__gt=day)) & (
        Q(dropped_on__isnull=True) | Q(dropped_on__gt=day)
    )


def found_of(institution: Institution, day: date) -> list[FoundView]:
    """All findings known on the day: of audits in their order, then of inspections."""
    return [*_of_audits(institution, day), *_of_inspections(institution, day)]


def _of_audits(institution: Institution, day: date) -> list[FoundView]:
    audits = {row.public_id: row for row in audits_of(institution)}
    views = []
    for finding in findings_of(institution, day):
        authority = audits[finding.audit_id].authority
        views.append(
            FoundView(
                row=finding.row,
                origin=finding.audit_title,
                origin_id=finding.audit_id,
                bodies=(_body(authority, day),),
                theme=finding.theme,
                state_words=finding.state_words,
                is_open=finding.state.is_open,
                reviews=tuple(
                    _("%(audit)s: %(outcome)s")
                    % {"audit": review.audit_title, "outcome": review.label}
                    for review in finding.reviews
                ),
                causes=finding.causes,
            )
        )
    return views


def _of_inspections(institution: Institution, day: date) -> list[FoundView]:
    rows = (
        Finding.objects.filter(inspected__institution=institution)
        .select_related(
            "inspected__inspection", "inspected__published_source", "theme", "due_source"
        )
        .prefetch_related("causes", "inspected__inspection__authorities__names")
        .order_by("inspected", "pk")
    )
    views = []
    for row in rows:
        inspected = row.inspected
        assert inspected is not None
        if not known_on(moment(inspected.published, inspected.published_source), day):
            continue
        views.append(
            FoundView(
                row=row,
                origin=inspected.inspection.title,
                origin_id="",
                bodies=tuple(_body(one, day) for one in inspected.inspection.authorities.all()),
                theme=row.theme.title if row.theme else "",
                state_words=_("open"),
                is_open=True,
                reviews=(),
                causes=tuple(row.causes.all()),
            )
        )
    return views


def _body(authority: Authority, day: date) -> Body:
    return Body(authority.code, authority_name(authority, day))


def lines_of(found: Iterable[FoundView], actions: Iterable[ActionView]) -> list[ActionLine]:
    """Findings with their actions beside them, then actions that no finding asked for."""
    shown = list(actions)
    by_finding: dict[int, list[ActionView]] = {}
    for action in shown:
        for finding in action.row.findings.all():
            by_finding.setdefault(finding.pk, []).append(action)
    lines = []
    placed: set[int] = set()
    for one in found:
        mine = by_finding.get(one.row.pk, [])
        placed.update(action.row.pk for action in mine)
        lines += [ActionLine(one, action) for action in mine] or [ActionLine(one, None)]
    lines += [ActionLine(None, action) for action in shown if action.row.pk not in placed]
    return lines
