"""The compose file says what the portal reads, in the versions that CI runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string

from jbn_oversight.env import VARIABLES, database_settings
from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.storage import store
from jbn_oversight.settings import STORAGES

ROOT = Path(__file__).resolve().parent.parent.parent
PORTAL = ("migrate", "web", "worker", "mail", "beat")


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


def test_it_runs_the_seven_parts_of_the_portal(compose: dict[str, Any]) -> None:
    parts = {"postgres", "redis", "web", "worker", "mail", "beat", "nginx"}
    assert parts <= set(compose["services"])


def test_every_queue_has_a_worker_and_no_worker_of_work_sends_mail(
    compose: dict[str, Any], settings: LazySettings
) -> None:
    asked = {
        name: set(row["command"][row["command"].index("--queues") + 1].split(","))
        for name, row in compose["services"].items()
        if "worker" in row.get("command", ())
    }
    assert asked == {"worker": {"celery"}, "mail": {"mail"}}
    assert set().union(*asked.values()) == set(settings.CELERY_TASK_QUEUES)


@pytest.mark.parametrize("service", [*PORTAL[1:], "postgres", "redis", "nginx"])
def test_every_part_comes_back_by_itself(compose: dict[str, Any], service: str) -> None:
    assert compose["services"][service]["restart"] == "unless-stopped"


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


def test_its_port_is_open_to_this_machine_alone_unless_a_setting_says_otherwise(
    compose: dict[str, Any],
) -> None:
    """What comes in there has no TLS, and may say that it speaks for somebody else."""
    nginx = compose["services"]["nginx"]
    assert nginx["ports"] == ["${HTTP_ADDRESS:-127.0.0.1}:${HTTP_PORT:-80}:80"]
    assert nginx["environment"]["HTTP_ADDRESS"] == "${HTTP_ADDRESS:-127.0.0.1}"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_a_part_that_ends_comes_back_whatever_it_ended_with(
    compose: dict[str, Any], service: str
) -> None:
    assert compose["services"][service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_each_part_is_asked_whether_it_does_its_work(compose: dict[str, Any], service: str) -> None:
    asked = compose["services"][service]["healthcheck"]["test"]
    assert asked == ["CMD", "python", "-m", "jbn_oversight.health", service]


@pytest.mark.parametrize("service", PORTAL)
def test_the_password_of_the_database_is_in_no_address(
    compose: dict[str, Any], service: str
) -> None:
    environment = compose["services"][service]["environment"]
    address = environment["DATABASE_URL"]
    assert "$" not in address
    database = database_settings(address, "p/a#s?s")
    given = compose["services"]["postgres"]["environment"]
    assert (database["USER"], database["NAME"]) == (given["POSTGRES_USER"], given["POSTGRES_DB"])
    assert environment["DATABASE_PASSWORD"] == given["POSTGRES_PASSWORD"]


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
    assert re.search(rf"^postgresql_version={version}$", script, re.M)


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


def test_static_files_may_be_read_by_whoever_serves_them(
    settings: LazySettings, tmp_path: Path
) -> None:
    """They are gathered while the image is made, by another than the one who serves them."""
    settings.FILE_UPLOAD_PERMISSIONS = 0o640
    settings.DEBUG = False
    chosen: dict[str, Any] = dict(STORAGES["staticfiles"])
    kind = import_string(chosen["BACKEND"])
    place = str(tmp_path / "gathered")
    storage = kind(location=place, base_url="/static/", **chosen.get("OPTIONS", {}))
    before = os.umask(0o077)
    try:
        storage.save("css/a.css", ContentFile(b"a {}"))
        storage.save_manifest()
    finally:
        os.umask(before)
    assert (tmp_path / "gathered" / "staticfiles.json").exists()
    for path in (tmp_path / "gathered").rglob("*"):
        needed = 0o755 if path.is_dir() else 0o644
        assert path.stat().st_mode & 0o777 == needed, path.name


def test_what_was_handed_over_and_not_yet_read_is_the_portals_own(tmp_path: Path) -> None:
    """nginx shares the portal's group for stored files; the spool holds raw deliveries."""
    command = [sys.executable, "-c", "import jbn_oversight.settings"]
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://none/x"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes["files"] == 0o750
    assert modes["spool"] == modes["broker"] == 0o700
    assert modes["secret_key"] == 0o600
