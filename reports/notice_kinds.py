"""The kinds of notices of this floor."""

from __future__ import annotations

from typing import Final

from reports.action_effects import notice_kinds as actions
from reports.briefings.notices import notice_kinds as briefings

NOTICE_KINDS: Final = (*briefings.NOTICE_KINDS, *actions.NOTICE_KINDS)
