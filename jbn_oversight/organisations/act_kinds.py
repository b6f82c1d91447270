"""Acts on organisations and on what holds of them over time."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.acts.act_kinds import kinds_of_thing

_SPANS: Final = {
    "region": _("the region that it belongs to"),
    "task": _("a task"),
    "name": _("a name"),
    "ended": _("it ended"),
}
REGION: Final = kinds_of_thing("organisations.region", _("region"), words=_SPANS)
MUNICIPALITY: Final = kinds_of_thing("organisations.municipality", _("municipality"), words=_SPANS)
INSTITUTION: Final = kinds_of_thing("organisations.institution", _("institution"), words=_SPANS)
AUTHORITY: Final = kinds_of_thing("organisations.authority", _("authority"), words=_SPANS)

KINDS: Final = (*REGION, *MUNICIPALITY, *INSTITUTION, *AUTHORITY)
