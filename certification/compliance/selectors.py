"""What a run starts from, read from the database, and by what it is recognised.

Each month has a fingerprint of everything its figures depend on: how is counted, the current
delivery, the staffing versions of its windows, norms, settings, calendar and which municipality
lay in which region. A month whose fingerprint differs from that of the last run is to be computed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, cast, get_args

from django.conf import settings as portal

from cases.counting.rules.observations import METHOD, ClockSettings, PlanClockStart
from cases.counting.selectors import staffing_for
from cases.models import DeliveryMonth
from cases.staffing.rules import StaffingTable
from certification.compliance.rules.counting import STAFFING_WINDOW_MONTHS
from certification.compliance.rules.judging import NormRule
from certification.models import ComplianceRun, Norm
from certification.models.runs import RunState
from jbn_oversight.clock import add_months, month_end, months_between
from jbn_oversight.env import MisconfiguredError
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.rules import OversightScope
from jbn_oversight.organisations.selectors.scope import oversight_scope
from jbn_oversight.statutory_days.selectors import working_calendar
from jbn_oversight.working_days import Calendar

MONTH: Final = "%Y-%m"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything but the rows themselves, for some months of one institution."""

    institution: Institution
    months: tuple[date, ...]
    scope: OversightScope
    calendar: Calendar
    settings: ClockSettings
    norms: tuple[NormRule, ...]
    staffing: StaffingTable
    deliveries: Mapping[date, str]
    """Month -> hash and public id of the current delivery; months without one are absent."""
    known_on: Mapping[date, date]
    """Month -> reference date of that delivery."""

    def fingerprints(self) -> dict[date, str]:
        """Month -> what its figures depend on, as one hash."""
        return {month: _hash(self._of_month(month)) for month in self.months}

    def has_facts(self, month: date) -> bool:
        """Whether anything was delivered or typed for the month."""
        return month in self.deliveries or any(
            version_month == month for _region, version_month in self.staffing.versions
        )

    def as_json(self) -> dict[str, Any]:
        """What the run's row keeps of its inputs."""
        return {
            "fingerprints": {
                f"{month:{MONTH}}": text for month, text in self.fingerprints().items()
            },
            "deliveries": {f"{month:{MONTH}}": text for month, text in self.deliveries.items()},
            "staffing": {
                f"{month:{MONTH}} {region}": version
                for (region, month), version in sorted(self.staffing.versions.items())
            },
        }

    def _of_month(self, month: date) -> dict[str, Any]:
        window = add_months(month, 1 - STAFFING_WINDOW_MONTHS)
        # Only what holds in the month itself: the scope of a longer span may know more.
        regions = {
            code: region
            for code in self.scope.municipalities
            if (region := self.scope.region_of(code, month)) is not None
        }
        on = self.known_on.get(month, month_end(month))
        unnamed = sorted(code for code in regions if not self.scope.may_be_named(code, on))
        return {
            **({"unnamed": unnamed} if unnamed else {}),
            "method": METHOD,
            "delivery": self.deliveries.get(month),
            "staffing": sorted(
                (f"{when:{MONTH}}", region, version)
                for (region, when), version in self.staffing.versions.items()
                if window <= when <= month
            ),
            "norms": sorted(
                f"{norm.kpi} {norm.scope} {norm.bound} {norm.threshold.normalize():f}"
                for norm in self.norms
                if norm.holds_for(norm.kpi, norm.scope, month)
            ),
            "settings": asdict(self.settings),
            "equated_days": sorted(day.isoformat() for day in self.calendar.equated_days),
            "known": [self.calendar.known_from.isoformat(), self.calendar.known_until.isoformat()],
            "regions": regions,
        }


def read_inputs(institution: Institution, first: date, last: date) -> Inputs:
    """The inputs for the months from ``first`` to ``last``, both given by their first day."""
    months = tuple(months_between(first, last))
    current = _current_deliveries(institution, months)
    window = months_between(add_months(first, 1 - STAFFING_WINDOW_MONTHS), last)
    return Inputs(
        institution=institution,
        months=months,
        scope=oversight_scope(institution, first, last),
        calendar=working_calendar(),
        settings=clock_settings(),
        norms=tuple(norm.rule() for norm in Norm.objects.judging(institution)),
        staffing=staffing_for(institution, window),
        deliveries={month: identity for month, (identity, _known_on) in current.items()},
        known_on={month: known_on for month, (_identity, known_on) in current.items()},
    )


def clock_settings() -> ClockSettings:
    """The portal's choices about the clocks. Raises MisconfiguredError for an unknown one."""
    start = portal.PLAN_CLOCK_START
    if start not in get_args(PlanClockStart):
        raise MisconfiguredError("PLAN_CLOCK_START names no day from which the clock may run.")
    return ClockSettings(
        plan_clock_start=cast(PlanClockStart, start),
        equated_days_are_working_days=portal.EQUATED_DAYS_ARE_WORKING_DAYS,
    )


def computed_fingerprints(
    institution: Institution, months: Sequence[date], *states: RunState
) -> dict[date, str]:
    """Month -> fingerprint with which a run last ended in one of the states."""
    if not months:
        return {}
    runs = (
        ComplianceRun.objects.covering(institution, months[0], months[-1])
        .filter(state__in=states)
        .order_by("-finished_at", "-pk")
        .values_list("inputs", flat=True)
    )
    wanted = {f"{month:{MONTH}}": month for month in months}
    found: dict[date, str] = {}
    for inputs in runs.iterator(chunk_size=20):
        for text, fingerprint in inputs.get("fingerprints", {}).items():
            if text in wanted:
                found.setdefault(wanted[text], fingerprint)
        if len(found) == len(months):
            break
    return found


def months_to_compute(inputs: Inputs) -> list[date]:
    """Months with facts whose figures do not rest on the present inputs."""
    computed = computed_fingerprints(inputs.institution, inputs.months, RunState.SUCCEEDED)
    return [
        month
        for month, fingerprint in inputs.fingerprints().items()
        if inputs.has_facts(month) and computed.get(month) != fingerprint
    ]


def _current_deliveries(
    institution: Institution, months: Sequence[date]
) -> dict[date, tuple[str, date]]:
    """Month -> what identifies its current delivery, and that delivery's reference date."""
    rows = DeliveryMonth.objects.current().filter(institution=institution, month__in=months)
    return {
        month: (f"{public_id} {sha256}", known_on)
        for month, public_id, sha256, known_on in rows.values_list(
            "month", "delivery__public_id", "delivery__sha256", "delivery__reference_on"
        ).order_by("month")
    }


def _hash(found: Any) -> str:
    text = json.dumps(found, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
