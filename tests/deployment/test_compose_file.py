"""The compose file says what the portal reads, in the versions that CI runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from django.conf import LazySettings

from jbn_oversight.env import VARIABLES
from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.storage import store

ROOT = Path(__file__).resolve().parent.parent.parent
PORTAL = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def test_it_meets_the_compose_specification() -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    schema = ("--builtin-schema", "vendor.compose-spec")
    command = [str(checker), *schema, str(ROOT / "docker-compose.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_runs_the_six_parts_of_the_portal(compose: dict[str, Any]) -> None:
    assert {"postgres", "redis", "web", "worker", "beat", "nginx"} <= set(compose["services"])


@pytest.mark.parametrize("service", PORTAL)
def test_every_variable_in_it_is_read_and_every_variable_read_is_in_it(
    compose: dict[str, Any], service: str
) -> None:
    assert set(compose["services"][service]["environment"]) == set(VARIABLES)


def test_it_never_runs_a_demonstration(compose: dict[str, Any]) -> None:
    for service in PORTAL:
        assert compose["services"][service]["environment"]["DEMO"] == "0"


def test_nobody_but_nginx_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert {name for name, row in compose["services"].items() if "ports" in row} == {"nginx"}


def test_every_named_volume_exists(compose: dict[str, Any]) -> None:
    mounts = {
        volume.split(":")[0]
        for row in compose["services"].values()
        for volume in row.get("volumes", ())
        if not volume.startswith((".", "/"))
    }
    assert mounts == set(compose["volumes"])


def test_its_database_is_the_version_that_ci_runs(compose: dict[str, Any]) -> None:
    version = compose["services"]["postgres"]["image"].split(":")[1].split("-")[0]
    script = (ROOT / "scripts" / "with_services.sh").read_text()
    assert f"/usr/lib/postgresql/{version}/bin" in script
    assert f"postgresql-{version}" in (ROOT / ".ci" / "run").read_text()


def test_its_redis_is_the_version_that_ci_runs(compose: dict[str, Any]) -> None:
    version = compose["services"]["redis"]["image"].split(":")[1].split("-")[0]
    assert re.search(
        rf"^redis_version={version}$", (ROOT / "scripts" / "with_services.sh").read_text(), re.M
    )


def test_its_python_is_one_that_ci_runs() -> None:
    version = re.search(r"^FROM python:(\d+\.\d+)-", (ROOT / "Dockerfile").read_text(), re.M)
    assert version
    assert f"with_python.sh {version[1]}" in (ROOT / ".ci" / "run").read_text()


def test_nginx_serves_files_only_through_the_portal(compose: dict[str, Any]) -> None:
    config = (ROOT / "deploy" / "nginx.conf").read_text()
    place = compose["services"]["web"]["environment"]["FILES_INTERNAL_PATH"]
    block = re.search(rf"location {place} {{(.*?)}}", config, re.S)
    assert block
    assert "internal;" in block[1]
    assert "alias /data/files/;" in block[1]


def test_no_folder_of_files_has_an_address_of_its_own() -> None:
    config = (ROOT / "deploy" / "nginx.conf").read_text()
    places = re.findall(r"location (\S+) {(.*?)}", config, re.S)
    folders = {place: rules for place, rules in places if "alias" in rules or "root " in rules}
    assert set(folders) == {"/internal-files/", "/internal-files/public/"}
    for place, rules in folders.items():
        assert "internal;" in rules, place
        # A folder without its slash at one end gives away what lies beside it.
        assert re.search(r"alias \S+/;", rules), place


def test_nginx_may_read_the_files_that_the_portal_keeps(
    compose: dict[str, Any], settings: LazySettings, tmp_path: Path
) -> None:
    """They are for their owner and group: the portal's group is that of nginx in its image."""
    assert compose["services"]["nginx"]["image"].startswith("nginx:")
    made = (ROOT / "Dockerfile").read_text()
    assert re.search(r"groupadd --system --non-unique --gid 101 portal\b", made)
    assert re.search(r"useradd .*--gid portal\b", made)
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir(mode=0o750)
    with patch.object(StoredFile.objects, "create"):
        store(b"bytes", content_type="application/pdf", name="a.pdf")
    for path in settings.FILES_DIR.rglob("*"):
        needed = 0o050 if path.is_dir() else 0o040
        assert path.stat().st_mode & needed == needed, path.name
