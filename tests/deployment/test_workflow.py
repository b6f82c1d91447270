"""The workflow for a public host does no more than fetch the commit and run ``.ci/run``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / ".github" / "workflows" / "ci.yml"


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    # YAML 1.1 takes the key "on" for a truth value; the host does not.
    loaded: dict[str, Any] = yaml.load(FILE.read_text(), Loader=yaml.BaseLoader)
    return loaded


def steps(workflow: dict[str, Any]) -> dict[str, str]:
    [job] = workflow["jobs"].values()
    return {step["name"]: step["run"] for step in job["steps"]}


def test_it_meets_the_specification_of_workflows() -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    command = [str(checker), "--builtin-schema", "vendor.github-workflows", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_may_do_nothing_at_the_host_and_calls_no_action_of_others(
    workflow: dict[str, Any],
) -> None:
    assert workflow["permissions"] == {}
    text = FILE.read_text()
    assert "uses:" not in text
    assert "secrets" not in text
    assert "pull_request_target" not in text


def test_what_must_hold_stands_in_ci_run_alone(workflow: dict[str, Any]) -> None:
    assert list(steps(workflow)) == ["Python, git and make", "The commit", ".ci/run"]
    assert steps(workflow)[".ci/run"] == "bash portal/.ci/run"


def test_no_step_lets_the_host_write_into_a_command(workflow: dict[str, Any]) -> None:
    assert not [name for name, run in steps(workflow).items() if "${{" in run]


def test_the_commit_that_was_pushed_is_the_one_that_is_tried(
    workflow: dict[str, Any], tmp_path: Path
) -> None:
    def git(*words: str | Path) -> str:
        named = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
        command = ["git", *named, *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    host, here = tmp_path / "somebody" / "portal", tmp_path / "here"
    here.mkdir()
    git("init", "--quiet", host)
    for number in ("1", "2"):
        (host / "file").write_text(number)
        git("-C", host, "add", "file")
        git("-C", host, "commit", "--quiet", "--message", number)
    pushed = git("-C", host, "rev-parse", "HEAD")
    address = {"GITHUB_SERVER_URL": f"file://{tmp_path}", "GITHUB_REPOSITORY": "somebody/portal"}
    command = ["bash", "-e", "-c", steps(workflow)["The commit"]]
    subprocess.run(
        command, cwd=here, env={**os.environ, **address, "GITHUB_SHA": pushed}, check=True
    )
    assert (here / "portal" / "file").read_text() == "2"
    assert git("-C", here / "portal", "rev-parse", "HEAD") == pushed
