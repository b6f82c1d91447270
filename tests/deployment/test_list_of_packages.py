"""One list of system packages: it is taken from there, and can be told to be there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.programs import script

packages = script("system_packages")
ROOT = Path(__file__).resolve().parent.parent.parent
PURPOSES = ("run", "setup", "test", "browser", "services", "ci")
UBUNTU = 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n'
DEBIAN = 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n'


class Commands:
    """What would have been run; what is installed is there from then on, unless it breaks."""

    def __init__(self, *, works: bool = True) -> None:
        self.ran: list[tuple[str, ...]] = []
        self.works = works
        self.installed = False

    def __call__(self, *command: str) -> tuple[int, str]:
        self.ran.append(command)
        if "--no-install-recommends" in command:
            self.installed = self.works
            return (0, "") if self.works else (100, "E: no network")
        return 0, ""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commands:
    """A bare Debian, and its administrator."""
    commands = Commands()
    point_at(commands, monkeypatch)
    release(DEBIAN, monkeypatch, tmp_path)
    return commands


def point_at(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_run", commands)
    monkeypatch.setattr(packages, "_as_root", lambda: ["env"])
    monkeypatch.setattr(packages.Package, "is_there", lambda package: commands.installed)
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")


def release(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "os-release"
    file.write_text(text)
    monkeypatch.setattr(packages, "SYSTEM", file)


def test_every_line_can_be_read_and_every_purpose_has_packages() -> None:
    for purpose in PURPOSES:
        assert packages.listed([purpose]), purpose
    assert len(packages.listed(PURPOSES)) == len({each.name for each in packages.listed(PURPOSES)})


def test_what_keeps_the_bytes_the_same_is_there_wherever_the_portal_runs() -> None:
    assert "libharfbuzz-subset0" in {package.name for package in packages.listed(["run"])}


def test_what_is_looked_for_is_found_here() -> None:
    assert packages.missing(["run", "setup", "test"]) == []


@pytest.mark.parametrize(
    "sign",
    [
        "library:libno-such-thing.so.0",
        "program:no-such-program|nor-this-one",
        "module:no_such_module",
        "file:/no/such/*/file",
    ],
)
def test_what_is_not_there_is_not_found(sign: str) -> None:
    assert not packages.Package("run", "some-package", sign).is_there()


@pytest.mark.parametrize("place", ["Makefile", ".ci/run", "scripts/setup.py"])
def test_nobody_else_names_a_package(place: str) -> None:
    text = (ROOT / place).read_text()
    for package in packages.listed(PURPOSES):
        if package.name not in {"make", "git", "postgresql"}:  # words of other things too
            assert not re.search(rf"\b{re.escape(package.name)}\b", text), package.name


def test_an_administrator_gets_what_is_missing_and_what_was_cut_off_is_finished_first(
    bare: Commands,
) -> None:
    packages.install(["run", "test"])
    steps = [" ".join(command) for command in bare.ran]
    assert "--configure -a" in steps[0]
    assert steps[-1].endswith(
        "gettext libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 poppler-utils"
    )
    packages.install(["run", "test"])
    assert len(bare.ran) == len(steps)


def test_who_may_not_install_is_told_the_line_to_run(
    bare: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "_as_root", lambda: None)
    with pytest.raises(SystemExit, match=r"sudo apt-get update && sudo apt-get install .*gettext"):
        packages.install(["test"])
    assert bare.ran == []


def test_an_installation_that_fails_says_what_apt_said(
    bare: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.works = False
    with pytest.raises(SystemExit, match="E: no network"):
        packages.install(["test"])


def test_on_ubuntu_the_browser_is_a_snap_that_nobody_installs_unasked(
    bare: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release(UBUNTU, monkeypatch, tmp_path)
    with pytest.raises(SystemExit, match="sudo snap install chromium"):
        packages.install(["run", "setup", "test", "browser"])
    assert bare.ran == []
    packages.install(["run", "setup", "test"])
    assert bare.installed


def test_a_line_that_cannot_be_read_is_told_by_its_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "packages.txt"
    file.write_text("# one\nrun libpango-1.0-0 library:libpango-1.0.so.0\nrun gettext\n")
    monkeypatch.setattr(packages, "LIST", file)
    with pytest.raises(SystemExit, match=r"packages\.txt, line 3"):
        packages.listed(["run"])
