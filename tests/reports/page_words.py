"""The words of each page: what its reader relies on, and where other pages are read.

Between bars stand a heading, a column, a term, a field, a button or a link each, word for word; a
sentence, or what is longer than thirty characters, may stand anywhere on the page.
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "about": (
        "adviser",
        "Over dit portaal | Met dit portaal houden gemeenten zicht op een instelling die kinderen "
        "beschermt. | Wie u kan helpen | De software",
    ),
    "accessibility": (
        "adviser",
        "Toegankelijkheidsverklaring | Iedereen moet dit portaal kunnen gebruiken. | Waaraan wij "
        "ons houden | Hoe dit wordt gecontroleerd | Werkt er iets niet voor u?",
    ),
    "account_login": (
        "anonymous",
        "Inloggen | E-mailadres | Wachtwoord",
    ),
    "account_logout": (
        "adviser",
        "Uitloggen",
    ),
    "account_inactive": (
        "adviser",
        "Dit account is niet in gebruik | Vraag de beheerder van uw organisatie om het weer te "
        "openen.",
    ),
    "account_reauthenticate": (
        "adviser",
        "Typ uw wachtwoord nog een keer | Wachtwoord | Verder",
    ),
    "account_change_password": (
        "adviser",
        "Wachtwoord wijzigen | Huidig wachtwoord | Nieuw wachtwoord | Nieuw wachtwoord opslaan",
    ),
    "account_reset_password": (
        "adviser",
        "Nieuw wachtwoord aanvragen | E-mailadres | E-mail versturen",
    ),
    "account_reset_password_done": (
        "adviser",
        "Kijk in uw mailbox | Als er een account is met dit adres, is er een e-mail onderweg.",
    ),
    "account_reset_password_from_key": (
        "adviser",
        "Kies een nieuw wachtwoord | Deze link werkt niet meer.",
    ),
    "account_reset_password_from_key_done": (
        "adviser",
        "Uw wachtwoord is gewijzigd | U kunt nu inloggen met uw nieuwe wachtwoord.",
    ),
    "account_address": (
        "anonymous",
        "Bevestig dit adres",
    ),
    "accounts:accounts": (
        "administrator",
        "Iemand toevoegen | Naam of e-mailadres | Naam | Rollen vandaag | Account",
    ),
    "accounts:account_new": (
        "administrator",
        "Naam | E-mailadres | Waar | Toevoegen",
    ),
    "accounts:account": (
        "administrator",
        "Rollen | Geef deze rol | De naam wijzigen | Nieuw e-mailadres | Vraag dit adres aan | "
        "Sluit het account",
    ),
    "accounts:decisions": (
        "administrator",
        "Te beslissen | Trek in (Anna Assen)",
    ),
    "organisations:regions": (
        "administrator",
        "Naam | Code | Gemeenten | Instellingen",
    ),
    "organisations:list": (
        "administrator",
        "Naam | Code | Gemeenten | Instellingen",
    ),
    "organisations:organisation": (
        "administrator",
        "Gemeenten die erbij horen, of hoorden | Voeg een gemeente toe | Wijzig deze namen",
    ),
    "organisations:add": (
        "administrator",
        "Naam | Andere namen (niet verplicht) | Code in adressen | Opslaan",
    ),
    "organisations:change": (
        "administrator",
        "Naam | Andere namen (niet verplicht)",
    ),
    "organisations:choose": (
        "adviser",
        "Jeugdbescherming Noord",
    ),
    "accounts:what_may_i_do": (
        "adviser",
        "Wat mag ik hier? | U hebt één rol. | U mag",
    ),
    "notices:mine": (
        "council_member",
        "Mail die u krijgt | Hoe vaak wilt u bericht? | Een actie van u is te laat | "
        "één keer per dag, om zeven uur 's ochtends | nooit | Opslaan | Wat altijd meteen komt | "
        "U kunt deze mail niet uitstellen of uitzetten.",
    ),
    "accounts:people": (
        "clerk",
        "Mensen van uw raad | Iemand toevoegen | Naam",
    ),
    "accounts:log": (
        "privacy_officer",
        "Logboek van rollen | Wie welke rol kreeg, wanneer en van wie. | Wanneer",
    ),
    "acts:log": (
        "privacy_officer",
        "Logboek van handelingen | Wie wat deed in uw plaatsen, het nieuwste eerst. | Wanneer | "
        "Wie | Met instemming van | Toon | Downloaden als CSV",
    ),
    "organisations:mine": (
        "privacy_officer",
        "Organisatie | Deze gemeenten houden samen toezicht. | Regio’s en gemeenten",
    ),
    "certification:deliveries": (
        "institution",
        "Leveringen | Hier ziet u welke maanden zijn geleverd en welke nog moeten komen.",
    ),
    "certification:upload": (
        "institution",
        "Levering aanleveren | Kies een zip- of XLSX-bestand. | Instelling",
    ),
    "certification:staffing": (
        "institution",
        "Personeel",
    ),
    "certification:runs": (
        "institution",
        "Berekende cijfers | Na elke levering worden de cijfers vanzelf berekend. | Berekeningen "
        "| Gevraagd | Instelling | Maanden",
    ),
    "certification:run": (
        "administrator",
        "Een berekening | Stand | Reden | Gevraagd",
    ),
    "audits:timeline": (
        "institution",
        "Keurmerk en toezicht | Twee instanties, twee oordelen | Tijdlijn | Certificaten, audits "
        "en inspecties | Waar bronnen verschillen | Soort | Besloten | Laatste dag | Eerste dag",
    ),
    "audits:audits": (
        "institution",
        "Audits | Audit | Gepland | Gehouden",
    ),
    "audits:audit_new": (
        "adviser",
        "Audit toevoegen | Vul in wat de brief of het rapport zegt, in die volgorde. | Tekst van "
        "de brief | Instantie | Soort | Lees de brief | Opslaan",
    ),
    "audits:frameworks": (
        "adviser",
        "Normenkaders | Waaraan een instantie toetst. | Woorden van de instanties voor hoe "
        "ernstig een bevinding is | Instantie | Geldt vanaf | Bron",
    ),
    "audits:framework_load": (
        "adviser",
        "Normenkader laden | Eén bestand bevat één versie van één normenkader. | Hoe het bestand "
        "eruitziet | Bestand | Laden",
    ),
    "audits:finding_categories": (
        "adviser",
        "Woord voor een bevinding | Elke instantie heeft eigen woorden voor hoe ernstig een "
        "bevinding is. | Instantie | Woord | Aan een norm is niet voldaan | Opslaan",
    ),
    "audits:finding_category": (
        "adviser",
        "Woord voor een bevinding | Elke instantie heeft eigen woorden voor hoe ernstig een "
        "bevinding is. | Geschiedenis | Woord | Aan een norm is niet voldaan | Opslaan",
    ),
    "audits:audit": (
        "adviser",
        "Bevindingen | Geschiedenis | Thema | Open | Samenwerking | Instantie | Gepland | Gehouden",
    ),
    "audits:audit_edit": (
        "adviser",
        "Audit wijzigen | Vul in wat de brief of het rapport zegt, in die volgorde. | "
        "Geschiedenis | Tekst van de brief | Instantie | Soort | Lees de brief | Opslaan",
    ),
    "audits:audit_review": (
        "adviser",
        "Eerdere bevindingen beoordelen",
    ),
    "audits:findings_import": (
        "adviser",
        "Tabel met bevindingen inlezen | Kolommen van het bestand | nummer | thema | eis | "
        "Bestand | Bron van de bevindingen | Laat zien wat er zou gebeuren",
    ),
    "audits:finding_new": (
        "adviser",
        "Bevinding toevoegen | Soort, in het eigen woord van de instantie | Wat er is gevonden | "
        "Bron van de bevinding | Opslaan | Opslaan en nog een toevoegen",
    ),
    "audits:finding_edit": (
        "adviser",
        "Bevinding wijzigen | Geschiedenis | Soort, in het eigen woord van de instantie | Wat er "
        "is gevonden | Bron van de bevinding | Opslaan | Verwijderen",
    ),
    "audits:cause_new": (
        "adviser",
        "Oorzaak van een bevinding | Soort oorzaak | Oorzaak | Opslaan",
    ),
    "audits:cause_edit": (
        "adviser",
        "Oorzaak van een bevinding | Geschiedenis | Soort oorzaak | Oorzaak | Opslaan | "
        "Verwijderen",
    ),
    "audits:certificates": (
        "adviser",
        "Certificaten | Soort | Besloten | Op deze dag | Toon de stand per | Toon",
    ),
    "audits:certificate_new": (
        "adviser",
        "Leg een certificaat vast | Vul in wat in de brief over het certificaat staat, in "
        "dezelfde volgorde. | Tekst van de brief | Wie besloot? | Dag van het besluit, of van de "
        "aanvraag | Lees de brief | Leg vast",
    ),
    "audits:certificate": (
        "adviser",
        "De weg naar de laatste dag | Twee oordelen | Wat is gewogen | Latere besluiten | "
        "Verbetering is aannemelijk | Geen fundamentele tekortkomingen | Waarom toch verleend | "
        "Toon de stand per | Toon",
    ),
    "audits:certificate_edit": (
        "adviser",
        "Certificaat wijzigen | Vul in wat in de brief over het certificaat staat, in "
        "dezelfde volgorde. | Tekst van de brief | Wie besloot? | Dag van het besluit, of van de "
        "aanvraag | Lees de brief | Leg vast",
    ),
    "audits:weighing_new": (
        "adviser",
        "Punt van de weging toevoegen | Op welk punt schoot de instelling tekort? | Waarom is het "
        "certificaat toch verleend? | Bron | Leg vast | Leg vast en ga door met de voorwaarden",
    ),
    "audits:weighing_edit": (
        "adviser",
        "Punt van de weging wijzigen | Op welk punt schoot de instelling tekort? | Waarom is het "
        "certificaat toch verleend? | Bron | Leg vast | Verwijderen",
    ),
    "audits:condition_new": (
        "adviser",
        "Voorwaarde toevoegen | Tekst van de brief | Voorwaarde | Bron van de voorwaarde | Lees "
        "de brief | Leg vast",
    ),
    "audits:condition_edit": (
        "adviser",
        "Voorwaarde wijzigen | Tekst van de brief | Voorwaarde | Bron van de voorwaarde | Lees de "
        "brief | Leg vast",
    ),
    "audits:decision_new": (
        "adviser",
        "Later besluit toevoegen | Tekst van de brief | geschorst | schorsing opgeheven | Lees de "
        "brief | Leg vast",
    ),
    "audits:decision_edit": (
        "adviser",
        "Later besluit wijzigen | Tekst van de brief | geschorst | schorsing opgeheven | Lees de "
        "brief | Leg vast",
    ),
    "audits:events": (
        "adviser",
        "Tijdlijn | Wat gebeurde en wat gepland is | Waar bronnen verschillen | Namen in de "
        "stukken | Onderwerp | De ene bron | De andere bron | Gepland | Werkelijk",
    ),
    "audits:event_add": (
        "adviser",
        "Gebeurtenis toevoegen | Leg vast wat één bron zegt. | Wat de bron zegt | Soort | Dag | "
        "Leg vast",
    ),
    "audits:event": (
        "adviser",
        "Gebeurtenis | Geschiedenis | Soort | Dag | Bron",
    ),
    "audits:event_edit": (
        "adviser",
        "Gebeurtenis veranderen | Leg vast wat één bron zegt. | Wat de bron zegt | Soort | Dag | "
        "Leg vast",
    ),
    "audits:contradiction_add": (
        "adviser",
        "Een tegenspraak toevoegen | Leg vast waar bronnen iets anders zeggen. | Onderwerp | Eén "
        "bron zegt | Welke bron zegt dit | Leg vast",
    ),
    "audits:contradiction_edit": (
        "adviser",
        "Een tegenspraak wijzigen | Leg vast waar bronnen iets anders zeggen. | Onderwerp | Eén "
        "bron zegt | Welke bron zegt dit | Leg vast | Verwijderen",
    ),
    "audits:contradiction": (
        "adviser",
        "Eén bron zegt | Een andere bron zegt | Besluiten | Geschiedenis | In dit portaal | "
        "beide: zij vertellen van verschillende dingen | geen van beide | Reden | Besluit bewaren",
    ),
    "audits:themes": (
        "adviser",
        "Thema's naast elkaar | Welke normen en eigen cijfers over hetzelfde gaan. | Geschiedenis "
        "| Thema | Normen | Eigen cijfers",
    ),
    "audits:theme_add": (
        "adviser",
        "Een thema toevoegen | Kies wat over hetzelfde gaat. | Thema | Plaats in de volgorde | "
        "Normthema's van de inspectie bij gecertificeerde instellingen | Opslaan",
    ),
    "audits:theme_edit": (
        "adviser",
        "Een thema wijzigen | Kies wat over hetzelfde gaat. | Thema | Plaats in de volgorde | "
        "Normthema's van de inspectie bij gecertificeerde instellingen | Opslaan | Verwijderen",
    ),
    "audits:inspections": (
        "adviser",
        "Inspecties | Inspectie | Aangekondigd | Rapport verwacht | Toon de stand per | Toon",
    ),
    "audits:inspection_new": (
        "adviser",
        "Inspectie toevoegen | Vul in wat de aankondiging zegt, in dezelfde volgorde. | Tekst van "
        "de brief | Onderwerp | Inspectie Gezondheidszorg en Jeugd | Lees de brief | Opslaan",
    ),
    "audits:inspection": (
        "adviser",
        "Hoe het ging | Tussenberichten | Maatregelen | De andere instellingen van dit onderzoek "
        "| Norm | Oordeel | Opmerking | Door | Aangekondigd",
    ),
    "audits:inspection_edit": (
        "adviser",
        "Inspectie wijzigen | Vul in wat de aankondiging zegt, in dezelfde volgorde. | Tekst van "
        "de brief | Onderwerp | Inspectie Gezondheidszorg en Jeugd | Lees de brief | Opslaan",
    ),
    "audits:message_new": (
        "adviser",
        "Tussenbericht toevoegen | Wat de inspecties vóór of naast het rapport hebben laten "
        "weten. | Tekst van de brief | Verstuurd | Bron van: Verstuurd | Lees de brief | Opslaan",
    ),
    "audits:message_edit": (
        "adviser",
        "Tussenbericht wijzigen | Wat de inspecties vóór of naast het rapport hebben laten weten. "
        "| Tekst van de brief | Verstuurd | Bron van: Verstuurd | Lees de brief | Opslaan",
    ),
    "audits:inspected_new": (
        "adviser",
        "Andere instelling toevoegen | Alleen een instelling waarvan openbaar is dat zij bij dit "
        "onderzoek hoort. | Naam van de instelling | Opslaan",
    ),
    "audits:inspected_edit": (
        "adviser",
        "Andere instelling wijzigen | Alleen een instelling waarvan openbaar is dat zij bij dit "
        "onderzoek hoort. | Naam van de instelling | Opslaan | Verwijderen",
    ),
    "audits:inspected_report": (
        "adviser",
        "Wat niet openbaar is, blijft leeg of niet bekend. | Tekst van de brief | Oordeel als "
        "geheel | Het rapport zegt dat er geen maatregel volgt | Lees de brief | Opslaan",
    ),
    "audits:inspected_verdicts": (
        "adviser",
        "In de woorden van de inspecties. | Opslaan",
    ),
    "audits:measure_new": (
        "adviser",
        "Welke maatregel, sinds wanneer, en tot wanneer er tijd is om te verbeteren. | Tekst van "
        "de brief | Maatregel | Opgelegd | Lees de brief | Opslaan",
    ),
    "audits:verdicts_import": (
        "adviser",
        "Tabel met oordelen inlezen | Geef de tabel van een rapport. | Hoe de tabel eruitziet | "
        "Waar de oordelen in staan | Eerst bekijken",
    ),
    "audits:measure_edit": (
        "adviser",
        "Welke maatregel, sinds wanneer, en tot wanneer er tijd is om te verbeteren. | Tekst van "
        "de brief | Maatregel | Opgelegd | Lees de brief | Opslaan",
    ),
    "audits:measure_lift": (
        "adviser",
        "Maak de dag leeg om de opheffing terug te nemen. | Tekst van de brief | Lees de brief | "
        "Opslaan",
    ),
    "audits:measure_claim_new": (
        "adviser",
        "Wat een andere bron zegt | Het komt naast de maatregel te staan en verandert die niet. | "
        "Over | Wie zegt dit | Opslaan",
    ),
    "audits:measure_claim": (
        "adviser",
        "Wat een andere bron zegt | Het komt naast de maatregel te staan en verandert die niet. | "
        "Over | Wie zegt dit | Opslaan | Verwijderen",
    ),
    "audits:visit_new": (
        "adviser",
        "Bezoek toevoegen | Tekst van de brief | Lees de brief | Opslaan",
    ),
    "audits:visit_edit": (
        "adviser",
        "Bezoek wijzigen | Tekst van de brief | Lees de brief | Opslaan",
    ),
    "audits:documents": (
        "adviser",
        "Documenten | Stuk | Soort | Datum op het stuk | Titel of uitgever | Zoeken",
    ),
    "audits:document_new": (
        "adviser",
        "Stuk toevoegen | Een stuk zonder embargo is meteen open voor iedereen die het register "
        "ziet. | Soort | Welk stuk | Bestand | Toevoegen",
    ),
    "audits:document": (
        "adviser",
        "Versies | Geciteerde passages | Feiten die op dit stuk rusten | Geschiedenis | Versie | "
        "Datum op het stuk | Toegevoegd",
    ),
    "audits:document_version_new": (
        "adviser",
        "Versie toevoegen | Bestand | Wat er veranderde sinds de vorige versie | Toevoegen",
    ),
    "audits:document_version": (
        "adviser",
        "Deze versie is open voor iedereen die het register ziet. | Een passage citeren | Wie het "
        "downloadde | Intrekken | Datum op het stuk | Toegevoegd | Lengte | Waar | Geciteerde "
        "woorden",
    ),
    "audits:passage": (
        "adviser",
        "Geciteerde passage | Feiten die op deze passage rusten | Geschiedenis",
    ),
    "audits:findings": (
        "adviser",
        "Bevindingen en acties | Bevinding | Actie | Hoe het ervoor staat | Gevonden door | Thema "
        "| Stand | Toon",
    ),
    "audits:action_new": (
        "adviser",
        "Actie toevoegen | Leg vast wat is afgesproken: waarom, wat, wie, tot wanneer, en welk "
        "cijfer het moet laten zien. | Opslaan",
    ),
    "audits:action": (
        "adviser",
        "Deze actie is klaar. | Wat is afgesproken | Waarom | Wat het moet veranderen | Bewijs | "
        "Stuk | Versie | Geldig tot en met | Eigenaar",
    ),
    "audits:action_edit": (
        "adviser",
        "Actie wijzigen | Leg vast wat is afgesproken: waarom, wat, wie, tot wanneer, en welk "
        "cijfer het moet laten zien. | Opslaan",
    ),
    "audits:plans": (
        "adviser",
        "Plannen en onderzoeken | Plannen | Aanbevelingen | Thema | Acties | Gedaan | Soort | "
        "Gemaakt door | Gepresenteerd",
    ),
    "audits:plan_new": (
        "adviser",
        "Plan toevoegen | Vul in wat het stuk zegt. | Soort | Titel | Gemaakt door | Opslaan",
    ),
    "audits:studies": (
        "adviser",
        "Externe onderzoeken | Onderzoeker | Opdracht gegeven | Opgeleverd",
    ),
    "audits:study_new": (
        "adviser",
        "Onderzoek toevoegen | Vul in wat het stuk zegt. | Onderzoeker | Titel | Opslaan",
    ),
    "audits:study_edit": (
        "adviser",
        "Onderzoek wijzigen | Vul in wat het stuk zegt. | Geschiedenis | Onderzoeker | Titel | "
        "Opslaan",
    ),
    "audits:recommendation_new": (
        "adviser",
        "Aanbeveling toevoegen | Vul in wat het stuk zegt. | Van | Nummer | Aanbeveling | Opslaan",
    ),
    "audits:recommendation": (
        "adviser",
        "Acties | Geschiedenis | Vastgelegd | Besloten | Opslaan",
    ),
    "audits:recommendation_edit": (
        "adviser",
        "Aanbeveling wijzigen | Vul in wat het stuk zegt. | Geschiedenis | Nummer | Aanbeveling | "
        "Opslaan",
    ),
    "audits:plan_edit": (
        "adviser",
        "Plan wijzigen | Vul in wat het stuk zegt. | Geschiedenis | Soort | Titel | Gemaakt door "
        "| Opslaan",
    ),
    "reports:action_effect": (
        "adviser",
        "Het cijfer voor en na een actie | Er zijn nog geen cijfers, dus er is niets te "
        "vergelijken. | Actie | Cijfer | Van",
    ),
    "reports:side_by_side": (
        "adviser",
        "Naast elkaar | De instelling als geheel | Per thema | Hoe het portaal een tegenspraak "
        "vindt | Toon de stand per | Toelichting | Toon | Uitleg bewaren",
    ),
    "reports:briefings": (
        "adviser",
        "Opleggers | Voor u om te lezen | Waar u aan werkt | Oplegger | Status | Volgende stap | "
        "Zoek in wat u mag lezen | Zoeken",
    ),
    "reports:briefing_new": (
        "adviser",
        "Een oplegger beginnen | U wordt de schrijver. | Titel | Voor | Over | Beginnen",
    ),
    "reports:briefing_log": (
        "privacy_officer",
        "Logboek van gelezen opleggers | Elke opening en download is hier een regel die niemand "
        "kan wijzigen of verwijderen. | Wanneer | Oplegger | Wie",
    ),
    "reports:briefing": (
        "council_member",
        "Inhoud | Toelichting | Vragen van raden | Aan | Van | Datum | Uw vraag | Stel de vraag",
    ),
    "reports:briefing_work": (
        "adviser",
        "Wat u nu kunt doen | Controlelijst | Wie doet wat | Versies | Versie | Goedgekeurd | Pdf "
        "| Schrijver | Gevraagd om goed te keuren",
    ),
    "reports:briefing_attachments": (
        "adviser",
        "Bijlagen | Deze bestanden gaan mee met de volgende versie. | Een bestand toevoegen | "
        "Titel | Grootte | Gevonden en opgeschoond | Bestand | Toevoegen",
    ),
    "reports:briefing_texts": (
        "adviser",
        "Voor | Stand | Pdf | De pdf opnieuw proberen",
    ),
    "reports:briefing_text_aside": (
        "second_adviser",
        "Een tekst opzij zetten | Waarom | Opzij zetten",
    ),
    "reports:briefing_makers": (
        "adviser",
        "De makers noemen | Eén schrijft, een of meer anderen keuren goed en weer een ander "
        "publiceert. | Opslaan",
    ),
    "reports:briefing_readers": (
        "adviser",
        "Vroege lezers | Mensen noemen | Naam | Rol | Status | Van welke organisatie | Toon de "
        "mensen | Kijk eerst wie er nieuw is",
    ),
    "reports:briefing_readings": (
        "adviser",
        "Wie hem opende en downloadde | Elke opening en download is hier een regel die niemand "
        "kan wijzigen of verwijderen. | Wanneer | Wie | Rol",
    ),
    "reports:briefing_approve": (
        "region_alderman",
        "Bekijken en goedkeuren | Wat u hieronder ziet, ligt vast als u tekent: tekst, cijfers, "
        "bijlagen, uren en of er een openbare pagina komt.",
    ),
    "reports:briefing_publish": (
        "second_adviser",
        "Bekijken en publiceren",
    ),
    "reports:briefing_edit": (
        "adviser",
        "Schrijven | Onderdelen van het stuk | Embargo en lezers | Cijfers na de tekst | Een "
        "nieuwe versie | Titel | Taal van het document | Voeg een onderdeel toe | Opslaan",
    ),
    "reports:briefing_section": (
        "adviser",
        "Onderdelen van het stuk | Zo leest het | Opmerkingen bij dit onderdeel | Dit onderdeel "
        "in het stuk | Als wie kijkt u? | Antwoord | Opmerking | Voeg een onderdeel toe | Opslaan",
    ),
    "reports:briefing_comments": (
        "adviser",
        "Opmerkingen | Open opmerkingen | Voeg een opmerking toe | Antwoord | Opmerking | Dit is "
        "afgehandeld",
    ),
    "reports:briefing_compare": (
        "adviser",
        "Vergelijk versies | Onderdelen | Cijfers | Van | Naar | Wiens tekst vergelijkt u? | "
        "Vergelijk",
    ),
    "reports:briefing_preview": (
        "adviser",
        "Voorbeeld | Dit is het concept zoals de raad het nu zou zien. | Inhoud | Toelichting | "
        "Embargo | Aan | Van | Als wie kijkt u? | Toon deze tekst",
    ),
    "reports:briefing_decisions": (
        "adviser",
        "Besluiten | Hierover besluiten twee makers, die geen van beiden de schrijver zijn: één "
        "stelt voor, een ander bevestigt. | Wacht op een tweede maker | Wat kan worden besloten | "
        "In nood | Wat is besloten",
    ),
    "reports:briefing_propose": (
        "second_adviser",
        "Stel een later uur voor | Een vastgelegde publicatie blijft staan en gaat open op het "
        "nieuwe uur. | Dag | Uur | Waarom | Stel voor",
    ),
    "reports:briefing_secrecy": (
        "second_adviser",
        "Geheimhouding | Op deze oplegger rust geen geheimhouding. | Opgelegd door | Grond in de "
        "Woo | Opgelegd op | Leg vast",
    ),
    "reports:briefing_emergency": (
        "second_adviser",
        "Sluit in nood | Dit sluit het meteen voor iedereen: pagina's, bestanden en lopend werk. "
        "| Waarom | Sluit nu",
    ),
    "reports:briefing_dossier": (
        "adviser",
        "Dossier | In nood gaan alle opleggers van één dossier samen dicht. | Opslaan",
    ),
    "reports:briefing_rehearsals": (
        "adviser",
        "Repeteer nu",
    ),
    "reports:briefing_breaches": (
        "adviser",
        "Lekken | Is er iets te vroeg naar buiten gekomen? | Leg een lek vast | Wat er gebeurde | "
        "Gemerkt op | Uur | Leg vast",
    ),
    "reports:briefing_breach": (
        "adviser",
        "Vastgelegd lek | Wat er is gedaan | Wiens exemplaar is gelekt | Wie het toen had gezien "
        "| Gemerkt op | Vastgelegd op | Wat is het | Wat is gedaan, of wie bericht kreeg en hoe | "
        "Noteer",
    ),
    "reports:briefing_whose_copy": (
        "adviser",
        "Van wie is deze kopie? | Elke pdf die voor het uur is gedownload, draagt een code. | Een "
        "kopie opzoeken | Zoek op",
    ),
    "reports:briefing_alarms": (
        "adviser",
        "Meldingen over opleggers",
    ),
    "reports:briefing_council_readings": (
        "clerk",
        "Gelezen in uw raad | Welke vroege lezers van uw eigen raad wat openden, van de opleggers "
        "die u zelf mag lezen.",
    ),
    "reports:briefing_own_text": (
        "council_member",
        "Inhoud | Toelichting | Vragen van raden | Aan | Van | Datum | Uw vraag | Stel de vraag",
    ),
    "reports:briefing_questions": (
        "adviser",
        "Vragen van raden",
    ),
    "reports:public_page": (
        "adviser",
        "Inhoud | Toelichting | Wie hem eerder kon lezen | Aan | Van | Datum",
    ),
    "reports:briefing_fact_checks": (
        "adviser",
        "Feitencheck | Iemand van buiten kijkt of enkele passages kloppen. | Vraag iemand | Naam "
        "| Organisatie | E-mailadres | Maak een link",
    ),
    "reports:fact_check": (
        "council_member",
        "Kloppen deze feiten? | Voor Iemand voorbeeld, Bureau voorbeeld. | Ja, dit klopt | Nee, "
        "er klopt iets niet | Verstuur de antwoorden",
    ),
    "reports:briefing_plan": (
        "adviser",
        "Planning | Wie vertelt wat wanneer aan wie, wat er is aangekondigd, en wanneer iemand "
        "opnieuw kijkt. | Communicatieplan | Bij de aankondigingen | Kijk opnieuw | Stukken "
        "voor het archief | Wie vertelt | Aan wie | Wat, en hoe",
    ),
    "reports:briefing_press": (
        "adviser",
        "Persbericht | Eén tekst, waarop elke partij woord voor woord akkoord geeft. | Schrijf de "
        "tekst | Vraag een partij | Tekst van het persbericht | Persoon en rol | Opslaan | Stel "
        "de vraag",
    ),
    "reports:press_release": (
        "institution",
        "Persbericht om akkoord op te geven | Geef akkoord op precies deze tekst",
    ),
    "reports:briefing_sharing": (
        "adviser",
        "Delen | Wie dit onder embargo mag doorgeven, aan welke raden, en wie dat heeft "
        "afgesproken. | Leg vast wat is afgesproken | Wie hem mag doorgeven | Eemsdelta | Emmen | "
        "Opslaan",
    ),
    "reports:pass_on": (
        "clerk",
        "Een oplegger doorgeven | U mag mensen van deze raden noemen als vroege lezer. | Mensen "
        "noemen | Aan de raden van | Afgesproken door | Onder embargo tot | Geef door",
    ),
    "reports:records": (
        "privacy_officer",
        "Stukken voor het archief | Wat gepubliceerd is, elke versie als één bestand met "
        "metagegevens (MDTO) en de Woo-categorie. | Titel | Van | Versie",
    ),
    "reports:calendar": (
        "privacy_officer",
        "Aankondigingen | Wat gemeenten gaan publiceren, en op welke dag. | Aangekondigd voor | "
        "Wat | Over",
    ),
    "reports:agenda": (
        "adviser",
        "Agenda van Jeugdbescherming Noord | Soort | Toon | In uw eigen agenda | De agenda "
        "downloaden (ics) | Het bestand verandert niet mee.",
    ),
    "reports:councils": (
        "adviser",
        "Wat raden is verteld | Kies een raad.",
    ),
    "reports:chronology": (
        "adviser",
        "Met wat alleen de makers van een oplegger zien. | Neem dit over in een oplegger | Leg "
        "vast wat de raad elders is verteld | Dag | Wat | Versie | Oplegger | Over | Hoe",
    ),
}
"""Name of the address -> who looks (of the cast, or anonymous), and what stands there."""

READ_ELSEWHERE: Final = {
    "organisations:add_span": "tests/jbn_oversight/test_keeping_organisations.py",
    "organisations:change_span": "tests/jbn_oversight/test_keeping_organisations.py",
    "organisations:end_municipality": "tests/jbn_oversight/test_keeping_organisations.py",
    "certification:delivery": "tests/certification/test_words_of_deliveries.py",
    "certification:intake": "tests/certification/test_words_of_deliveries.py",
    "reports:held_delivery": "tests/certification/test_deliveries_that_wait.py",
    "certification:staffing_return": "tests/certification/test_typed_staffing.py",
    "reports:figures": "tests/reports/test_words_beside_figures.py",
    "reports:kpi": "tests/reports/test_words_beside_figures.py",
    "reports:overview": "tests/reports/test_words_beside_figures.py",
    "reports:public_own_page": "tests/reports/test_public_pages.py",
}
"""Pages that take a world of their own, and the test that reads them."""

ACTS: Final = frozenset(
    {
        "set_language",
        "accounts:account_address",
        "accounts:account_close",
        "accounts:account_name",
        "accounts:account_open",
        "accounts:account_role_end",
        "accounts:decide",
        "accounts:end",
        "audits:document_readers",
        "audits:document_release",
        "audits:document_withdraw",
        "certification:intake_again",
        "certification:intake_discard",
        "audits:passage_new",
        "audits:passage_untie",
        "reports:briefing_announce",
        "reports:briefing_announce_cancel",
        "reports:briefing_answer_give_out",
        "reports:briefing_ask",
        "reports:briefing_attachment_remove",
        "reports:briefing_cancel",
        "reports:briefing_comment_add",
        "reports:briefing_comment_do",
        "reports:briefing_confirm",
        "reports:briefing_fact_check_revoke",
        "reports:briefing_fact_check_settle",
        "reports:briefing_party_agree",
        "reports:briefing_party_remove",
        "reports:briefing_print",
        "reports:briefing_question_answer",
        "reports:briefing_reader_proposal",
        "reports:briefing_reader_remove",
        "reports:briefing_review",
        "reports:briefing_review_plan",
        "reports:briefing_rule_end",
        "reports:briefing_section_add",
        "reports:briefing_section_do",
        "reports:briefing_section_keep",
        "reports:briefing_section_preview",
        "reports:briefing_send_back",
        "reports:briefing_step_add",
        "reports:briefing_step_done",
        "reports:briefing_step_drop",
        "reports:briefing_submit",
        "reports:briefing_terms",
        "reports:chronology_quote",
        "reports:chronology_strike",
    }
)
"""What is done by a button of another page; asked for as a page they refuse (405)."""

FILES: Final = frozenset(
    {
        "accounts:here",
        "acts:csv",
        "audits:document_file",
        "audits:evidence",
        "audits:findings_example",
        "audits:framework_example",
        "audits:register_xlsx",
        "audits:verdicts_example",
        "certification:empty_delivery",
        "certification:intake_errors",
        "reports:agenda_ics",
        "reports:briefing_attachment",
        "reports:briefing_version_attachment",
        "reports:briefing_draft_attachment",
        "reports:briefing_export",
        "reports:briefing_figures",
        "reports:briefing_own_figures",
        "reports:briefing_own_pdf",
        "reports:briefing_pdf",
        "reports:briefing_preview_pdf",
        "reports:briefing_text_pdf",
        "reports:briefing_version_pdf",
        "reports:kpi_csv",
        "reports:public_attachment",
        "reports:public_csv",
        "reports:public_json",
        "reports:public_own_csv",
        "reports:public_own_json",
        "reports:public_own_pdf",
        "reports:public_pdf",
        "reports:register_pdf",
    }
)
"""Downloads; tests of their own look inside."""

LEADS_ON: Final = {
    "home": "to the first page of somebody's role",
    "account_set_password": "to the form that changes a password: everybody has one",
    "account_signup": "nowhere: nobody makes an account of their own",
}
"""Addresses that are no page."""
