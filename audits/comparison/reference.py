"""The themes that come with the portal: which norms of which body are about the same matter.

Which themes belong together is a choice of the portal's makers, not of either body. Norms are
named by the codes of their framework and theme, so that a next version of a framework needs no
new link.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from audits.frameworks.reference import NORMS_OF_THE_INSPECTORATE, SCHEME
from certification.indicators.rules.kpis import KPIS

_SCHEME: Final = SCHEME.head.code
_NORMS: Final = NORMS_OF_THE_INSPECTORATE.head.code


class ShippedTheme(NamedTuple):
    """One theme: the (framework, theme) codes of the norms; figures name it themselves."""

    code: str
    title: str
    norms: tuple[tuple[str, str], ...]

    @property
    def kpis(self) -> tuple[str, ...]:
        """The codes of the figures that are about it."""
        return tuple(kpi.code for kpi in KPIS.values() if kpi.theme == self.code)


THEMES: Final = (
    ShippedTheme(
        "medewerkers",
        "Genoeg en deskundige medewerkers",
        ((_SCHEME, "medewerkers"), (_NORMS, "professionals")),
    ),
    ShippedTheme(
        "op-tijd",
        "Op tijd een vaste medewerker",
        ((_SCHEME, "organisatie"), (_NORMS, "randvoorwaarden")),
    ),
    ShippedTheme(
        "zicht",
        "Zicht op ontwikkeling en veiligheid",
        ((_SCHEME, "methodieken"), (_NORMS, "zicht")),
    ),
    ShippedTheme(
        "jongere-centraal",
        "De jongere centraal",
        ((_SCHEME, "methodieken"), (_NORMS, "belang-jongere")),
    ),
    ShippedTheme(
        "bestuur",
        "Goed bestuur",
        ((_SCHEME, "organisatie"), (_NORMS, "goed-bestuur")),
    ),
    ShippedTheme(
        "samenwerking",
        "Samenwerken aan passende hulp",
        ((_SCHEME, "samenwerking"),),
    ),
)
