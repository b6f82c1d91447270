"""A person at a browser without JavaScript, behind a proxy that ends TLS in front of nginx."""

from __future__ import annotations

import http.client
import secrets
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

HOST = "portaal.example"
SITE = f"https://{HOST}"
PERSON = "198.51.100.7"
"""The address from which everybody in the story comes."""


@dataclass
class Answer:
    """What came back, after the redirects."""

    status: int
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as a page."""
        return self.body.decode(errors="replace")


class _Forms(HTMLParser):
    """The forms of a page that are sent by POST, with the fields that are filled already."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str], set[str]]] = []
        """Where each goes, what is filled in, and the names of all its fields."""
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            if self._open:
                self.forms.append((given.get("action", ""), {}, set()))
        elif tag in {"input", "select", "textarea"} and self._open:
            self.forms[-1][2].add(given.get("name", ""))
            if given.get("type") == "hidden":
                self.forms[-1][1][given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


class Visitor:
    """Keeps cookies and follows redirects, as a browser does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def once(
        self, path: str, body: bytes | None = None, source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request, without following anything."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )
        given = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": PERSON,
            "Referer": f"{SITE}{path}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        try:
            connection.request("POST" if body is not None else "GET", path, body, given)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(answer.status, path, dict(answer.getheaders()), data)

    def get(self, path: str, **headers: str) -> Answer:
        """A page, after its redirects."""
        return self._follow(self.once(path, **headers))

    def _follow(self, answer: Answer) -> Answer:
        for _turn in range(6):
            place = answer.headers.get("Location")
            if answer.status not in {301, 302, 303} or not place:
                return answer
            parts = urlsplit(urljoin(SITE + answer.path, place))
            answer = self.once(parts.path + (f"?{parts.query}" if parts.query else ""))
        return answer

    def send(
        self, page: str, fields: dict[str, str], file: tuple[str, str, bytes] | None = None
    ) -> Answer:
        """Fill in the form of a page that has these fields, and send it."""
        shown = self.get(page)
        parser = _Forms()
        parser.feed(shown.text)
        found = [form for form in parser.forms if fields.keys() <= form[2]]
        if shown.status != http.HTTPStatus.OK or not found:
            raise AssertionError(f"{page} gave {shown.status} and no form to fill in")
        action, hidden, _names = found[-1]
        values = {**hidden, **fields}
        target = urlsplit(urljoin(SITE + shown.path, action)).path if action else shown.path
        if file is None:
            kind, body = "application/x-www-form-urlencoded", urlencode(values).encode()
        else:
            kind, body = _with_file(values, *file)
        return self._follow(self.once(target, body, Content_Type=kind))

    def sign_in(self, email: str, password: str) -> None:
        """Through the page for it; raises where it is refused."""
        answer = self.send("/account/sign-in/", {"login": email, "password": password})
        if "/account/sign-in/" in answer.path or answer.status != http.HTTPStatus.OK:
            raise AssertionError(f"{email} could not sign in: {answer.status} at {answer.path}")


def _with_file(values: dict[str, str], field: str, name: str, data: bytes) -> tuple[str, bytes]:
    line = secrets.token_hex(16)
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in values.items()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n")
    return f"multipart/form-data; boundary={line}", b"".join([*parts, f"--{line}--\r\n".encode()])
