"""The articles that the pages about certificates rest on, and in which text they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Law:
    """An article, where it stands, and the text in which it was read."""

    article: str | Promise
    url: str
    read_in: str | Promise


_BOTH: Final = _("read in the texts of May 2017 and of 1 January 2026, which agree")
_OLD: Final = _("read in the text of May 2017; check whether it was changed since")
_JEUGDWET: Final = "https://wetten.overheid.nl/BWBR0034925/"
_BESLUIT: Final = "https://wetten.overheid.nl/BWBR0035779/"

ONLY_WITH_A_CERTIFICATE: Final = Law(_("Jeugdwet, article 3.2"), _JEUGDWET, _BOTH)
HOW_LONG: Final = Law(_("Jeugdwet, article 3.4, paragraph 5"), _JEUGDWET, _BOTH)
TALKS: Final = Law(_("Jeugdwet, article 2.13"), _JEUGDWET, _BOTH)
DECISION_TIME: Final = Law(_("Besluit Jeugdwet, article 3.2.1, paragraph 2"), _BESLUIT, _OLD)
GROUNDS: Final = Law(_("Besluit Jeugdwet, article 3.2.2"), _BESLUIT, _OLD)
YEARLY_CHECK: Final = Law(_("Besluit Jeugdwet, article 3.2.3"), _BESLUIT, _OLD)
OTHER_INSTITUTION: Final = Law(
    _("Civil Code, book 1, article 259"), "https://wetten.overheid.nl/BWBR0002656/", _OLD
)
NO_ROLLING: Final = Law(
    _("General act on terms, article 4"), "https://wetten.overheid.nl/BWBR0002448/", _OLD
)
TEMPORARY: Final = Law(
    _("Staatscourant 2017, number 40536"),
    "https://zoek.officielebekendmakingen.nl/stcrt-2017-40536.html",
    _("only its explanation was read, not its articles"),
)
CRITICAL_CARE_BEFORE_2026: Final = Law(
    _("memo of the municipalities, March 2025"), "", _("read there, not in an act")
)
CRITICAL_CARE: Final = Law(
    _("act that improves the availability of youth care, since 1 January 2026"),
    "https://www.skipr.nl/nieuws/nza-krijgt-nieuwe-taken-in-jeugdzorg/",
    _("read in the news, not in the act"),
)
