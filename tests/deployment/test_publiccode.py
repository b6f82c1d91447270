"""``publiccode.yml`` is what catalogues of public software can read, and says nothing untrue."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("nl", "en")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    return loaded


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return loaded


def test_it_has_every_key_that_version_0_5_of_the_standard_asks(told: dict[str, Any]) -> None:
    assert told["publiccodeYmlVersion"] == "0.5"
    for key in ("name", "url", "platforms", "developmentStatus", "softwareType"):
        assert told[key], key
    assert told["legal"]["license"]
    assert told["localisation"]["localisationReady"] is True
    assert told["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in told["maintenance"]["contacts"])
    assert told["intendedAudience"]["countries"] == ["NL"]


def test_it_has_no_key_that_the_standard_does_not_know(told: dict[str, Any]) -> None:
    assert set(told) <= {
        "publiccodeYmlVersion",
        "name",
        "url",
        "softwareVersion",
        "developmentStatus",
        "softwareType",
        "platforms",
        "categories",
        "intendedAudience",
        "description",
        "legal",
        "maintenance",
        "localisation",
        "dependsOn",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_description_keeps_to_the_lengths_of_the_standard(
    told: dict[str, Any], language: str
) -> None:
    description = told["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert "\n" not in description["shortDescription"]
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert 5 <= len(description["features"]) <= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_is_there(told: dict[str, Any], language: str) -> None:
    for path in told["description"][language]["screenshots"]:
        assert (ROOT / path).is_file(), path


def test_version_licence_and_description_are_those_of_the_package(
    told: dict[str, Any], project: dict[str, Any]
) -> None:
    assert told["softwareVersion"] == project["version"]
    assert told["legal"]["license"] == project["license"]
    assert told["description"]["en"]["shortDescription"] == project["description"]


def test_the_image_has_the_version_of_the_package(project: dict[str, Any]) -> None:
    assert (
        f"image: jbn-oversight:{project['version']}\n" in (ROOT / "docker-compose.yml").read_text()
    )


def test_the_copyright_is_that_of_the_licence_marks(told: dict[str, Any]) -> None:
    [marks] = tomllib.loads((ROOT / "REUSE.toml").read_text())["annotations"]
    assert told["legal"]["mainCopyrightOwner"] == marks["SPDX-FileCopyrightText"]


def test_the_languages_are_those_of_the_portal(told: dict[str, Any]) -> None:
    assert told["localisation"]["availableLanguages"] == [code for code, _ in settings.LANGUAGES]


def test_the_servers_are_those_of_the_compose_file(told: dict[str, Any]) -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    for server in told["dependsOn"]["open"]:
        name = {"PostgreSQL": "postgres", "Redis": "redis"}[server["name"]]
        assert f"image: {name}:{server['versionMin']}-" in compose
