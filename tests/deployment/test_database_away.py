"""A real web process whose database is stopped: a page for everybody, few lines, no key in them."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import debian_server, free_port, stop

KEY = "Zilvervos_Zilvervos-1234"
RESET = f"/account/password/reset/key/1k-{KEY}-0123456789abcdef0123456789abcdef/"
FACT_CHECK = f"/briefings/fact-check/{KEY}{KEY}/"
ADDRESSES = (
    FACT_CHECK,
    RESET,
    f"/briefings/{KEY}/",
    f"/briefings/{KEY}/work/publish/",
    f"/public/{KEY}/",
    f"/public/{KEY}/pdf/",
    f"/nothing/{KEY}/",
    f"/account/sign-in/?next=%2Fbriefings%2F{KEY}%2F",
    f"/briefings/?q={KEY}",
    "/",
    "/me/",
)
MOST_LINES = 5
"""Of a request to a portal whose database is away."""


@dataclass
class Web:
    """gunicorn with the portal, before a database that can be stopped."""

    port: int
    log: Path
    database: Path

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: str | None = None
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found

    def lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines()


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    directory = tmp_path_factory.mktemp("web")
    port, log = free_port(), directory / "web.log"
    with debian_server() as server, log.open("wb") as said:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "jbn_oversight.wsgi"),
                *("--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"),
                *("--workers", "1", "--threads", "2"),
            ],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings",
                "DATABASE_URL": server.url,
                "DATA_DIR": str(directory / "data"),
                "REDIS_URL": "",
            },
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        found = Web(port, log, server.log.parent)
        try:
            _wait(found, process)
            stop(found.database)
            yield found
        finally:
            process.terminate()
            process.wait(30)


def _wait(web: Web, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while True:
        assert process.poll() is None, web.lines()
        try:
            assert web.ask("GET", "/about/")[0] == 200
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)
        else:
            return


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_address_ends_in_a_page_and_a_handful_of_lines_without_a_key(
    web: Web, method: str, signed_in: bool
) -> None:
    cookies = f"sessionid={'a' * 32}; csrftoken={'b' * 32}" if signed_in else ""
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    for path in ADDRESSES:
        before = len(web.lines())
        body = f"csrfmiddlewaretoken={'b' * 32}&text={KEY}" if method == "POST" else None
        status, page = web.ask(method, path, headers, body)
        assert status in (200, 302, 403, 404, 405, 503), (status, path)
        if signed_in and path not in (RESET, FACT_CHECK) and method == "GET":
            assert status == 503, path
        if method != "HEAD" and status not in {302, 405}:
            assert "<h1>" in page, path
            assert 'lang="nl"' in page
        lines = web.lines()[before:]
        assert len(lines) <= MOST_LINES, "\n".join(lines)
        assert KEY not in "\n".join(lines)


@pytest.mark.slow
def test_what_gunicorn_itself_refuses_names_no_key_either(web: Web) -> None:
    before = len(web.lines())
    for path in (f"/briefings/{KEY}/{'x' * 5000}", f"/briefings/{KEY}/"):
        connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", "127.0.0.1")
        connection.putheader("Not a name", f"/briefings/{KEY}/")
        connection.endheaders()
        assert connection.getresponse().status in (400, 414)
        connection.close()
    lines = web.lines()[before:]
    assert len(lines) <= 2 * MOST_LINES
    assert KEY not in "\n".join(lines)


@pytest.mark.slow
def test_a_host_that_is_not_ours_names_no_key(web: Web) -> None:
    before = len(web.lines())
    status, page = web.ask("GET", f"/briefings/{KEY}/", {"Host": f"elsewhere.example/{KEY}"})
    assert status == 400
    assert "<h1>" in page
    lines = web.lines()[before:]
    assert len(lines) <= 2 * MOST_LINES, "\n".join(lines)
    assert KEY not in "\n".join(lines)
