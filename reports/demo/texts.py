"""Texts of the fictional opleggers, in plain Dutch. They quote no figure: the tables do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Sections = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DemoText:
    """The words of one oplegger."""

    title: str
    subject: str
    addressees: str
    sender: str
    status_line: str
    sections: Sections


_BACKGROUND: Final = (
    "Jeugdbescherming Noord (JBN) voert in Groningen en Drenthe maatregelen uit die de rechter "
    "oplegt. Het gaat om ondertoezichtstelling, voogdij en jeugdreclassering. In Groningen is "
    "JBN ook Veilig Thuis.\n\n"
    "Gemeenten moeten zorgen dat er genoeg gecertificeerde instellingen zijn. Dat staat in "
    "artikel 2.4, lid 2, van de Jeugdwet. De twee regio's kopen samen in en spreken JBN samen "
    "aan."
)
_CERTIFICATE: Final = (
    "Het Keurmerkinstituut gaf eind 2024 een overbruggingscertificaat. JBN kreeg negen maanden "
    "om te verbeteren. Op 16 september 2025 besloot het Keurmerkinstituut dat JBN weer aan de "
    "regels voldoet. Hoe lang dat certificaat geldt, weten wij nog niet.\n\n"
    "De inspecties oordeelden in juli 2025 anders. Zij zagen dat JBN op veel punten tekortschiet "
    "en stelden verscherpt toezicht in. Dat toezicht loopt door. De twee oordelen gaan over "
    "verschillende vragen. Wij leggen ze daarom naast elkaar en tellen ze niet op."
)
_RISKS: Final = (
    "- **Nieuwe mensen blijven niet.** Vertrekken zij, dan loopt de wachtlijst weer op.\n"
    "- **Het tijdelijke geld stopt.** De extra jeugdbeschermers worden betaald uit eenmalig "
    "geld.\n"
    "- **Het toezicht wordt zwaarder.** De inspecties kunnen een aanwijzing vragen.\n"
    "- **Het certificaat vervalt later alsnog.** Dan moet voor ieder kind een andere instelling "
    "worden gezocht, en de rechter moet dat per kind besluiten."
)
_TOGETHER: Final = (
    "De stuurgroep van JBN en de twee regio's komt iedere maand bij elkaar. Zij bespreekt de "
    "cijfers van de maand ervoor. Met de Raad voor de Kinderbescherming en de rechtbank is "
    "afgesproken hoe spoedzaken voorrang krijgen.\n\n"
    "Wethouders van beide regio's spreken de bestuurder van JBN ieder kwartaal."
)

PROGRESS: Final = DemoText(
    title="Voortgang Jeugdbescherming Noord, najaar 2025",
    subject="Voortgang van het herstel bij Jeugdbescherming Noord",
    addressees="Gemeenteraden in Drenthe\nWethouders jeugd\nBeleidsadviseurs jeugd",
    sender="Regio Drenthe, namens de twaalf gemeenten",
    status_line="Ter kennisneming",
    sections=(
        (
            "Inleiding",
            "In deze oplegger leest u hoe het gaat met het herstel van Jeugdbescherming Noord. "
            "Wij kijken naar tijdigheid, wachtlijsten en personeel. U hoeft niets te besluiten.",
        ),
        ("Achtergrond", _BACKGROUND),
        ("Certificaat en toezicht", _CERTIFICATE),
        (
            "Situatie bij JBN",
            "Meer gezinnen dan in het voorjaar krijgen op tijd een vaste jeugdbeschermer en een "
            "eerste gesprek. De wettelijke norm, iedereen binnen vijf werkdagen, wordt nog niet "
            "gehaald. Plannen van aanpak komen nog vaker te laat dan op tijd.\n\n"
            "De wachtlijst is sinds het voorjaar korter geworden. Dat komt vooral door de extra "
            "mensen. Het ziekteverzuim daalt ook.",
        ),
        (
            "Herstelplan en acties",
            "1. Extra jeugdbeschermers werken de wachtlijst weg.\n"
            "2. Praktijkbegeleiders helpen nieuwe collega's op weg.\n"
            "3. Teams kijken iedere vier weken of wachtende kinderen veilig zijn.\n"
            "4. De cijfers komen iedere maand in één vast overzicht.",
        ),
        ("Risico's", _RISKS),
        ("Gezamenlijke sturing", _TOGETHER),
        (
            "Communicatie",
            "De regio's en JBN sturen samen een bericht aan de pers. Dat gebeurt op het uur "
            "waarop het embargo eindigt, niet eerder.",
        ),
    ),
)

RESEARCH: Final = DemoText(
    title="Onderzoek naar duurzaam herstel bij Jeugdbescherming Noord",
    subject="Onderzoeksrapport en herstelplan Jeugdbescherming Noord",
    addressees="Wethouders jeugd\nBeleidsadviseurs jeugd\nGemeenteraden in Drenthe",
    sender="Regio Drenthe, namens de twaalf gemeenten",
    status_line="Onder embargo; u mag het stuk niet delen of aanhalen",
    sections=(
        (
            "Inleiding",
            "De regio's en JBN lieten onderzoeken hoe JBN op de lange duur gezond kan worden. "
            "Het rapport is klaar en zit bij deze oplegger. U leest het vóór de pers, zodat u "
            "vragen van inwoners kunt beantwoorden.",
        ),
        ("Achtergrond", _BACKGROUND),
        (
            "Wat de onderzoekers zagen",
            "De onderzoekers noemen drie oorzaken. Er vertrokken in korte tijd te veel mensen. "
            "De leiding had te weinig zicht op de cijfers. En gezinnen kregen te vaak een nieuw "
            "gezicht.\n\n"
            "Zij zien ook wat wél werkt: vaste duo's, een kleinere caseload en een gesprek met "
            "het gezin in de eerste week.",
        ),
        ("Certificaat en toezicht", _CERTIFICATE),
        (
            "Herstelplan en acties",
            "Het herstelplan heeft zeven thema's: bedrijfsvoering, sturingsinformatie, beleid, "
            "leiderschap, werksfeer, cultuur en sturing. Voor ieder thema staat in het plan wie "
            "wat doet en wanneer dat klaar is.",
        ),
        (
            "Geld",
            "JBN heeft te weinig eigen geld om de extra mensen zelf te betalen. De gemeenten "
            "vullen dat één keer aan. Uw raad krijgt daarover een apart voorstel.",
        ),
        ("Risico's", _RISKS),
        (
            "Communicatie",
            "Tot het einde van het embargo antwoorden wij niet op vragen over dit rapport. "
            "Krijgt u een vraag van de pers? Verwijs dan naar het contact in deze oplegger.",
        ),
    ),
)

AUTUMN: Final = DemoText(
    title="Vooruitblik op de winter bij Jeugdbescherming Noord",
    subject="Wachtlijsten en bezetting in de komende winter",
    addressees="Gemeenteraden in Drenthe",
    sender="Regio Drenthe, namens de twaalf gemeenten",
    status_line="Onder embargo",
    sections=(
        (
            "Inleiding",
            "In de winter komen er meestal meer nieuwe maatregelen bij. In deze oplegger leest u "
            "of JBN daar klaar voor is.",
        ),
        (
            "Wat wij verwachten",
            "De bezetting is hoger dan een jaar geleden. De wachtlijst is korter. Blijft dat zo, "
            "dan kan JBN nieuwe gezinnen sneller helpen dan vorige winter.",
        ),
        ("Risico's", _RISKS),
        ("Gezamenlijke sturing", _TOGETHER),
    ),
)

ALTERNATIVES: Final = DemoText(
    title="Wat als Jeugdbescherming Noord het certificaat verliest?",
    subject="Alternatieven voor de uitvoering van maatregelen",
    addressees="Gemeenteraden in Drenthe\nWethouders jeugd",
    sender="Regio Drenthe, namens de twaalf gemeenten",
    status_line="Onder embargo",
    sections=(
        (
            "Inleiding",
            "De Drentse gemeenten lieten uitzoeken wat er gebeurt als JBN geen certificaat meer "
            "heeft. Dan mag JBN geen maatregelen meer uitvoeren.",
        ),
        (
            "Wat dat betekent voor kinderen",
            "Voor iedere ondertoezichtstelling moet de kinderrechter een andere instelling "
            "aanwijzen. Dat gaat kind voor kind. Gezinnen krijgen dan een nieuwe "
            "jeugdbeschermer, terwijl rust juist nodig is.",
        ),
        (
            "Mogelijkheden",
            "1. Een andere instelling neemt alle kinderen over.\n"
            "2. Twee instellingen nemen ieder een regio over.\n"
            "3. JBN werkt tijdelijk onder het certificaat van een ander.\n\n"
            "Geen van de drie kan zonder voorbereiding van een half jaar.",
        ),
        ("Risico's", _RISKS),
    ),
)

GRONINGEN: Final = DemoText(
    title="Veilig Thuis Groningen: tijdigheid in 2025",
    subject="Triage en onderzoek bij Veilig Thuis Groningen",
    addressees="Gemeenteraden in Groningen",
    sender="Regio Groningen, namens de tien gemeenten",
    status_line="Onder embargo",
    sections=(
        (
            "Inleiding",
            "Veilig Thuis Groningen is een deel van JBN. In deze oplegger leest u of meldingen "
            "van huiselijk geweld op tijd worden beoordeeld.",
        ),
        (
            "Stand van zaken",
            "De triage gaat sneller dan vorig jaar. De sector wil negen van de tien meldingen "
            "binnen vijf werkdagen beoordelen. Dat lukt in sommige maanden wel en in andere "
            "niet. Onderzoeken duren vaker te lang dan de sector wil.",
        ),
        (
            "Vervolg",
            "JBN neemt voor de onderzoeken vier mensen aan. De regio bekijkt ieder kwartaal of "
            "dat genoeg is.",
        ),
    ),
)

ASSEN: Final = DemoText(
    title="Jeugdbescherming in Assen: stand van zaken",
    subject="Stand van zaken Jeugdbescherming Noord voor de raad van Assen",
    addressees="Gemeenteraad van Assen",
    sender="College van Assen",
    status_line="Ter kennisneming",
    sections=(
        (
            "Inleiding",
            "De raad vroeg hoe het staat met de kinderen uit Assen die JBN begeleidt. Met deze "
            "oplegger antwoorden wij, met de cijfers van de regio.",
        ),
        (
            "Antwoord",
            "Cijfers over één gemeente zijn vaak te klein om te laten zien. Daarom staan hier de "
            "cijfers van Drenthe en Groningen. De lijn is dezelfde: het gaat beter dan in het "
            "voorjaar, en de norm is nog niet gehaald.",
        ),
        (
            "Vervolg",
            "Na de jaarwisseling krijgt u een nieuwe stand. Vragen kunt u stellen aan de griffie.",
        ),
    ),
)

SKETCH: Final = DemoText(
    title="Extra jeugdbeschermers: wat kost een jaar langer?",
    subject="",
    addressees="Wethouders jeugd",
    sender="",
    status_line="",
    sections=(
        (
            "Inleiding",
            "De extra jeugdbeschermers zijn betaald tot het einde van het jaar. In dit stuk "
            "rekenen wij voor wat een jaar langer kost.",
        ),
        ("Kosten", ""),
    ),
)

REPORT: Final = DemoText(
    title="Rapport: duurzaam herstel Jeugdbescherming Noord (fictief)",
    subject="Verzonnen onderzoeksrapport voor de demonstratie",
    addressees="Stuurgroep Jeugdbescherming Noord",
    sender="Onderzoeksbureau Verbeelding",
    status_line="Verzonnen",
    sections=(
        (
            "Samenvatting",
            "Dit rapport is verzonnen. Het staat hier als bijlage, zodat u ziet hoe een rapport "
            "bij een oplegger wordt bewaard en geopend.",
        ),
        (
            "Aanbevelingen",
            "1. Houd de caseload kleiner dan de afspraak in het tarief.\n"
            "2. Laat ieder gezin in de eerste week spreken door de vaste jeugdbeschermer.\n"
            "3. Bespreek iedere maand dezelfde cijfers, met dezelfde definities.\n"
            "4. Kijk iedere vier weken of wachtende kinderen veilig zijn.",
        ),
    ),
)

ACTIONS_CSV: Final = (
    "actie;eigenaar;gereed\r\n"
    "Wachtlijst wegwerken;JBN;31 december 2025\r\n"
    "Praktijkbegeleiding voor nieuwe collega's;JBN;30 november 2025\r\n"
    "Maandelijks overzicht van cijfers;Regio's;31 oktober 2025\r\n"
)

TEXTS: Final = (PROGRESS, RESEARCH, AUTUMN, ALTERNATIVES, GRONINGEN, ASSEN, SKETCH)
"""Every oplegger of the demonstration."""
