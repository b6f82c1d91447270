"""Acts on the days by which terms are reckoned."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.acts.act_kinds import kinds_of_thing

EQUATED_DAYS: Final = kinds_of_thing("statutory_days.equated_days", _("equated days"))

KINDS: Final = (*EQUATED_DAYS,)
