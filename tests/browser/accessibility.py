"""Walking pages as somebody, and holding each against axe, small and large."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from jbn_oversight.accounts.models import User

WIDTHS = (1280, 360)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": list(RULES), "resultTypes": ["violations"]}


@dataclass(frozen=True)
class Walk:
    """A visit by one person (or nobody) to some addresses of a running portal."""

    browser: Browser
    server: str
    user: User | None = None
    javascript: bool = True

    def context(self) -> BrowserContext:
        """A browser of their own, signed in."""
        context = self.browser.new_context(
            java_script_enabled=self.javascript, reduced_motion="reduce"
        )
        if self.user is not None:
            client = Client()
            client.force_login(self.user)
            session = client.session
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": session.session_key or "",
                        "url": self.server,
                    }
                ]
            )
        return context

    def problems(self, addresses: Iterable[str]) -> list[str]:
        """What is wrong on each page, at each width: axe, overflow, errors, refused content."""
        found: list[str] = []
        context = self.context()
        page = context.new_page()
        said: list[str] = []
        page.on(
            "console",
            lambda message: said.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        for address in addresses:
            for width in WIDTHS:
                said.clear()
                page.set_viewport_size({"width": width, "height": 900})
                answer = page.goto(f"{self.server}{address}")
                where = f"{address} at {width}"
                if answer is None or answer.status >= 500:
                    found.append(f"{where}: {answer and answer.status}")
                    continue
                found += [f"{where}: {text}" for text in said if "status of 4" not in text]
                found += [f"{where}: {problem}" for problem in axe_problems(page)]
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    found.append(f"{where}: the page is {wide} pixels wide")
        context.close()
        return found


def axe_problems(page: Page) -> list[str]:
    """Each violation with the first elements that have it."""
    answer = Axe().run(page, options=OPTIONS).response
    return [
        f"{violation['id']}: {[node['html'][:120] for node in violation['nodes'][:3]]}"
        for violation in answer["violations"]
    ]
