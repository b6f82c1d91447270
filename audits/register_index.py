"""Every register that can be exported, by the name that stands in its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from audits.registers import Register
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

Maker: TypeAlias = Callable[[Institution, date], Register]
"""Of what everybody who sees the institution's supervision may see, as known on a day."""
MakerForReader: TypeAlias = Callable[[Institution, date, PortalRequest], Register]
"""Of what depends on the reader: papers under embargo."""

REGISTERS: Final[Mapping[str, Maker]] = MappingProxyType({})
"""One line for each register, in order of name."""
FOR_READER: Final[Mapping[str, MakerForReader]] = MappingProxyType({})


def names() -> tuple[str, ...]:
    """The names of all registers, in order."""
    return tuple(sorted((*REGISTERS, *FOR_READER)))


def register_for(
    name: str, institution: Institution, day: date, request: PortalRequest
) -> Register | None:
    """The register by that name, or None where there is no such register.

    The caller has checked that the reader may see the institution's supervision.
    """
    if name in REGISTERS:
        return REGISTERS[name](institution, day)
    if name in FOR_READER:
        return FOR_READER[name](institution, day, request)
    return None
