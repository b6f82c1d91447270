"""The words for how a claim stands after a decision between two sources."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audits.events.rules import ClaimMark

WORDS: Final[Mapping[ClaimMark, str | Promise]] = MappingProxyType(
    {
        ClaimMark.OPEN: _("not decided yet"),
        ClaimMark.FOLLOWED: _("followed"),
        ClaimMark.NOT_FOLLOWED: _("not followed"),
        ClaimMark.BOTH_HOLD: _("holds, beside the other"),
    }
)
