"""Acts on this floor, gathered from its rooms."""

from __future__ import annotations

from reports.briefings import act_kinds as briefings

KINDS = briefings.KINDS
