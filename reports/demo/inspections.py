"""What is publicly known of the inspection of five institutions, in own words.

Press that tells of the report on the northern institution names the norms on which it fell
short, and the quality as a whole; the step on each norm is not public, so it is not filled in.
"""

from __future__ import annotations

from typing import Final

from reports.demo.facts import ClaimFact, InspectionFact, OtherPlaceFact, VerdictFact, day

_SHORT: Final = "Het bericht noemt dit thema als tekort, zonder de stap op de schaal."

INSPECTIONS: Final = (
    InspectionFact(
        authorities=("igj", "ijenv"),
        title="Onderzoek bij vijf gecertificeerde instellingen",
        covers=5,
        framework="normthemas-inspectie",
        announced=(day("2025-02-27"), "wachten-2025"),
        fieldwork=(day("2025-03"), "westerwolde-toezicht"),
        planned=(day("2025-07"), "raadsbrief-2025"),
        published=(day("2025-07 late"), "westerwolde-toezicht"),
        judgement="mostly_fails",
        findings=(
            "Tekort op: het belang van de jongere centraal, randvoorwaarden, genoeg en "
            "gekwalificeerde professionals, zicht op ontwikkeling en veiligheid, goed bestuur. "
            "Het eerste gesprek was in twee van de vijf zaken te laat, het plan in 70 procent."
        ),
        verdicts=tuple(
            VerdictFact(theme, "falls_short", "westerwolde-toezicht", _SHORT)
            for theme in (
                "belang-jongere",
                "randvoorwaarden",
                "professionals",
                "zicht",
                "goed-bestuur",
            )
        ),
        measure="heightened",
        term_ends=(day("2026-01"), "zorggids-toezicht"),
        claims=(
            ClaimFact("term", "westerwolde-toezicht", months=7),
            ClaimFact("imposed", "oog-motie", on=day("2025-03")),
        ),
        messages=(
            (
                day("2025-02-27"),
                "wachten-2025",
                "Ongeveer 1500 jongeren wachten te lang. De inspecties gaan breder kijken.",
            ),
            (
                day("2025-09-16"),
                "skipr-kmi",
                "Het verscherpte toezicht gaat door, ook na het besluit van het Keurmerkinstituut.",
            ),
        ),
        others=(
            OtherPlaceFact(
                "William Schrikker Stichting",
                published=(day("2025-06"), "skipr-schrikker"),
                findings=(
                    "Volgens het bericht willen de inspecties betere hulp, zonder maatregel. Dat "
                    "deze instelling bij de vijf hoort, is waarschijnlijk en niet bevestigd."
                ),
                no_measure=True,
            ),
        ),
    ),
)
