"""What can be reported on the page of an action: each with its form and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from audits.forms.submitted import CanBeRefused
from audits.models.plans import PlanAction
from audits.plans.actions.evidence import add_evidence
from audits.plans.actions.plan_actions import drop, finish, report_progress, resume
from audits.plans.forms.plan_actions import (
    DoneForm,
    DropForm,
    EvidenceForm,
    ProgressForm,
    ResumeForm,
)
from jbn_oversight.http import PortalRequest


@dataclass(frozen=True, slots=True)
class Reporting:
    """One thing to do with an action. ``of_owner``: its owner may, not only who records."""

    of_owner: bool
    form: Callable[[PlanAction, PortalRequest | None], CanBeRefused]
    do: Callable[[PlanAction, CanBeRefused, PortalRequest], str]
    """Returns the words that say it was done. Raises RefusedError."""


def _progress(row: PlanAction, form: CanBeRefused, request: PortalRequest) -> str:
    said = form.cleaned_data
    report_progress(
        action=row,
        progress=said["progress"],
        started_on=said.get("started_on"),
        note=said["note"],
        today=request.today,
        by=request.user,
    )
    return _("The progress is recorded.")


def _done(row: PlanAction, form: CanBeRefused, request: PortalRequest) -> str:
    said = form.cleaned_data
    finish(
        action=row,
        done_on=said["done_on"],
        started_on=said.get("started_on"),
        note=said["note"],
        today=request.today,
        by=request.user,
    )
    return _("The action is recorded as done.")


def _drop(row: PlanAction, form: CanBeRefused, request: PortalRequest) -> str:
    reason = form.cleaned_data["dropped_reason"]
    drop(action=row, reason=reason, today=request.today, by=request.user)
    return _("The action is dropped.")


def _resume(row: PlanAction, form: CanBeRefused, request: PortalRequest) -> str:
    said = form.cleaned_data
    resume(action=row, progress=said["progress"], note=said["note"], by=request.user)
    return _("The action is taken up again.")


def _evidence(row: PlanAction, form: CanBeRefused, request: PortalRequest) -> str:
    said = form.cleaned_data
    add_evidence(
        action=row,
        title=said["title"],
        data=said["file"].read(),
        expires_on=said["expires_on"],
        at=request.at,
        by=request.user,
    )
    return _("The evidence is added.")


def _post(request: PortalRequest | None) -> object:
    return request.POST if request else None


ACTS: Final[Mapping[str, Reporting]] = MappingProxyType(
    {
        "progress": Reporting(
            True, lambda row, request: ProgressForm(_post(request), instance=row), _progress
        ),
        "done": Reporting(True, lambda row, request: DoneForm(_post(request), instance=row), _done),
        "evidence": Reporting(
            True,
            lambda _row, request: EvidenceForm(_post(request), request.FILES if request else None),
            _evidence,
        ),
        "drop": Reporting(
            False, lambda row, request: DropForm(_post(request), instance=row), _drop
        ),
        "resume": Reporting(
            False, lambda row, request: ResumeForm(_post(request), instance=row), _resume
        ),
    }
)


def acts_of(row: PlanAction, *, records: bool, reports: bool) -> dict[str, CanBeRefused]:
    """The empty forms of what this person can do with the action as it stands."""
    is_open = row.done_on is None and row.dropped_on is None
    fitting = {"progress", "done", "drop"} if is_open else {"resume"}
    if row.dropped_on is None:
        fitting.add("evidence")
    return {
        name: act.form(row, None)
        for name, act in ACTS.items()
        if name in fitting and (reports if act.of_owner else records)
    }
