"""The servers of the benchmark: what the compose file runs, on this machine, and their CPU."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
TICK = os.sysconf("SC_CLK_TCK")
WORKER = ["worker", "--concurrency", "2", "--loglevel", "WARNING"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def environment(work: Path, port: int) -> dict[str, str]:
    """What the compose file gives the portal, on this machine."""
    return {
        **os.environ,
        "DATA_DIR": str(work / "data"),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        "FILES_INTERNAL_PATH": "/internal-files/",
        "TRUSTED_PROXIES": "1",
        "DEMO": "0",
        "HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings",
    }


def nginx_conf(work: Path, port: int, web: int, line: int) -> Path:
    """The portal's own file, with the ports of this run, and the same files without a check."""
    server = (ROOT / "deploy" / "nginx.conf").read_text()
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("http://web:8000", f"http://127.0.0.1:{web}")
    server = server.replace("/data/files/", f"{work}/data/files/")
    bare = f"    location /bare/ {{ alias {work}/data/files/; }}\n"
    place = server.rindex("}")
    server = server[:place] + bare + server[place:]
    if line:
        server = server.replace("server_tokens off;", f"limit_rate {line * 125}k;")
    conf = work / f"nginx-{port}.conf"
    owner = "user root;\n" if os.getuid() == 0 else ""
    conf.write_text(
        f"{owner}worker_processes auto;\nerror_log {work}/nginx.log error;\n"
        f"pid {work}/nginx-{port}.pid;\nevents {{ worker_connections 2048; }}\n"
        "http {\n  include /etc/nginx/mime.types;\n  access_log off;\n  sendfile on;\n"
        "  keepalive_timeout 65;\n  geo $from_proxy { default 0; }\n" + server + "}\n"
    )
    return conf


class Servers:
    """gunicorn, nginx (with and without a line), a worker and the timer, until ``stop``."""

    def __init__(self, work: Path, port: int, slow: int, web: int, line: int) -> None:
        assert NGINX is not None
        self.work = work
        self.parts: dict[str, list[subprocess.Popen[bytes]]] = {}
        folder = Path(sys.executable).parent
        gunicorn = (ROOT / "Dockerfile").read_text().splitlines()[-1]
        assert gunicorn.startswith('CMD ["gunicorn", ')
        command: list[str] = json.loads(gunicorn.removeprefix("CMD "))
        command += ["--bind", f"127.0.0.1:{web}"]
        celery = ["celery", "--app", "jbn_oversight"]
        with (work / "log").open("wb") as log:
            self._start("gunicorn", [str(folder / command[0]), *command[1:]], log)
            self._start("worker", [str(folder / celery[0]), *celery[1:], *WORKER], log)
            self._start("worker", [str(folder / celery[0]), *celery[1:], "beat"], log)
            for number, speed in ((port, 0), (slow, line)):
                conf = nginx_conf(work, number, web, speed)
                self._start("nginx", [NGINX, "-c", str(conf), "-g", "daemon off;"], log)
        _wait_for(web, port, slow)

    def _start(self, part: str, command: list[str], log: IO[bytes]) -> None:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        self.parts.setdefault(part, []).append(process)

    def cpu(self) -> dict[str, float]:
        """Seconds of CPU of each part so far; PostgreSQL where it is the embedded one."""
        roots = {part: [one.pid for one in many] for part, many in self.parts.items()}
        pid = self.work / "data" / "postgresql" / "postmaster.pid"
        if pid.exists():
            roots["postgresql"] = [int(pid.read_text().split()[0])]
        return {part: sum(map(_cpu_of, _with_children(pids))) for part, pids in roots.items()}

    def stop(self) -> None:
        """End all that was started here."""
        started = [one for many in self.parts.values() for one in many]
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu_of(pid: int) -> float:
    """Seconds of a process, and of its children that ended."""
    return sum(map(int, _stat(pid)[11:15])) / TICK


def _with_children(pids: list[int]) -> list[int]:
    every = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]
    parent = {pid: int(stat[1]) for pid in every if (stat := _stat(pid))}
    found = list(pids)
    for pid in found:
        found += [child for child, its in parent.items() if its == pid]
    return found


def _wait_for(*ports: int) -> None:
    end = time.monotonic() + 40
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
