"""Podman with a storage of its own, so that nothing here touches another's images and containers.

What a sandbox asks for stands here and not in the compose file: runc, limits that a process
without CAP_SYS_RESOURCE may set, cgroups without systemd.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

LIMIT = 16384
"""Open files and processes of a container: podman's own limits may be higher than ours."""


def cache() -> Path:
    """Where base images and layers stay from one run to the next, outside the repository."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "jbn-oversight" / "try-compose"


def set_up(driver: str = "overlay") -> None:
    """Write podman's settings, and point this process and its children at them."""
    folder = cache()
    folder.mkdir(parents=True, exist_ok=True)
    limits = []
    for name, number in (("nofile", resource.RLIMIT_NOFILE), ("nproc", resource.RLIMIT_NPROC)):
        most = resource.getrlimit(number)[1]
        chosen = LIMIT if most == resource.RLIM_INFINITY else min(LIMIT, most)
        limits.append(f'"{name}={chosen}:{chosen}"')
    (folder / "containers.conf").write_text(
        f'[containers]\ndefault_ulimits = [{", ".join(limits)}]\nlog_driver = "k8s-file"\n'
        '[engine]\ncgroup_manager = "cgroupfs"\nruntime = "runc"\nevents_logger = "file"\n'
        f'[network]\nnetwork_backend = "netavark"\nnetwork_config_dir = "{folder}/networks"\n'
    )
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "{driver}"\ngraphroot = "{folder}/{driver}"\n'
        f'runroot = "/run/jbn-oversight-try-compose-{driver}"\n'
    )
    os.environ["CONTAINERS_CONF"] = str(folder / "containers.conf")
    os.environ["CONTAINERS_STORAGE_CONF"] = str(folder / "storage.conf")


class CommandError(Exception):
    """A command failed; the message holds what it said."""


def run(
    *command: str | Path,
    check: bool = True,
    given: bytes | None = None,
    cwd: Path | None = None,
    seconds: float = 900,
) -> subprocess.CompletedProcess[str]:
    """Run a command; its output comes back as text. Raises CommandError where ``check``."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        input=(given or b"").decode(),
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
    )
    if check and done.returncode:
        said = (done.stdout + done.stderr)[-4000:]
        raise CommandError(f"{' '.join(words[:6])} ... ended with {done.returncode}:\n{said}")
    return done


def podman(*arguments: str | Path, check: bool = True, given: bytes | None = None) -> str:
    """What podman prints on its standard output."""
    return run("podman", *arguments, check=check, given=given).stdout.strip()


def succeeds(*arguments: str | Path) -> bool:
    """Whether podman ends well."""
    return run("podman", *arguments, check=False).returncode == 0


def say(text: str) -> None:
    """Tell what is going on."""
    print(f"· {text}", file=sys.stderr, flush=True)
