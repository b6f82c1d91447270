"""The registers of the time line and of contradictions, as they are exported."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from audits.events.selectors import Clash, TimeLineEntry, clashes, events_of, timeline_lines
from audits.rules.moments import Moment
from audits.rules.registers import Register, RegisterColumn
from audits.selectors.visibility import SourceVisibility
from jbn_oversight.organisations.models import Institution


def register_of_timeline(institution: Institution, day: date, sight: SourceVisibility) -> Register:
    """Every matter known on the (Amsterdam) day, the earliest first."""
    return Register(
        title=_("Time line of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Kind")),
            RegisterColumn(_("What"), long=True),
            RegisterColumn(_("Planned")),
            RegisterColumn(_("Source of the plan"), long=True),
            RegisterColumn(_("Actual")),
            RegisterColumn(_("Source"), long=True),
            RegisterColumn(_("Whose act it is")),
            RegisterColumn(_("Clashes with"), long=True),
        ),
        rows=tuple(
            _line(line, sight) for line in timeline_lines(institution, day, events_of(institution))
        ),
        notes=(_("A day is never made more precise than its source."),),
    )


def _line(line: TimeLineEntry, sight: SourceVisibility) -> tuple[str, ...]:
    matter = line.matter
    return (
        matter.kind_label,
        matter.title if not matter.detail else f"{matter.title} ({matter.detail})",
        _day(matter.planned),
        _source(matter.planned, sight),
        _day(matter.actual),
        _source(matter.actual, sight),
        matter.owner,
        "; ".join(
            f"{each.clash.row.matter} ({each.words})" if each.words else each.clash.row.matter
            for each in line.clashes
        ),
    )


def _day(moment: Moment | None) -> str:
    return moment.words if moment else ""


def _source(moment: Moment | None, sight: SourceVisibility) -> str:
    return sight.words(moment.source) if moment else ""


def register_of_contradictions(
    institution: Institution, day: date, sight: SourceVisibility
) -> Register:
    """Every contradiction, with both claims and what was decided."""
    return Register(
        title=_("Where sources on %(institution)s clash") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Matter"), long=True),
            RegisterColumn(_("One source says"), long=True),
            RegisterColumn(_("Source")),
            RegisterColumn(_("Another source says"), long=True),
            RegisterColumn(_("Source")),
            RegisterColumn(_("In this portal"), long=True),
            RegisterColumn(_("Decided"), long=True),
            RegisterColumn(_("Reason"), long=True),
            RegisterColumn(_("By")),
        ),
        rows=tuple(_clash(clash, sight) for clash in clashes(institution)),
        notes=(_("Both claims stay, also once somebody decided. Decisions are those of now."),),
    )


def _clash(clash: Clash, sight: SourceVisibility) -> tuple[str, ...]:
    row = clash.row
    return (
        row.matter,
        f"{row.one} ({clash.one_words})",
        sight.words(row.one_source),
        f"{row.other} ({clash.other_words})",
        sight.words(row.other_source),
        row.handling,
        row.get_decided_for_display() if row.decided_for else _("not decided yet"),
        row.decided_reason,
        row.decided_by.name if row.decided_by else "",
    )
