"""The services of the compose file, brought up in its own order on podman."""

from __future__ import annotations

import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from podman import CommandError, podman, run, say, succeeds
from standins import for_builds

ROOT = Path(__file__).resolve().parent.parent.parent
SIGNS = "p/a#s?s@w%o:r d$x&[\\"
"""In each password: what has broken an address, a shell or a file before."""
PLANTED = (".env", ".env.old", "portal.key", "jbn_oversight/tls.pem", "certification/copy.dump")
"""What somebody may have lying in the folder; a mark in each shows whether it went in."""


@dataclass
class Stack:
    """One run: a copy of the folder, a project of its own, fresh passwords."""

    folder: Path
    project: str = field(default_factory=lambda: f"jbn-try-{secrets.token_hex(3)}")
    mark: str = field(default_factory=lambda: f"planted-{secrets.token_hex(8)}")
    password: str = field(default_factory=lambda: f"{SIGNS}{secrets.token_hex(8)}")
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    port: int = 0

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
        self.compose: dict[str, Any] = yaml.safe_load(text)
        self.services: dict[str, dict[str, Any]] = self.compose["services"]

    def prepare(self) -> None:
        """Copy what git knows or may come to know, plant secrets, and write ``.env``."""
        listed = run("git", "ls-files", "-z", "-co", "--exclude-standard", cwd=ROOT).stdout
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        for name in PLANTED:
            (self.folder / name).write_text(f"{self.mark}\n")
        # podman-compose 1.0 leaves what is empty where nothing is set as it stands.
        compose = self.folder / "docker-compose.yml"
        compose.write_text(re.sub(r"\$\{(\w+):-\}", r"${\1}", compose.read_text()))
        # As on a machine whose administrator lets nobody else read her files.
        run("chmod", "-R", "u=rwX,go=", self.folder)
        quoted = self.password.replace("\\", "\\\\")
        (self.folder / ".env").write_text(
            f"ALLOWED_HOSTS=portaal.example\nPUBLIC_ADDRESS=https://portaal.example\n"
            f"SECRET_KEY={self.secret_key}\nPOSTGRES_PASSWORD='{quoted}'\n"
            f"EMAIL_HOST=mail.invalid\nEMAIL_HOST_PASSWORD='{quoted}'\nEMAIL_HOST_USER=\n"
            f"PROXY_ADDRESSES=\n"
            f"CLOCK_KEPT_BY=host\nHTTP_PORT={self.port}\n# {self.mark}\n"
        )

    def build(self) -> None:
        """Make the image. Its earlier stages keep a name, so that the next run finds them."""
        image = self.services["web"]["image"]
        for stage in ("styles", "packages", "made", ""):
            say(f"making the image{f' (stage {stage})' if stage else ''}")
            tag = f"localhost/jbn-oversight-try-{stage}" if stage else image
            target = ["--target", stage] if stage else []
            podman(
                *("build", "--quiet", "--pull-never", "--layers", *target),
                *(*for_builds(), "--tag", tag, self.folder),
            )
        podman("image", "prune", "--force")

    def name(self, service: str) -> str:
        """The container of a service."""
        return f"{self.project}_{service}_1"

    def order(self) -> list[str]:
        """The services, each after those that it depends on."""
        done: list[str] = []

        def add(service: str) -> None:
            for before in self.services[service].get("depends_on", {}):
                add(before)
            if service not in done:
                done.append(service)

        for service in self.services:
            add(service)
        return done

    def up(self, service: str) -> None:
        """Start one service when those before it are as the file asks."""
        for before, asked in self.services[service].get("depends_on", {}).items():
            condition = asked["condition"]
            if condition == "service_healthy":
                wait(lambda before=before: self.is_well(before), f"{before} is healthy", 180)
            elif condition == "service_completed_successfully":
                status = podman("wait", self.name(before))
                if status != "0":
                    raise CommandError(f"{before} ended with {status}:\n{self.log(before)[-3000:]}")
        say(f"starting {service}")
        podman("start", self.name(service))

    def create(self, *services: str) -> None:
        """Make the containers that are not there, all or some, without starting any.

        podman-compose 1.0 knows no conditions: it would start what depends on a database at once.
        """
        up = ("podman-compose", "--project-name", self.project, "up", "--no-start", "--no-build")
        said = run(*up, *services, cwd=self.folder, check=False)
        for service in services or self.services:
            if not succeeds("container", "exists", self.name(service)):
                raise CommandError(f"{service} was not made:\n{said.stdout}{said.stderr}")

    def make_anew(self, service: str) -> None:
        """Take a container away and make it again, as an upgrade does."""
        podman("rm", "--force", "--time", "10", self.name(service))
        self.create(service)
        self.up(service)

    def is_well(self, service: str) -> bool:
        """Run the service's own health command, which podman does only beside systemd."""
        test = list(self.services[service]["healthcheck"]["test"])
        command = ["sh", "-c", test[1]] if test[0] == "CMD-SHELL" else test[1:]
        return succeeds("exec", self.name(service), *command)

    def inside(self, service: str, script: str, **environment: str) -> str:
        """Run one of the scripts of ``inside`` in a container; what it prints."""
        given = (Path(__file__).parent / "inside" / script).read_bytes()
        options = [
            word for name, value in environment.items() for word in ("-e", f"{name}={value}")
        ]
        return podman("exec", "-i", *options, self.name(service), "python", "-", given=given)

    def log(self, service: str) -> str:
        """Both outputs of a container."""
        done = run("podman", "logs", self.name(service), check=False)
        return done.stdout + done.stderr

    def address(self, service: str) -> str:
        """Its address on the network of the project."""
        form = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
        return podman("inspect", "--format", form, self.name(service))

    def down(self) -> None:
        """Take everything of this run away; layers of images stay for the next one."""
        label = f"label=io.podman.compose.project={self.project}"
        for container in podman("ps", "-aq", "--filter", label, check=False).split():
            podman("rm", "--force", "--volumes", "--time", "2", container, check=False)
        for pod in podman(
            "pod", "ls", "-q", "--filter", f"name={self.project}", check=False
        ).split():
            podman("pod", "rm", "--force", pod, check=False)
        for volume in self.compose["volumes"]:
            podman("volume", "rm", "--force", f"{self.project}_{volume}", check=False)
        podman("network", "rm", "--force", f"{self.project}_default", check=False)


def wait(holds: Callable[[], bool], what: str, seconds: float) -> None:
    """Wait until it holds; raise AssertionError with ``what`` where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.5)


def layers_hold(image: str, *words: str) -> list[str]:
    """Which of the words stand in a file of the image, or in its history and settings."""
    told = podman("inspect", image) + podman("history", "--no-trunc", image)
    found = {word for word in words if word in told}
    pattern = "\n".join(words).encode()
    place = podman("image", "mount", image)
    try:
        done = subprocess.run(
            ["grep", "-rhoF", "-f", "/dev/stdin", "--exclude-dir=proc", place],
            input=pattern,
            capture_output=True,
            check=False,
        )
        found |= {word for word in words if word.encode() in done.stdout}
    finally:
        podman("image", "unmount", image)
    return sorted(found)
