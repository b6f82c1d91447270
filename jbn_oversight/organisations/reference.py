"""Reference data to start from: the authorities of the country, and the organisations of the north.

CBS municipality codes: CBS area classification 2025. Loaded by ``load_reference`` and by the
demonstration; written so that loading twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, Protocol

PARTS: Final = ("authorities", "north")
"""The authorities of the country, and the two regions of the north with their institution."""

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


KINDS: Final = {
    "kmi": "certifies",
    "igj": "inspects",
    "ijenv": "inspects",
    "jeugdautoriteit": "guards",
    "rvdk": "other",
}


class Apps(Protocol):
    """The registry of models that a migration, or the running portal, hands in."""

    def get_model(self, app_label: str, model_name: str) -> object:
        """The model of that name."""


def load(apps: Apps, *, parts: Collection[str] = PARTS) -> None:
    """Create what is missing of these parts; leave what is there as it is."""
    if "north" in parts:
        _load_north(apps)
    if "authorities" in parts:
        _load_authorities(apps)


def _create(apps: Apps, model: str, keys: dict[str, object], rest: dict[str, object]) -> object:
    """The row with these keys; made with ``rest`` where it is not there."""
    found = apps.get_model("organisations", model)
    # The first migration that loads this knows no kinds of authorities yet.
    names = {field.name for field in found._meta.fields}  # type: ignore[attr-defined]
    known = {name: value for name, value in rest.items() if name in names}
    return found.objects.get_or_create(**keys, defaults=known)[0]  # type: ignore[attr-defined]


def _load_north(apps: Apps) -> None:
    regions = {
        slug: _create(apps, "Region", {"slug": slug}, {"name": name, "aliases": aliases})
        for slug, (name, aliases) in REGIONS.items()
    }
    for code, (region, name, sort_name, start) in MUNICIPALITIES.items():
        names = {"name": name, "sort_name": sort_name, "valid_from": start}
        municipality = _create(apps, "Municipality", {"cbs_code": code}, names)
        # A delivery names the municipality that is responsible now, also for months before a
        # merger: the ground that a young municipality covers was in the region all along.
        place = {"municipality": municipality, "region": regions[region], "from_on": BEGIN}
        _create(apps, "MunicipalityRegion", place, {})
    code, name, aliases = INSTITUTION
    institution = _create(apps, "Institution", {"code": code}, {"name": name, "aliases": aliases})
    for task, region in TASKS:
        keys = {"institution": institution, "task": task, "region": regions[region]}
        _create(apps, "InstitutionTask", {**keys, "from_on": BEGIN}, {})


def _load_authorities(apps: Apps) -> None:
    for code, (aliases, names) in AUTHORITIES.items():
        authority = _create(
            apps, "Authority", {"code": code}, {"aliases": aliases, "kind": KINDS[code]}
        )
        for name, abbreviation, from_on, until_on, source in names:
            words = {"name": name, "abbreviation": abbreviation, "source": source}
            _create(
                apps,
                "AuthorityName",
                {"authority": authority, "from_on": from_on},
                {**words, "until_on": until_on},
            )
