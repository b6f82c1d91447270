"""The kinds of notices about people and roles."""

from __future__ import annotations

from jbn_oversight.accounts.managing.notice_kinds import NOTICE_KINDS

__all__ = ["NOTICE_KINDS"]
