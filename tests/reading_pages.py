"""Read a page as its reader does: the words of a part, where a link goes, what a picture says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from jbn_oversight.accounts.models import User


@dataclass(frozen=True)
class Page:
    """What somebody got at an address."""

    html: str

    @property
    def words(self) -> str:
        """The words between the header and the footer; those inside pictures are left out."""
        found = re.search(r"<main.*</main>", self.html, re.DOTALL)
        assert found, "no page of the portal"
        return words_of(found.group())

    def part(self, name: str) -> Page:
        """The section that is labelled by the heading with this id."""
        found = re.search(
            rf'<section[^>]*aria-labelledby="{name}"[^>]*>.*?</section>', self.html, re.DOTALL
        )
        assert found, f"no section {name}"
        return Page(f"<main>{found.group()}</main>")

    def rows(self, caption: str = "") -> list[str]:
        """The words of each row of the tables (with that caption)."""
        tables = re.findall(r"<table.*?</table>", self.html, re.DOTALL)
        return [
            words_of(row)
            for table in tables
            if caption in words_of(table)
            for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        ]

    def items(self, kind: str = "li") -> list[str]:
        """The words of each item of a list, or of each of another element."""
        return [
            words_of(one) for one in re.findall(rf"<{kind}\b.*?</{kind}>", self.html, re.DOTALL)
        ]

    def elements(self) -> set[str]:
        """The words of each heading, column, term, field, button and link."""
        inner = r"(?:(?!</?\1\b).)*"
        kinds = "h1|h2|h3|th|dt|label|legend|button|summary|a|caption"
        found = re.findall(rf"<({kinds})\b[^>]*>({inner})</\1>", self.html, re.DOTALL)
        return {words_of(text) for _kind, text in found}

    def links(self) -> dict[str, str]:
        """Words -> address."""
        found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.html, re.DOTALL)
        return {words_of(text): unescape(address) for address, text in found}

    def pictures(self) -> list[str]:
        """What each chart writes, its title and description included."""
        return [
            re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", one))).strip()
            for one in re.findall(r"<svg[^>]*>.*?</svg>", self.html, re.DOTALL)
        ]


def words_of(html: str) -> str:
    """The words of a piece of a page."""
    shown = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown))).strip()
    return re.sub(r" ([.,;:?!)])", r"\1", text)


def read(user: User | None, address: str) -> Page:
    """The page at an address, as somebody gets it."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return Page(answer.content.decode())


@contextmanager
def for_a_while(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A world that is gone afterwards; for pages that many tests read."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
