"""What is publicly known about the northern institution, 2022 to early 2026, in own words.

Every day carries the precision of its source. Sources that clash stand beside each other. No
names of persons; the two municipal papers are quoted by content, never by sentence.
"""

from __future__ import annotations

from typing import Final

from reports.demo.contradictions import CONTRADICTIONS
from reports.demo.events import EVENTS
from reports.demo.facts import (
    AuditFact,
    CertificateFact,
    ConditionFact,
    OversightFacts,
    SourceFact,
    day,
)
from reports.demo.inspections import INSPECTIONS

_OOG: Final = "https://www.oogtv.nl/"

SOURCES: Final = (
    SourceFact(
        "oplegger-2025",
        "Gemeenten in Groningen en Drenthe",
        "Oplegger bij het rapport van AEF",
        published=day("2025-03"),
    ),
    SourceFact(
        "raadsbrief-2025",
        "Gemeenten in Drenthe",
        "Brief aan de gemeenteraden over de stand van zaken",
        published=day("2025-06 mid"),
    ),
    SourceFact(
        "jeugdwet",
        "Overheid",
        "Jeugdwet en Besluit Jeugdwet",
        "https://wetten.overheid.nl/BWBR0034925/",
        day("2015-01-01"),
    ),
    SourceFact(
        "kmi",
        "Keurmerkinstituut",
        "Uitleg over certificering jeugdbescherming en jeugdreclassering",
        "https://keurmerk.nl/zorg-welzijn/certificering-jeugdbescherming-en-jeugdreclassering/",
    ),
    SourceFact(
        "wachten-2025",
        "Arts en Apotheker",
        "Te veel jongeren wachten te lang",
        "https://artsenapotheker.nl/nieuws/te-veel-jongeren-wachten-te-lang-op",
        day("2025-02-27"),
    ),
    SourceFact(
        "oog-personeel",
        "OOG Groningen",
        "Personeelstekort bedreigt jeugdbescherming",
        _OOG + "2025/03/personeelstekort-en-bureaucratie-bedreigen-jeugdbescherming-in-groningen/",
        day("2025-03"),
    ),
    SourceFact(
        "oog-verbeterplan",
        "OOG Groningen",
        "Jeugdbescherming Noord presenteert verbeterplan",
        _OOG + "2025/03/jb-noord-presenteert-verbeterplan-om-grote-problemen-op-te-lossen/",
        day("2025-03"),
    ),
    SourceFact(
        "oog-motie",
        "OOG Groningen",
        "Motie van afkeuring over jeugdzorg verworpen",
        _OOG
        + "2025/06/jeugdzorg-blijft-hoofdpijndossier-motie-van-afkeuring-tegen-college-sneuvelt/",
        day("2025-06"),
    ),
    SourceFact(
        "skipr-schrikker",
        "Skipr",
        "Inspecties willen betere hulp door de William Schrikker Stichting",
        "https://www.skipr.nl/nieuws/"
        "inspecties-eisen-betere-hulp-jongeren-door-schrikker-stichting/",
        day("2025-06"),
    ),
    SourceFact(
        "westerwolde-toezicht",
        "Westerwolde Actueel",
        "Verscherpt toezicht voor Jeugdbescherming Noord",
        "https://www.westerwoldeactueel.nl/2025/07/24/"
        "verscherpt-toezicht-voor-jeugdbescherming-noord-in-groningen/",
        day("2025-07-24"),
    ),
    SourceFact(
        "zorggids-toezicht",
        "Nationale Zorggids",
        "Jeugdbescherming Noord onder verscherpt toezicht",
        "https://www.nationalezorggids.nl/jeugdzorg/"
        "jeugdbescherming-noord-onder-verscherpt-toezicht-na-forse-tekortkomingen",
        day("2025-07"),
    ),
    SourceFact(
        "oog-raad-van-toezicht",
        "OOG Groningen",
        "Raad van toezicht van Jeugdbescherming Noord stapt op",
        _OOG + "2025/07/stadspartij-noemt-opstappen-raad-van-toezicht-jeugdbescherming-"
        "hoogst-twijfelachtig/",
        day("2025-07"),
    ),
    SourceFact(
        "oog-meldpunt",
        "OOG Groningen",
        "Rapport van het meldpunt over Jeugdbescherming Noord",
        _OOG + "2025/09/rapport-jeugdbescherming-noord-systeem-dat-bedoeld-is-om-te-beschermen-"
        "maar-juist-schade-veroorzaakt/",
        day("2025-09"),
    ),
    SourceFact(
        "skipr-kmi",
        "Skipr",
        "Keurmerkinstituut: Jeugdbescherming Noord voldoet weer",
        "https://www.skipr.nl/nieuws/"
        "keurmerkinstituut-jeugdbescherming-noord-voldoet-weer-aan-regels/",
        day("2025-09-16"),
    ),
    SourceFact(
        "kamervragen-2025",
        "Tweede Kamer",
        "Antwoord op Kamervragen over Jeugdbescherming Noord",
        "https://www.tweedekamer.nl/kamerstukken/kamervragen/detail?did=2025D43119&id=2025Z15241",
        day("2025-10-02"),
    ),
    SourceFact(
        "oog-vertrouwen",
        "OOG Groningen",
        "Raad van Groningen over het herstelplan",
        _OOG + "2025/10/vertrouwen-in-jeugdbescherming-noord-plan-met-kritische-kanttekening-er-is-"
        "nog-veel-werk-te-doen/",
        day("2025-10"),
    ),
)

CERTIFICATES: Final = (
    CertificateFact(
        authority="kmi",
        kind="bridging",
        decided=(day("2024-12 late"), "oplegger-2025"),
        ends=(day("2025-09"), "raadsbrief-2025"),
        months=9,
        improvement_plausible=True,
        no_fundamental_shortcomings=True,
        remark=(
            "De gestelde KPI's waren niet gehaald. Welke dat zijn, noemt geen openbare bron. "
            "De twee oordelen volgen uit de regel dat een overbruggingscertificaat alleen zo "
            "wordt verleend."
        ),
        conditions=(
            ConditionFact(
                "Binnen negen maanden aantoonbaar verbeteren",
                "raadsbrief-2025",
                due=day("2025-09"),
                met=(day("2025-09-16"), "skipr-kmi"),
            ),
            ConditionFact(
                "Eerste tussentijdse audit",
                "oplegger-2025",
                due=day("2025-05"),
                met=(day("2025-06-13"), "raadsbrief-2025"),
            ),
            ConditionFact(
                "Tweede tussentijdse audit",
                "raadsbrief-2025",
                due=day("2025-09"),
                met=(day("2025-09-16"), "skipr-kmi"),
            ),
        ),
    ),
    CertificateFact(
        authority="kmi",
        kind="certificate",
        decided=(day("2025-09-16"), "skipr-kmi"),
        remark=(
            "Het bericht noemt geen looptijd en geen voorwaarden. De Jeugdwet kent drie jaar "
            "voor een certificaat; of die hier geldt, is niet bekend."
        ),
    ),
)

AUDITS: Final = (
    AuditFact(
        authority="kmi",
        kind="interim",
        sequence_no=1,
        planned=(day("2025-05"), "oplegger-2025"),
        held=(day("2025-06-13"), "raadsbrief-2025"),
    ),
    AuditFact(
        authority="kmi",
        kind="interim",
        sequence_no=2,
        planned=(day("2025-09"), "raadsbrief-2025"),
        outcome_known=(day("2025-09-16"), "skipr-kmi"),
        outcome="JBN voldoet volgens het Keurmerkinstituut weer aan de regels.",
    ),
)

FACTS: Final = OversightFacts(
    institution="jbn",
    sources=SOURCES,
    certificates=CERTIFICATES,
    audits=AUDITS,
    inspections=INSPECTIONS,
    events=EVENTS,
    contradictions=CONTRADICTIONS,
)
