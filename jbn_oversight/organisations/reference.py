"""The reference data of the north: regions, municipalities, institution and authorities.

CBS municipality codes: CBS area classification 2025. Loaded by a migration; written so that
loading twice changes nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Protocol

BEGIN: Final = date(2015, 1, 1)
"""The Jeugdwet's first day: the start of what is not known to be younger."""

REGIONS: Final = {
    "groningen": ("Groningen", ["Jeugdregio Groningen", "RIGG"]),
    "drenthe": ("Drenthe", ["Jeugdhulpregio Drenthe", "JHRD"]),
}

# code: (region, name, name in lists, exists from)
MUNICIPALITIES: Final = {
    "GM1979": ("groningen", "Eemsdelta", "Eemsdelta", date(2021, 1, 1)),
    "GM0014": ("groningen", "Groningen", "Groningen", BEGIN),
    "GM1966": ("groningen", "Het Hogeland", "Hogeland, Het", date(2019, 1, 1)),
    "GM1952": ("groningen", "Midden-Groningen", "Midden-Groningen", date(2018, 1, 1)),
    "GM1895": ("groningen", "Oldambt", "Oldambt", BEGIN),
    "GM0765": ("groningen", "Pekela", "Pekela", BEGIN),
    "GM0037": ("groningen", "Stadskanaal", "Stadskanaal", BEGIN),
    "GM0047": ("groningen", "Veendam", "Veendam", BEGIN),
    "GM1969": ("groningen", "Westerkwartier", "Westerkwartier", date(2019, 1, 1)),
    "GM1950": ("groningen", "Westerwolde", "Westerwolde", date(2018, 1, 1)),
    "GM1680": ("drenthe", "Aa en Hunze", "Aa en Hunze", BEGIN),
    "GM0106": ("drenthe", "Assen", "Assen", BEGIN),
    "GM1681": ("drenthe", "Borger-Odoorn", "Borger-Odoorn", BEGIN),
    "GM0109": ("drenthe", "Coevorden", "Coevorden", BEGIN),
    "GM1690": ("drenthe", "De Wolden", "Wolden, De", BEGIN),
    "GM0114": ("drenthe", "Emmen", "Emmen", BEGIN),
    "GM0118": ("drenthe", "Hoogeveen", "Hoogeveen", BEGIN),
    "GM0119": ("drenthe", "Meppel", "Meppel", BEGIN),
    "GM1731": ("drenthe", "Midden-Drenthe", "Midden-Drenthe", BEGIN),
    "GM1699": ("drenthe", "Noordenveld", "Noordenveld", BEGIN),
    "GM1730": ("drenthe", "Tynaarlo", "Tynaarlo", BEGIN),
    "GM1701": ("drenthe", "Westerveld", "Westerveld", BEGIN),
}

INSTITUTION: Final = ("jbn", "Jeugdbescherming Noord", ["JBN", "JB Noord"])
TASKS: Final = (
    ("certified_institution", "groningen"),
    ("certified_institution", "drenthe"),
    ("safe_home", "groningen"),
)

# code: (other names seen in papers, [(name, abbreviation, from, until, source)])
AUTHORITIES: Final[dict[str, tuple[list[str], list[tuple[str, str, date, date | None, str]]]]] = {
    "kmi": (
        ["Kwaliteitsinstituut"],
        [("Keurmerkinstituut", "KMI", BEGIN, None, "keurmerk.nl")],
    ),
    "igj": (
        ["Inspectie Gezondheid en Jeugd"],
        [
            ("Inspectie Jeugdzorg", "IJZ", BEGIN, date(2017, 10, 1), "Jeugdwet 2015, art. 9.1"),
            ("Inspectie Gezondheidszorg en Jeugd", "IGJ", date(2017, 10, 1), None, "igj.nl"),
        ],
    ),
    "ijenv": (
        ["Inspectie Veiligheid en Justitie"],
        [
            (
                "Inspectie Veiligheid en Justitie",
                "IVenJ",
                BEGIN,
                date(2017, 10, 26),
                "inspectie-jenv.nl",
            ),
            (
                "Inspectie Justitie en Veiligheid",
                "IJenV",
                date(2017, 10, 26),
                None,
                "inspectie-jenv.nl",
            ),
        ],
    ),
    "jeugdautoriteit": (
        ["JA"],
        [
            ("Jeugdautoriteit", "JA", date(2019, 1, 1), date(2026, 1, 1), "jeugdautoriteit.nl"),
            (
                "Nederlandse Zorgautoriteit",
                "NZa",
                date(2026, 1, 1),
                None,
                "Wet verbetering beschikbaarheid jeugdzorg",
            ),
        ],
    ),
    "rvdk": (
        [],
        [("Raad voor de Kinderbescherming", "RvdK", BEGIN, None, "kinderbescherming.nl")],
    ),
}


class Apps(Protocol):
    """The registry of models that a migration, or the running portal, hands in."""

    def get_model(self, app_label: str, model_name: str) -> object:
        """The model of that name."""


def load(apps: Apps) -> None:
    """Create what is missing; leave what is there as it is."""

    def create(model: str, keys: dict[str, object], rest: dict[str, object]) -> object:
        manager = apps.get_model("organisations", model).objects  # type: ignore[attr-defined]
        return manager.get_or_create(**keys, defaults=rest)[0]

    regions = {
        slug: create("Region", {"slug": slug}, {"name": name, "aliases": aliases})
        for slug, (name, aliases) in REGIONS.items()
    }
    for code, (region, name, sort_name, start) in MUNICIPALITIES.items():
        names = {"name": name, "sort_name": sort_name, "valid_from": start}
        municipality = create("Municipality", {"cbs_code": code}, names)
        # A delivery names the municipality that is responsible now, also for months before a
        # merger: the ground that a young municipality covers was in the region all along.
        place = {"municipality": municipality, "region": regions[region], "from_on": BEGIN}
        create("MunicipalityRegion", place, {})
    code, name, aliases = INSTITUTION
    institution = create("Institution", {"code": code}, {"name": name, "aliases": aliases})
    for task, region in TASKS:
        keys = {"institution": institution, "task": task, "region": regions[region]}
        create("InstitutionTask", {**keys, "from_on": BEGIN}, {})
    for code, (aliases, authority_names) in AUTHORITIES.items():
        authority = create("Authority", {"code": code}, {"aliases": aliases})
        for name, abbreviation, from_on, until_on, source in authority_names:
            create(
                "AuthorityName",
                {"authority": authority, "from_on": from_on},
                {
                    "name": name,
                    "abbreviation": abbreviation,
                    "until_on": until_on,
                    "source": source,
                },
            )
