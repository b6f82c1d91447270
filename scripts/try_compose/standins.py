"""Base images made from Debian packages, under the names that the project's own files ask for.

No registry is asked. What these cannot show: the real images' own versions and entry points.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from podman import cache, podman, run, say, set_up, succeeds

IMAGES = Path(__file__).resolve().parent / "images"
SUITE = "bookworm"
DEBIAN = f"localhost/jbn-oversight-debian:{SUITE}"
NAMES = {
    "python": "docker.io/library/python:3.13-slim-bookworm",
    "node": "docker.io/library/node:22-bookworm-slim",
    "postgres": "docker.io/library/postgres:15-bookworm",
    "redis": "docker.io/library/redis:7.0-bookworm",
    "nginx": "docker.io/library/nginx:1.22",
}
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def mirror() -> str:
    """Where this machine gets its Debian packages."""
    form = "$(REPO_URI)"
    listed = run("apt-get", "indextargets", "--format", form, "Created-By: Packages").stdout
    found = [line for line in listed.split() if line.rstrip("/").endswith("/debian")]
    if not found:
        raise SystemExit("No Debian mirror among this machine's sources of packages.")
    return found[0]


def for_builds() -> list[str]:
    """What a build needs to reach packages as this machine does: mounts, which no image keeps.

    The certificates of this machine, and where pip is told of folders or a proxy: those.
    """
    # A network of the container's own may carry larger packets than the way out of a sandbox.
    options = ["--network", "host"]
    own = ssl.get_default_verify_paths().openssl_cafile
    for found in (os.environ.get("SSL_CERT_FILE", ""), CERTIFICATES, own):
        if found and Path(found).is_file():
            options += ["--volume", f"{Path(found).resolve()}:{CERTIFICATES}:ro"]
            for name in ("NODE_EXTRA_CA_CERTS", "PIP_CERT", "SSL_CERT_FILE"):
                options += ["--build-arg", f"{name}={CERTIFICATES}"]
            break
    for name in (
        "/etc/pip.conf",
        Path.home() / ".config/pip/pip.conf",
        Path.home() / ".pip/pip.conf",
    ):
        if Path(name).is_file():
            options += ["--volume", f"{name}:/etc/pip.conf:ro"]
            options += [
                option
                for place in _folders_in(Path(name).read_text())
                for option in ("--volume", f"{place}:{place}:ro")
            ]
            break
    for name in (Path.home() / ".npmrc",):
        if name.is_file():
            options += ["--volume", f"{name}:/root/.npmrc:ro"]
    acquire = run("apt-config", "dump").stdout.splitlines()
    lines = [
        line for line in acquire if line.lower().startswith(("acquire::http", "acquire::retr"))
    ]
    if lines:
        (cache() / "apt.conf").write_text("\n".join(lines) + "\n")
        options += ["--volume", f"{cache() / 'apt.conf'}:/etc/apt/apt.conf.d/99build:ro"]
    return options


def _folders_in(text: str) -> list[Path]:
    """The highest folders of this machine that a file of pip's names."""
    words = (word.removeprefix("file://") for word in text.replace("=", " ").split())
    return sorted({Path(word) for word in words if word.startswith("/") and Path(word).is_dir()})


def debian() -> None:
    """The smallest Debian, as the ground of the others."""
    if succeeds("image", "exists", DEBIAN):
        return
    say(f"making a bare Debian {SUITE}")
    with tempfile.TemporaryDirectory(dir=cache()) as folder:
        root = Path(folder) / "root"
        what = ("--variant=minbase", "--include=ca-certificates", SUITE, root, mirror())
        run("debootstrap", *what)
        shutil.rmtree(root / "var" / "cache" / "apt", ignore_errors=True)
        with subprocess.Popen(["tar", "-C", root, "-c", "."], stdout=subprocess.PIPE) as packed:
            subprocess.run(
                ["podman", "import", "--quiet", "-", DEBIAN],
                stdin=packed.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )


def make() -> None:
    """All base images; those that are there, from the same files, are kept."""
    with suppress(FileNotFoundError):
        shutil.rmtree(cache() / "networks")
    debian()
    if not succeeds("run", "--rm", DEBIAN, "true"):
        # A file system inside another one of its kind takes no layers.
        set_up("vfs")
        debian()
        podman("run", "--rm", DEBIAN, "true")
    options = for_builds()
    for kind, name in NAMES.items():
        say(f"standing in for {name.rpartition('/')[2]}")
        podman("build", "--quiet", "--pull-never", *options, "--tag", name, IMAGES / kind)
