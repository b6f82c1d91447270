"""Every register that can be exported, by the name that stands in its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from audits.audits_held.exports import register_of_audits, register_of_findings
from audits.certificates.exports import register_of_certificates, register_of_conditions
from audits.documents.selectors import register_of_documents
from audits.events.exports import register_of_contradictions, register_of_timeline
from audits.inspections.exports import register_of_inspections, register_of_verdicts
from audits.plans.exports import (
    register_of_findings_and_actions,
    register_of_plans,
    register_of_recommendations,
    register_of_studies,
)
from audits.rules.registers import Register
from audits.selectors.visibility import SourceVisibility, sight_for
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

Maker: TypeAlias = Callable[[Institution, date], Register]
"""Of what everybody who sees the institution's supervision may see, as known on a day."""
MakerWithSources: TypeAlias = Callable[[Institution, date, SourceVisibility], Register]
"""The same, but a source is named only to who may know of its paper."""
MakerForReader: TypeAlias = Callable[[Institution, date, PortalRequest], Register]
"""Of what depends on the reader: papers under embargo."""

REGISTERS: Final[Mapping[str, Maker]] = MappingProxyType(
    {
        "audits": register_of_audits,
        "findings": register_of_findings,
        "findings_actions": register_of_findings_and_actions,
        "plans": register_of_plans,
        "recommendations": register_of_recommendations,
    }
)
"""One line for each register, in order of name."""
WITH_SOURCES: Final[Mapping[str, MakerWithSources]] = MappingProxyType(
    {
        "certificates": register_of_certificates,
        "conditions": register_of_conditions,
        "contradictions": register_of_contradictions,
        "inspections": register_of_inspections,
        "studies": register_of_studies,
        "timeline": register_of_timeline,
        "verdicts": register_of_verdicts,
    }
)
FOR_READER: Final[Mapping[str, MakerForReader]] = MappingProxyType(
    {"documents": register_of_documents}
)


def names() -> tuple[str, ...]:
    """The names of all registers, in order."""
    return tuple(sorted((*REGISTERS, *WITH_SOURCES, *FOR_READER)))


def register_for(
    name: str, institution: Institution, day: date, request: PortalRequest
) -> Register | None:
    """The register by that name, or None where there is no such register.

    The caller has checked that the reader may see the institution's supervision.
    """
    if name in REGISTERS:
        return REGISTERS[name](institution, day)
    if name in WITH_SOURCES:
        return WITH_SOURCES[name](institution, day, sight_for(request))
    if name in FOR_READER:
        return FOR_READER[name](institution, day, request)
    return None
