"""Write the bill of materials of a release to ``dist/sbom.cdx.json``: CycloneDX 1.6 as JSON.

It names every package of ``requirements.lock`` and ``package-lock.json``. The same locks give the
same bytes: there is no hour and no random number in it. A Python package tells its licence where
it is installed, so one for another system or another Python has none.
"""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dist" / "sbom.cdx.json"
LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)
"""A line of the lock: name, version, and the systems that it is for where not for all."""


def _expression(text: str | None) -> list[dict[str, Any]]:
    try:
        return [{"expression": canonicalize_license_expression(text or "")}]
    except InvalidLicenseExpression:
        return []


def _licences(name: str, version: str) -> list[dict[str, Any]]:
    """What a package says of its licence: as SPDX where it does, else in its own words."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if told["Version"] != version:
        return []
    text = told.get("License") or ""
    said = _expression(told.get("License-Expression")) or _expression(text)
    classes = [row for row in told.get_all("Classifier") or () if row.startswith("License ::")]
    names = [row.rpartition(" :: ")[2] for row in classes] or [text.strip().partition("\n")[0]]
    return said or [{"license": {"name": each}} for each in names if each]


def _component(
    purl: str, name: str, version: str, licences: list[dict[str, Any]]
) -> dict[str, Any]:
    row = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return {**row, "licenses": licences} if licences else row


def from_pypi() -> list[dict[str, Any]]:
    """The packages of Python."""
    rows = []
    for name, version, systems in LOCKED.findall((ROOT / "requirements.lock").read_text()):
        row = _component(f"pkg:pypi/{name}@{version}", name, version, _licences(name, version))
        if systems:
            row["properties"] = [{"name": "jbn-oversight:only-where", "value": systems}]
        rows.append(row)
    return rows


def from_npm() -> list[dict[str, Any]]:
    """The packages that styles and fonts are taken from; a package can lie in more places."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    rows = {}
    for place, told in packages.items():
        if place:
            name, version = place.rpartition("node_modules/")[2], told["version"]
            purl = f"pkg:npm/{quote(name)}@{version}"
            rows[purl] = _component(purl, name, version, _expression(told.get("license")))
    return [rows[purl] for purl in sorted(rows)]


def bill() -> dict[str, Any]:
    """The whole bill."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    portal = {
        "type": "application",
        "bom-ref": project["name"],
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "licenses": _expression(project["license"]),
    }
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": portal},
        "components": [*from_pypi(), *from_npm()],
    }


def main() -> None:
    """Write it and say where."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n")
    print(TARGET.relative_to(ROOT))


if __name__ == "__main__":
    main()
