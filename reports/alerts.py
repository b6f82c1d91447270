"""What this floor tells above every page."""

from __future__ import annotations

from reports.briefings.alerts import alerts

__all__ = ["alerts"]
