"""A test that skips itself, in whatever way, makes the run fail and says why."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
WAYS = {
    "as it runs": "import pytest\ndef test_a(): pytest.skip('no such program')",
    "by its mark": "import pytest\n@pytest.mark.skipif(True, reason='no such program')\n"
    "def test_a(): pass",
    "in a fixture": "import pytest\n@pytest.fixture\ndef a(): pytest.skip('no such program')\n"
    "def test_a(a): pass",
    "as one of several": "import pytest\n@pytest.mark.parametrize('a', [1, pytest.param(2, "
    "marks=pytest.mark.skip(reason='no such program'))])\ndef test_a(a): pass",
    "with its module": "import pytest\npytest.skip('no such program', allow_module_level=True)",
    "for an import": "import pytest\npytest.importorskip('no_such', reason='no such program')",
    "by expecting to fail": "import pytest\n@pytest.mark.xfail(reason='no such program')\n"
    "def test_a(): assert False",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run says of a file for each way, and of one that passes."""
    directory = tmp_path_factory.mktemp("tests")
    (directory / "pytest.ini").write_text("[pytest]\n")
    (directory / "test_passes.py").write_text("def test_a(): pass")
    for way, text in WAYS.items():
        (directory / f"test_{way.replace(' ', '_')}.py").write_text(text)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-rA", "-p", "tests.no_skips"),
            *("--continue-on-collection-errors", str(directory)),
        ],
        cwd=directory,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.mark.parametrize("way", WAYS)
def test_a_test_that_skips_itself_fails(said: str, way: str) -> None:
    assert re.search(rf"^(FAILED|ERROR) test_{way.replace(' ', '_')}\.py", said, re.M), said


def test_it_says_why_and_what_to_do(said: str) -> None:
    assert said.count("This test did not run: no such program") >= len(WAYS)
    assert said.count("deploy/packages.txt") >= len(WAYS)


def test_a_test_that_runs_still_passes(said: str) -> None:
    assert "PASSED test_passes.py::test_a" in said
    assert " skipped" not in said.splitlines()[-1]
