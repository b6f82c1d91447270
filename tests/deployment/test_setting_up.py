"""A set-up that broke off anywhere goes on when it is started again; a whole one does nothing.

The commands that set-up runs are played: each makes what the real one makes, and the one that is
to break is killed when it has made half of it. Nothing is fetched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.programs import script

setup = script("setup")
ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements-embedded.lock", "requirements-dev.lock", "requirements-uv.lock")
FILES = (*LOCKS, "requirements-node.lock", "package.json", "package-lock.json")
STEPS = ("venv", "uv", "packages", "node", "npm", "vendor", "messages", "static")


class KilledError(BaseException):
    """As by kill -9: nobody catches it."""


class Machine:
    """Plays the commands, and can break one of them half-way or make it fail."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ran: list[str] = []
        self.breaks = ""
        self.fails = ""

    def __call__(self, *command: str | Path, **_environment: object) -> None:
        words = [str(word) for word in command]
        step = next(name for name, is_it in COMMANDS.items() if is_it(words))
        self.ran.append(step)
        if step == self.fails:
            sys.exit("no network")
        self.makes(step, half=step == self.breaks)
        if step == self.breaks:
            raise KilledError

    def makes(self, step: str, *, half: bool) -> None:
        """Two files of the step, or one where it is killed half-way; none stays from before."""
        if step == "venv":
            # Without its second half this is an environment without pip.
            venv.create(self.root / ".venv", with_pip=False, symlinks=True)
        if step == "npm":
            shutil.rmtree(self.root / "node_modules", ignore_errors=True)
        first, second = (self.root / file for file in MADE[step])
        for path in [first] if half else [first, second]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.source_of(step))
        if half:
            second.unlink(missing_ok=True)

    def source_of(self, step: str) -> str:
        """What the step's files are made from, as it is now."""
        return "".join((self.root / name).read_text() for name in SOURCES.get(step, ()))

    def is_whole(self) -> bool:
        """Whether all is there, made from what is there now."""
        return all(
            (self.root / name).exists() and (self.root / name).read_text() == self.source_of(step)
            for step, names in MADE.items()
            for name in names
        )


SOURCES = {
    "uv": ("requirements-uv.lock",),
    "packages": ("requirements-dev.lock",),
    "node": ("requirements-node.lock",),
    "npm": ("package.json", "package-lock.json"),
    "vendor": ("package-lock.json",),
}
SITE = f".venv/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
MADE = {
    "venv": (".venv/made", f"{SITE}/pip/__main__.py"),
    "uv": (f"{SITE}/uv/__init__.py", f"{SITE}/uv-1.dist-info/RECORD"),
    "packages": (f"{SITE}/django/__init__.py", f"{SITE}/django-1.dist-info/RECORD"),
    "node": (f"{SITE}/nodejs/__init__.py", f"{SITE}/nodejs-1.dist-info/RECORD"),
    "npm": ("node_modules/a/index.css", "node_modules/b/index.css"),
    "vendor": ("static/vendor/design-system.css", "static/vendor/fonts/a.ttf"),
    "messages": (
        "jbn_oversight/locale/nl/LC_MESSAGES/django.mo",
        "jbn_oversight/locale/en/LC_MESSAGES/django.mo",
    ),
    "static": ("staticfiles/a.css", "staticfiles/staticfiles.json"),
}
COMMANDS: dict[str, Callable[[list[str]], bool]] = {
    "venv": lambda words: words[1:3] == ["-m", "venv"],
    "uv": lambda words: words[1:3] == ["-m", "pip"],
    "node": lambda words: words[-1].endswith("requirements-node.lock"),
    "packages": lambda words: words[0].endswith("/uv"),
    "npm": lambda words: "ci" in words,
    "vendor": lambda words: words[1].endswith("vendor_static.py"),
    "messages": lambda words: words[1].endswith("compile_messages.py"),
    "static": lambda words: "collectstatic" in words,
}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A clone without anything made in it, on a machine without Node."""
    for name in FILES:
        (tmp_path / name).write_text(f"{name}\n")
    for place in ("static/css", "scripts", *(f"jbn_oversight/locale/{x}" for x in ("nl", "en"))):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "scripts" / "vendor_static.py").write_text("")
    for language in ("nl", "en"):
        catalogue = tmp_path / "jbn_oversight/locale" / language / "LC_MESSAGES" / "django.po"
        catalogue.parent.mkdir()
        catalogue.write_text("")
    point_at(setup, tmp_path, monkeypatch)
    machine = Machine(tmp_path)
    monkeypatch.setattr(setup, "run", machine)
    monkeypatch.setattr(setup.system_packages, "install", lambda purposes: None)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    monkeypatch.setattr(setup.os, "sync", lambda: None)
    return machine


def point_at(module: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(module, "VENV", root / ".venv")
    monkeypatch.setattr(module, "PYTHON", root / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMPS", root / ".venv" / "stamps")


def set_up(machine: Machine, *, breaks: str = "", fails: str = "") -> list[str]:
    """Run it as ``make test`` does, and return the steps that had something to do."""
    machine.ran, machine.breaks, machine.fails = [], breaks, fails
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["setup.py", "--for", "test", "--no-database"])
        setup.main()
    return machine.ran


def new_versions(machine: Machine) -> None:
    """As after a pull: every lock and source is another one."""
    for path in (*(machine.root / name for name in FILES), *machine.root.rglob("*.po")):
        path.write_text(path.read_text() + "newer\n")


def test_a_first_set_up_makes_everything_and_a_second_does_nothing(machine: Machine) -> None:
    assert set_up(machine) == list(STEPS)
    assert machine.is_whole()
    assert set_up(machine) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_first_set_up_that_broke_off_goes_on(machine: Machine, step: str) -> None:
    with pytest.raises(KilledError):
        set_up(machine, breaks=step)
    assert step in set_up(machine)
    assert machine.is_whole()
    assert set_up(machine) == []


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_later_set_up_that_broke_off_goes_on(machine: Machine, step: str) -> None:
    set_up(machine)
    new_versions(machine)
    with pytest.raises(KilledError):
        set_up(machine, breaks=step)
    set_up(machine)
    assert machine.is_whole()
    assert set_up(machine) == []


@pytest.mark.parametrize("step", STEPS[1:])
def test_going_back_after_one_that_broke_off_trusts_nothing_half_made(
    machine: Machine, step: str
) -> None:
    set_up(machine)
    before = {name: (machine.root / name).read_text() for name in FILES}
    catalogues = {path: path.read_text() for path in machine.root.rglob("*.po")}
    new_versions(machine)
    with pytest.raises(KilledError):
        set_up(machine, breaks=step)
    for name, text in before.items():
        (machine.root / name).write_text(text)
    for path, text in catalogues.items():
        path.write_text(text)
    set_up(machine)
    assert all((machine.root / path).exists() for paths in MADE.values() for path in paths)


def test_one_that_fails_without_a_network_leaves_what_was_there(machine: Machine) -> None:
    set_up(machine)
    lock = machine.root / "requirements-dev.lock"
    before = lock.read_text()
    lock.write_text("newer")
    with pytest.raises(SystemExit):
        set_up(machine, fails="packages")
    lock.write_text(before)
    assert set_up(machine) == []


def test_an_environment_whose_folder_was_moved_is_made_anew(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(machine)
    moved = tmp_path_factory.mktemp("moved") / "portal"
    machine.root = machine.root.rename(moved)
    point_at(setup, moved, monkeypatch)
    assert set_up(machine)[:3] == ["venv", "uv", "packages"]


def test_an_environment_whose_python_has_gone_is_made_anew(machine: Machine) -> None:
    set_up(machine)
    python = machine.root / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/usr/bin/python3.gone")
    assert set_up(machine)[:3] == ["venv", "uv", "packages"]


def test_an_environment_whose_python_became_another_version_is_made_anew(
    machine: Machine,
) -> None:
    set_up(machine)
    python = machine.root / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text(f'#!/bin/sh\necho cpython-399 "{machine.root}/.venv"\n')
    python.chmod(0o755)
    assert set_up(machine)[:3] == ["venv", "uv", "packages"]


def test_an_environment_made_by_hand_or_by_an_older_set_up_is_made_anew(machine: Machine) -> None:
    venv.create(machine.root / ".venv", with_pip=False, symlinks=True)
    (machine.root / ".venv" / "stale").write_text("")
    set_up(machine)
    assert not (machine.root / ".venv" / "stale").exists()
    assert machine.is_whole()


def test_a_dangling_link_in_its_place_is_replaced(machine: Machine) -> None:
    (machine.root / ".venv").symlink_to("/nowhere/at/all")
    set_up(machine)
    assert machine.is_whole()


def test_what_was_removed_by_hand_is_made_again(machine: Machine) -> None:
    set_up(machine)
    for name in ("static/vendor", "staticfiles", ".venv"):
        shutil.rmtree(machine.root / name)
        set_up(machine)
        assert machine.is_whole(), name


def test_a_second_set_up_waits_for_what_a_killed_one_left_running(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT / "scripts")!r})
from pathlib import Path
import setup
setup.ROOT = Path({str(tmp_path)!r})
with setup.alone():
    setup.run("sh", "-c", "touch begun; while [ ! -e go ]; do sleep 0.05; done; touch end")
"""
    first = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    while not (tmp_path / "begun").exists():
        assert first.poll() is None
    first.kill()
    first.wait()
    second = subprocess.Popen(
        [sys.executable, "-c", program.replace("touch begun", "test -e end")],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert second.stderr is not None
    assert "waiting for another set-up" in second.stderr.readline()
    (tmp_path / "go").touch()
    second.communicate(timeout=60)
    assert second.returncode == 0
