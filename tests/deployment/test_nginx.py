"""Debian's nginx with the portal's own configuration, before web processes that tell what they got.

What stands in front of the portal decides whose address is believed, and writes a log of its own.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
KEY = "Zilvervos-Zilvervos_12"
RESET = f"/account/password/reset/key/1-d2n4vw-{KEY}/"
PROXY, STRANGER = "127.0.0.1", "127.0.0.9"


class _Told(BaseHTTPRequestHandler):
    """A web process that answers with what it was told, and by whom it was asked."""

    def do_GET(self) -> None:
        body = json.dumps({**self.headers, "Web": self.connection.getsockname()[0]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def web_at(host: str, port: int) -> Iterator[int]:
    """A web process at one address of this machine."""
    with ThreadingHTTPServer((host, port), _Told) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()


@dataclass
class Names:
    """A name server that knows one name, as that of Docker or Podman does."""

    address: str
    port: int = 0
    asked: list[bytes] = field(default_factory=list)

    def serve(self, line: socket.socket) -> None:
        with suppress(OSError):
            while True:
                question, whom = line.recvfrom(512)
                end = question.index(b"\0", 12) + 5
                self.asked.append(question[12:end])
                head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, 1, 0, 0)
                answer = struct.pack(">HHHLH", 0xC00C, 1, 1, 1, 4) + socket.inet_aton(self.address)
                line.sendto(head + question[12:end] + answer, whom)


@dataclass
class Front:
    """The portal's nginx, and what it wrote."""

    port: int
    log: Path
    process: subprocess.Popen[bytes]
    names: Names
    web: int

    def ask(self, path: str, source: str = PROXY, **headers: str) -> tuple[int, dict[str, str]]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=20, source_address=(source, 0)
        )
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", "portaal.example")
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, json.loads(body) if answer.status == 200 else {}

    def stop(self) -> str:
        """End it, and everything that it wrote."""
        self.process.terminate()
        self.process.wait(20)
        return self.log.read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def written(place: Path, resolver: str = "nameserver 127.0.0.1\n", **environment: str) -> str:
    """What the start script writes for this machine."""
    (place / "resolv.conf").write_text(resolver)
    here = place / "here.conf"
    done = subprocess.run(
        ["sh", str(ROOT / "deploy" / "nginx-start.sh"), str(here)],
        env={"PATH": os.environ["PATH"], "RESOLV_CONF": str(place / "resolv.conf"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return here.read_text()


def whole(place: Path, port: int, web: int, names: int, here: str) -> Path:
    """The portal's files inside an nginx.conf as that of nginx's own image."""
    server = (ROOT / "deploy" / "nginx.conf").read_text()
    server = server.replace("listen 80;", f"listen {port};").replace("web:8000", f"web:{web}")
    here = here.replace("resolver 127.0.0.1 ", f"resolver 127.0.0.1:{names} ")
    owner = "user root;\n" if os.getuid() == 0 else ""
    conf = place / "nginx.conf"
    conf.write_text(
        f"{owner}error_log /dev/stderr notice;\npid {place}/nginx.pid;\nevents {{}}\nhttp {{\n"
        'log_format main \'$remote_addr "$request" $status "$http_referer"\';\n'
        f"access_log /dev/stdout main;\n{here}\n{server}}}\n"
    )
    return conf


@pytest.fixture(params=[PROXY])
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Front]:
    """nginx in front of one web process; the parameter says which proxies it believes."""
    with ExitStack() as stack:
        line = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        line.bind(("127.0.0.1", 0))
        names = Names("127.0.0.2", line.getsockname()[1])
        threading.Thread(target=names.serve, args=[line], daemon=True).start()
        port, web = free_port(), stack.enter_context(web_at("127.0.0.2", 0))
        here = written(tmp_path, PROXY_ADDRESSES=request.param, HTTP_ADDRESS="0.0.0.0")
        conf = whole(tmp_path, port, web, names.port, here)
        log = tmp_path / "log"
        with log.open("ab") as out:
            command = [NGINX, "-c", str(conf), "-g", "daemon off;"]
            process = subprocess.Popen(command, stdout=out, stderr=out)
        end = time.monotonic() + 20
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        found = Front(port, log, process, names, web)
        stack.callback(found.stop)
        yield found


@pytest.mark.slow  # takes nginx
def test_nginx_takes_what_is_written_for_docker_and_for_podman(tmp_path: Path) -> None:
    for server in ("127.0.0.11", "10.89.0.1", "fd00::1", "fe80::1%eth0"):
        here = written(tmp_path, f"search dns.podman\nnameserver {server}\nnameserver 10.0.0.1\n")
        conf = whole(tmp_path, free_port(), 8000, 53, here)
        done = subprocess.run(
            [NGINX, "-t", "-c", str(conf)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert server.partition("%")[0] in here


def test_only_the_first_name_server_is_asked_for_it_knows_the_containers(tmp_path: Path) -> None:
    """nginx asks each in turn; the second, of the machine itself, knows no web."""
    here = written(tmp_path, "nameserver 10.89.0.1\nnameserver 10.0.0.1\n")
    assert "resolver 10.89.0.1 " in here
    assert "10.0.0.1" not in here


def test_the_machine_itself_is_believed_where_only_it_can_reach_the_port(tmp_path: Path) -> None:
    rows = [row.split() for row in Path("/proc/net/route").read_text().splitlines()]
    gateways = [
        socket.inet_ntoa(struct.pack("<L", int(row[2], 16))) for row in rows if row[1] == "00000000"
    ]
    for gateway in gateways[:1]:
        assert f"set_real_ip_from {gateway};" in written(tmp_path, HTTP_ADDRESS="127.0.0.1")
    assert "set_real_ip_from" not in written(tmp_path, HTTP_ADDRESS="0.0.0.0")


def test_a_setting_that_is_no_address_starts_nothing(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no address"):
        written(tmp_path, PROXY_ADDRESSES="0.0.0.0/0; } server {")


@pytest.mark.slow
def test_a_stranger_who_forges_an_address_is_seen_as_who_he_is(front: Front) -> None:
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
    _status, told = front.ask("/", STRANGER, **forged)
    assert told["X-Forwarded-For"] == STRANGER
    assert told["X-Forwarded-Proto"] == "http"


@pytest.mark.slow
def test_the_proxy_in_front_is_believed_about_who_came_to_it(front: Front) -> None:
    passed_on = {"X_Forwarded_For": "198.51.100.7, 203.0.113.9", "X_Forwarded_Proto": "https"}
    _status, told = front.ask("/", PROXY, **passed_on)
    assert told["X-Forwarded-For"] == "203.0.113.9", "the client wrote the first one itself"
    assert told["X-Forwarded-Proto"] == "https"
    assert told["Host"] == "portaal.example"


@pytest.mark.slow
@pytest.mark.parametrize("front", [f"{PROXY} {STRANGER}"], indirect=True)
def test_two_proxies_one_behind_the_other_are_believed(front: Front) -> None:
    _status, told = front.ask("/", PROXY, X_Forwarded_For=f"203.0.113.9, {STRANGER}")
    assert told["X-Forwarded-For"] == "203.0.113.9"


@pytest.mark.slow
def test_a_web_process_made_anew_at_another_address_is_found(front: Front) -> None:
    web = front.web
    assert front.ask("/")[1]["Web"] == "127.0.0.2"
    with web_at("127.0.0.3", web):
        front.names.address = "127.0.0.3"
        end = time.monotonic() + 20
        while front.ask("/")[1]["Web"] != "127.0.0.3":
            assert time.monotonic() < end, "the old address is kept"
            time.sleep(0.2)


@pytest.mark.slow
def test_no_key_stands_in_the_log_whatever_goes_wrong(front: Front) -> None:
    paths = [
        RESET,
        f"{RESET}?next=/{KEY}/",
        f"/briefings/fact-check/{KEY}/",
        f"/briefings/fact%2Dcheck/{KEY}/",
        f"//briefings//fact-check//{KEY}",
        f"/briefings/{KEY}/versions/{KEY}/attachments/{KEY}/",
        f"/briefings/?q={KEY}",
        f"/internal-files/{KEY}",
        "/oversight/jbn/side-by-side/",
        *every_address(),
    ]
    for path in paths:
        front.ask(path, Referer=f"https://portaal.example{RESET}")
    front.ask("/static/css/portal.css", Referer=f"https://portaal.example{RESET}")
    for line in (f"GET {RESET}", f"GET {RESET} HTTP/9.9", f"GET {RESET}\x01 {KEY} HTTP/1.1"):
        with socket.create_connection(("127.0.0.1", front.port), 5) as raw:
            raw.sendall(f"{line}\r\nReferer: {RESET}\r\n\r\n".encode())
            raw.recv(100)
    front.names.address = "127.0.0.4"  # where nobody answers
    time.sleep(3.5)  # longer than an answer about a name is kept
    for path in paths[:4]:
        assert front.ask(path, Referer=f"https://portaal.example{RESET}")[0] == 502
    said = front.stop()
    assert "Zilvervos" not in said
    assert '"GET /account/password/reset/key/.../ HTTP/1.1" 502' in said
    assert '"GET /briefings/.../versions/... HTTP/1.1" 200' in said
    assert '"GET /oversight/jbn/side-by-side/ HTTP/1.1" 200' in said


def every_address() -> list[str]:
    """Each address of the portal, with the key wherever it takes something."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for each in patterns:
            path = before + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, path)
            else:
                plain = re.sub(r"<[^>]*>", KEY, re.sub(r"\(\?P<\w+>.*?\)|\([^)]*\)", KEY, path))
                found.append("/" + re.sub(r"[\^$\\]", "", plain))

    walk(get_resolver().url_patterns, "")
    return [path for path in found if KEY in path]
