"""What is publicly known about the northern institution, 2022 to early 2026, in own words.

Every day carries the precision of its source. Sources that clash stand beside each other. No
names of persons; the two municipal papers are quoted by content, never by sentence.
"""

from __future__ import annotations

from typing import Final

from audits.demo_contradictions import CONTRADICTIONS
from audits.demo_inspections import INSPECTIONS
from audits.facts import (
    AuditFact,
    CertificateFact,
    ConditionFact,
    EventFact,
    OversightFacts,
    SourceFact,
    day,
)

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

EVENTS: Final = (
    EventFact(
        "igj-vraagt-aandacht",
        "inspection",
        day("2022"),
        "De inspectie vraagt landelijk aandacht voor de gecertificeerde instellingen",
        "raadsbrief-2025",
        authority="igj",
    ),
    EventFact(
        "opdracht-aef-drie-partijen",
        "study",
        day("2024-10"),
        "JBN en de gemeenten in beide regio's geven AEF samen opdracht voor een onderzoek",
        "oplegger-2025",
    ),
    EventFact(
        "opdracht-aef-gemeenten",
        "study",
        day("2024-10"),
        "De gemeenten in beide regio's geven AEF opdracht voor een onderzoek",
        "raadsbrief-2025",
    ),
    EventFact(
        "raden-over-overbrugging",
        "politics",
        day("2024-12 late"),
        "Wethouders en adviseurs horen van het overbruggingscertificaat",
        "oplegger-2025",
    ),
    EventFact(
        "vertrek-2024",
        "management",
        day("2024"),
        "Meer dan de helft van de Drentse en bijna een derde van de Groningse "
        "jeugdbeschermers vertrekt",
        "oog-personeel",
    ),
    EventFact(
        "toezichttraject-februari",
        "inspection",
        day("2025-02"),
        "De inspectie kondigt een toezichttraject bij vijf instellingen aan",
        "oplegger-2025",
        authority="igj",
    ),
    EventFact(
        "rapport-aef",
        "study",
        day("2025-02 late"),
        "AEF levert het eindrapport met herstelplan op",
        "oplegger-2025",
    ),
    EventFact(
        "bestuurder-februari",
        "management",
        day("2025-02"),
        "De nieuwe bestuurder van JBN treedt aan",
        "oog-verbeterplan",
    ),
    EventFact(
        "bestuurder-maart",
        "management",
        day("2025-03"),
        "De nieuwe bestuurder van JBN treedt aan",
        "raadsbrief-2025",
    ),
    EventFact(
        "verbeterplan-maart",
        "plan",
        day("2025-03"),
        "JBN presenteert een verbeterplan",
        "oog-verbeterplan",
    ),
    EventFact(
        "extra-geld",
        "politics",
        day("2025-03"),
        "Gemeenten zeggen ruim 1,1 miljoen euro toe voor extra personeel",
        "oog-verbeterplan",
    ),
    EventFact(
        "embargo-27-maart",
        "study",
        day("2025-03-27"),
        "Het embargo op het rapport van AEF loopt tot deze dag; er komt een persbericht",
        "oplegger-2025",
        planned=True,
    ),
    EventFact(
        "rapport-aef-openbaar",
        "study",
        day("2025-03"),
        "Het rapport van AEF is openbaar",
        "oog-personeel",
        carries_out="embargo-27-maart",
    ),
    EventFact(
        "gezamenlijk-onderzoek-april",
        "inspection",
        day("2025-04"),
        "Twee inspecties besluiten tot een gezamenlijk onderzoek bij vijf instellingen",
        "raadsbrief-2025",
        authority="igj",
    ),
    EventFact(
        "verbeterplan-mei",
        "plan",
        day("2025-05 late"),
        "De bestuurder presenteert het verbeterplan",
        "raadsbrief-2025",
    ),
    EventFact(
        "alternatieven",
        "politics",
        day("2025-Q2"),
        "Drentse opdrachtgevers laten alternatieven onderzoeken, voor als er geen certificaat komt",
        "raadsbrief-2025",
    ),
    EventFact(
        "motie-van-afkeuring",
        "politics",
        day("2025-06"),
        "De raad van Groningen verwerpt een motie van afkeuring over de jeugdzorg",
        "oog-motie",
    ),
    EventFact(
        "raad-van-toezicht-weg",
        "management",
        day("2025-07 late"),
        "De hele raad van toezicht van JBN stapt op",
        "oog-raad-van-toezicht",
    ),
    EventFact(
        "meldpunt",
        "politics",
        day("2025-09"),
        "Raadsfracties melden meer dan honderd reacties bij hun meldpunt",
        "oog-meldpunt",
    ),
    EventFact(
        "toezicht-blijft",
        "inspection",
        day("2025-09-16"),
        "Het verscherpte toezicht gaat door, ook na het besluit van het Keurmerkinstituut",
        "skipr-kmi",
        authority="igj",
    ),
    EventFact(
        "kamervragen",
        "politics",
        day("2025-10-02"),
        "Het kabinet antwoordt op Kamervragen over JBN",
        "kamervragen-2025",
    ),
    EventFact(
        "raad-groningen-vertrouwen",
        "politics",
        day("2025-10-08"),
        "Een meerderheid van de raad van Groningen heeft vertrouwen in het herstelplan",
        "oog-vertrouwen",
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
