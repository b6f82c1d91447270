"""The bill of materials names all that a release is made of, and is the same for the same locks."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from tests.programs import script

sbom = script("sbom")
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def components() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sbom.bill()["components"]
    return found


def named(components: list[dict[str, Any]], kind: str) -> list[str]:
    return sorted(
        f"{row['name']}@{row['version']}"
        for row in components
        if row["purl"].startswith(f"pkg:{kind}/")
    )


def test_every_python_package_of_the_lock_is_named_with_its_version(
    components: list[dict[str, Any]],
) -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    locked = [re.split(r"[ ;\\]", line)[0] for line in lines if line[:1] not in {" ", "#", ""}]
    assert named(components, "pypi") == sorted(row.replace("==", "@") for row in locked)


def test_every_npm_package_of_the_lock_is_named_with_its_version(
    components: list[dict[str, Any]],
) -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = {
        f"{place.split('node_modules/')[-1]}@{row['version']}"
        for place, row in packages.items()
        if place
    }
    assert named(components, "npm") == sorted(locked)


def test_every_package_that_is_installed_here_tells_its_licence(
    components: list[dict[str, Any]],
) -> None:
    here = {(each.name.lower(), each.version) for each in metadata.distributions()}
    silent = [
        row["name"]
        for row in components
        if "licenses" not in row
        and ((row["name"], row["version"]) in here or row["purl"].startswith("pkg:npm/"))
    ]
    assert not silent


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("django", {"expression": "BSD-3-Clause"}),  # as SPDX
        ("weasyprint", {"license": {"name": "BSD License"}}),  # in the words of the registry
        ("@fontsource/noto-sans", {"expression": "OFL-1.1"}),  # in the lock itself
    ],
)
def test_a_licence_is_told_as_its_package_tells_it(
    components: list[dict[str, Any]], name: str, licence: dict[str, Any]
) -> None:
    [row] = [row for row in components if row["name"] == name]
    assert row["licenses"] == [licence]


def test_a_package_for_some_systems_says_which(components: list[dict[str, Any]]) -> None:
    numpy = [row for row in components if row["name"] == "numpy"]
    assert len(numpy) == 2
    assert all("python_full_version" in row["properties"][0]["value"] for row in numpy)


def test_no_two_components_have_the_same_reference(components: list[dict[str, Any]]) -> None:
    references = [row["bom-ref"] for row in components]
    assert len(references) == len(set(references))


def test_it_holds_no_hour_no_random_number_and_no_host() -> None:
    text = json.dumps(sbom.bill())
    assert text == json.dumps(sbom.bill())
    assert "timestamp" not in text
    assert "serialNumber" not in text
    assert re.findall(r"https?://[^\"]+", text) == [
        "http://cyclonedx.org/schema/bom-1.6.schema.json"
    ]


def test_it_is_written_where_git_does_not_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sbom.TARGET.parent == ROOT / "dist"
    assert "dist/" in (ROOT / ".gitignore").read_text().splitlines()
    monkeypatch.setattr(sbom, "ROOT", tmp_path)
    monkeypatch.setattr(sbom, "TARGET", tmp_path / "dist" / "sbom.cdx.json")
    monkeypatch.setattr(sbom, "bill", lambda: {"components": []})
    sbom.main()
    assert capsys.readouterr().out == "dist/sbom.cdx.json\n"
    assert json.loads((tmp_path / "dist" / "sbom.cdx.json").read_text()) == {"components": []}
