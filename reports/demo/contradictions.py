"""Where public sources, or the papers and the law, say different things. Both sides stay."""

from __future__ import annotations

from typing import Final

from reports.demo.facts import ContradictionFact

_OPLEGGER: Final = "oplegger-2025"
_LETTER: Final = "raadsbrief-2025"
_LAW: Final = "jeugdwet"

CONTRADICTIONS: Final = (
    ContradictionFact(
        "c01-eerste-audit",
        "Dag van de eerste tussentijdse audit",
        ("De audit is in mei 2025", _OPLEGGER),
        ("De audit was op 13 juni 2025", _LETTER),
        "Mei staat als planning, 13 juni als de dag van de audit.",
    ),
    ContradictionFact(
        "c02-aantal-audits",
        "Aantal tussentijdse audits",
        ("Eén audit, daarna in september een besluit", _OPLEGGER),
        ("Een audit in juni en een in september", _LETTER),
        "Er staan twee audits, met nummer 1 en 2.",
    ),
    ContradictionFact(
        "c03-naam-kmi",
        "Naam van het KMI",
        ("Keurmerkinstituut", _OPLEGGER),
        ("Kwaliteitsinstituut", _LETTER),
        "Keurmerkinstituut is de naam; de andere staat er als bijnaam bij.",
    ),
    ContradictionFact(
        "c04-rol-kmi",
        "Wat het KMI doet",
        ("Het KMI verleent certificaten", _OPLEGGER),
        ("Het KMI houdt toezicht op de certificering", _LETTER),
        "Het KMI certificeert. De inspectie houdt toezicht op instellingen én op het KMI.",
    ),
    ContradictionFact(
        "c05-naam-igj",
        "Naam van de inspectie",
        ("Inspectie Gezondheidszorg en Jeugd", _OPLEGGER),
        ("Inspectie Gezondheid en Jeugd", _LETTER),
        "De eerste naam is juist; de andere staat er als bijnaam bij.",
    ),
    ContradictionFact(
        "c06-begin-onderzoek",
        "Begin van het onderzoek van de inspecties",
        ("Aangekondigd in februari 2025", _OPLEGGER),
        ("Besloten in april 2025", _LETTER),
        "Er staan twee gebeurtenissen. Andere bronnen noemen 27 februari, en bezoeken in maart.",
        events=("toezichttraject-februari", "gezamenlijk-onderzoek-april"),
    ),
    ContradictionFact(
        "c07-opdracht-aef",
        "Wie AEF opdracht gaf",
        ("JBN en de gemeenten samen", _OPLEGGER),
        ("De gemeenten", _LETTER),
        "Beide staan op de tijdlijn, ieder met de eigen bron.",
        events=("opdracht-aef-drie-partijen", "opdracht-aef-gemeenten"),
    ),
    ContradictionFact(
        "c08-plannen",
        "Herstelplan en verbeterplan",
        ("Het verbeterplan is van eind mei 2025", _LETTER),
        ("JBN presenteert in maart 2025 een verbeterplan", "oog-verbeterplan"),
        "Het herstelplan van AEF en het verbeterplan van de bestuurder zijn twee plannen.",
        events=("verbeterplan-maart", "verbeterplan-mei"),
    ),
    ContradictionFact(
        "c09-regio",
        "Naam van de regio",
        ("Inkoopregio", _OPLEGGER),
        ("Jeugdhulpregio", _LETTER),
        "Eén regio met twee namen.",
    ),
    ContradictionFact(
        "c10-reikwijdte",
        "Voor wie het certificaat geldt",
        ("JBN en Veilig Thuis Groningen", _OPLEGGER),
        ("JBN", _LETTER),
        "Een certificaat gaat over jeugdbescherming en jeugdreclassering, niet over Veilig Thuis.",
    ),
    ContradictionFact(
        "c11-voorwaarden",
        "Waarop het overbruggingscertificaat rust",
        ("Verbetering is aannemelijk en er zijn geen fundamentele tekortkomingen", _OPLEGGER),
        ("Negen maanden om te verbeteren", _LETTER),
        "De twee oordelen staan apart, naast de termijn.",
    ),
    ContradictionFact(
        "c12-bestuurder",
        "Wanneer de nieuwe bestuurder begon",
        ("In maart 2025", _LETTER),
        ("Een maand vóór het bericht van maart, dus in februari 2025", "oog-verbeterplan"),
        "Beide staan op de tijdlijn, ieder met de eigen bron.",
        events=("bestuurder-februari", "bestuurder-maart"),
    ),
    ContradictionFact(
        "c13-embargo",
        "Tot en met of tot 27 maart 2025",
        ("Embargo tot 27 maart, dus die dag niet meer", _OPLEGGER),
        ("Op 27 maart wordt gecommuniceerd, zonder uur", _OPLEGGER),
        "Een embargo in dit portaal heeft altijd een uur.",
        events=("embargo-27-maart",),
    ),
    ContradictionFact(
        "c14-duizend",
        "Wat de duizend telt",
        ("Duizend jeugdigen en gezinnen; in Drenthe 350 jeugdigen", _OPLEGGER),
        ("Ongeveer duizend gezinnen per jaar", "oog-personeel"),
        "Elk cijfer zegt of het jeugdigen, maatregelen of meldingen telt.",
    ),
    ContradictionFact(
        "c15-artikel",
        "Het artikel over genoeg jeugdbescherming",
        ("Artikel 2.4 onder 2", _OPLEGGER),
        ("Artikel 2.4 lid 2 onder a: een toereikend aanbod van instellingen", _LAW),
        "De tekst van de wet gaat voor.",
    ),
    ContradictionFact(
        "c16-twee-oordelen",
        "Twee oordelen over dezelfde instelling",
        ("Juli 2025: voldoet grotendeels niet, verscherpt toezicht", "westerwolde-toezicht"),
        ("September 2025: voldoet weer aan de regels", "skipr-kmi"),
        "Twee schalen van twee instanties. Zij staan naast elkaar en worden nooit één oordeel.",
        events=("besluit-genomen",),
    ),
    ContradictionFact(
        "c17-termijn-toezicht",
        "Termijn van het verscherpte toezicht",
        ("Verbeteren binnen zeven maanden", "westerwolde-toezicht"),
        ("Tot januari 2026, een halfjaar", "zorggids-toezicht"),
        "Januari 2026 staat als einde, met 'ongeveer'. Een bericht van juni 2025 noemt maart als "
        "begin; dat staat bij de maatregel.",
    ),
)
