"""Try the demonstration as its users do: start it, sign in as each role, read, stop it.

A black box: it knows the two commands of the README and addresses that it finds on pages.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROLES = {
    "alderman",
    "policy_adviser",
    "contract_manager",
    "council_member",
    "clerk",
    "privacy_officer",
    "auditor",
    "institution",
    "administrator",
}


class Visitor:
    """A person at a browser without JavaScript."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[str, bytes]:
        """The address it ended at, and the body; an error status raises."""
        with self.opener.open(urllib.parse.urljoin(self.address, path), timeout=30) as answer:
            return answer.url, answer.read()

    def sign_in(self, email: str, password: str) -> str:
        """Sign in, and return the first page."""
        url, body = self.get("/account/sign-in/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        assert token, "the page to sign in has no form"
        fields = {"csrfmiddlewaretoken": token[1].decode(), "login": email, "password": password}
        request = urllib.request.Request(
            url, urllib.parse.urlencode(fields).encode(), {"Referer": url}
        )
        with self.opener.open(request, timeout=30) as answer:
            page = answer.read().decode()
            assert "/account/sign-in/" not in answer.url, f"{email} could not sign in"
        return page


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_until_ready(
    process: subprocess.Popen[str], seconds: float
) -> tuple[str, dict[str, tuple[str, str]]]:
    """The address and the people that the demonstration prints."""
    address, people = "", {}
    end = time.monotonic() + seconds
    assert process.stdout is not None
    while people.keys() != ROLES:
        line = process.stdout.readline()
        assert line, "the demonstration stopped"
        assert time.monotonic() < end, "the demonstration did not get ready in time"
        if line.startswith("http://"):
            address = line.strip()
        elif line.count("\t") == 2:
            role, email, password = line.rstrip("\n").split("\t")
            people[role] = (email, password)
    return address, people


def first_link(page: str, pattern: str) -> str:
    """The first address on the page that matches."""
    found = re.search(rf'href="({pattern})"', page)
    assert found, f"no link {pattern} on the page"
    return found[1].replace("&amp;", "&")


def look_around(address: str, people: dict[str, tuple[str, str]]) -> None:
    """Sign in as everybody; read the dashboard and a briefing's PDF."""
    for role, (email, password) in sorted(people.items()):
        visitor = Visitor(address)
        page = visitor.sign_in(email, password)
        assert "Fictief" in page, f"{role}: the page does not say that it is fictional"
        if role == "alderman":
            _url, overview = visitor.get("/overview/jbn/")
            text = overview.decode()
            assert "30 september 2025" in text, "the dashboard does not say its day"
            assert "<svg" in text or "<img" in text, "the dashboard has no chart"
        if role == "council_member":
            _url, listing = visitor.get("/briefings/")
            pdf = None
            for link in re.findall(r'href="(/briefings/[^"]+/)"', listing.decode()):
                _url, body = visitor.get(link)
                found = re.search(r'href="([^"]+/pdf/)"', body.decode())
                if found:
                    _url, pdf = visitor.get(found[1])
                    break
            assert pdf, "no briefing's PDF could be fetched"
            assert pdf.startswith(b"%PDF-"), "what was fetched is no PDF"
        print(f"{role}: ok", flush=True)


def main() -> None:
    """Start, look around, stop; twice, for the second start must be quick."""
    with tempfile.TemporaryDirectory() as directory:
        environment = {**os.environ, "DATA_DIR": directory, "PORT": str(free_port())}
        for limit in (90, 30):
            began = time.monotonic()
            process = subprocess.Popen(
                ["make", "--no-print-directory", "demo"],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            try:
                address, people = read_until_ready(process, limit)
                print(f"ready in {time.monotonic() - began:.1f} s at {address}", flush=True)
                look_around(address, people)
            finally:
                os.killpg(process.pid, signal.SIGINT)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    sys.exit("Ctrl-C did not stop the demonstration.")
            port = int(environment["PORT"])
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", port)), "something still listens"
            print("stopped", flush=True)


if __name__ == "__main__":
    main()
