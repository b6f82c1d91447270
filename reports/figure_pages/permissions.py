"""The first line of every page with figures: the institution, if this person may see it."""

from __future__ import annotations

from jbn_oversight.organisations.selectors.choosing import seen_institution

__all__ = ["seen_institution"]
