"""What comes with the portal: two frameworks, as far as they are public, and the finding words.

The text of the certifying body's scheme is not public; who has it loads it from a file.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from audits.frameworks.rules import FrameworkFile, FrameworkHead, ThemeRow

CERTIFYING_BODY: Final = "kmi"
INSPECTORATE: Final = "igj"

SCHEME: Final = FrameworkFile(
    head=FrameworkHead(
        code="normenkader-jb-jr",
        version="2.0",
        title="Normenkader jeugdbescherming en jeugdreclassering",
        authority=CERTIFYING_BODY,
        valid_from=date(2018, 1, 1),
        publisher="Keurmerkinstituut",
        source="Certificering jeugdbescherming en jeugdreclassering; de vier thema's staan in "
        "de Jeugdwet, artikel 3.4, vierde lid",
        url="https://keurmerk.nl/zorg-welzijn/certificering-jeugdbescherming-en-jeugdreclassering/",
    ),
    themes=(
        ThemeRow("medewerkers", "Deskundigheid van medewerkers"),
        ThemeRow("methodieken", "Methodieken en interventies"),
        ThemeRow("organisatie", "Organisatie en processen"),
        ThemeRow("samenwerking", "Samenwerking"),
    ),
)

NORMS_OF_THE_INSPECTORATE: Final = FrameworkFile(
    head=FrameworkHead(
        code="normthemas-inspectie",
        version="2025",
        title="Normthema's van de inspectie bij gecertificeerde instellingen",
        authority=INSPECTORATE,
        valid_from=None,
        publisher="Westerwolde Actueel",
        source="Verscherpt toezicht voor Jeugdbescherming Noord, met de thema's die tekortschoten",
        url="https://www.westerwoldeactueel.nl/2025/07/24/"
        "verscherpt-toezicht-voor-jeugdbescherming-noord-in-groningen/",
    ),
    themes=(
        ThemeRow("belang-jongere", "Belang van de jongere centraal"),
        ThemeRow("randvoorwaarden", "Randvoorwaarden"),
        ThemeRow("professionals", "Genoeg en gekwalificeerde professionals"),
        ThemeRow("zicht", "Zicht op ontwikkeling en veiligheid"),
        ThemeRow("goed-bestuur", "Goed bestuur"),
    ),
)

FRAMEWORKS: Final = (SCHEME, NORMS_OF_THE_INSPECTORATE)

CATEGORIES: Final = (
    ("kritisch-feit", "kritisch feit", True),
    ("tekortkoming", "tekortkoming", True),
    ("observatie", "observatie", False),
)
"""Code, word, and whether a norm is not met; of the certifying body."""
