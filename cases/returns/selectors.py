"""What stands of a month's staffing in a region, and by what a form knows that it changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.models import StaffingMonth, StaffingReturn, StaffingVersion
from cases.returns.rules import Figures
from cases.staffing.rules import QUANTITIES
from jbn_oversight.organisations.models import Institution, Region


@dataclass(frozen=True, slots=True)
class ReturnStanding:
    """The version that counts and the return that is being typed, as they are now."""

    version: StaffingVersion | None
    typed: StaffingReturn | None

    @property
    def key(self) -> str:
        """Another one for each change of what stands; a form carries it and it tells nothing."""
        typed = self.typed
        parts = (
            self.version and self.version.pk,
            typed and (typed.pk, typed.typed_at.isoformat()),
            typed and typed.submitted_at and typed.submitted_at.isoformat(),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]

    @property
    def figures(self) -> Figures:
        """What a form starts with: the return that is being typed, else what counts."""
        if self.typed is not None:
            figures: Figures = self.typed.figures
            return figures
        return figures_of(self.version) if self.version is not None else {}


def standing(
    institution: Institution, region: Region, month: date, *, locked: bool = False
) -> ReturnStanding:
    """What stands of the month (its first day); ``locked`` holds the return, in a transaction."""
    place = {"institution": institution, "region": region, "month": month}
    returns = StaffingReturn.objects.open().filter(**place)
    returns = (
        returns.select_for_update()
        if locked
        else returns.select_related("typed_by", "submitted_by")
    )
    typed = returns.first()
    versions = StaffingVersion.objects.current().filter(**place)
    return ReturnStanding(versions.select_related("delivery", "typed_return").first(), typed)


def standing_of(typed: StaffingReturn) -> ReturnStanding:
    """What stands of the month of a return."""
    return standing(typed.institution, typed.region, typed.month)


def figures_of(version: StaffingVersion) -> dict[str, dict[str, str]]:
    """The figures of a version as somebody would type them; an empty cell is not known."""
    return {
        row.role: {
            quantity: text for quantity in QUANTITIES if (text := _text(getattr(row, quantity)))
        }
        for row in StaffingMonth.objects.filter(version=version).order_by("pk")
    }


def _text(value: Decimal | int | None) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}".replace(".", ",")
