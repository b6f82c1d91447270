"""The main navigation: at most six entries, each shown to anyone who has a right there.

An entry names its pages by address name, so this floor knows no app above it. Where a page is
about one institution and the person sees several, it is the one that they looked at last; where
they have not chosen yet, the entry opens the page to choose one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.organisations.models import Institution

if TYPE_CHECKING:
    from jbn_oversight.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Page:
    """A page that an entry can open: its address name and the right it asks for."""

    url_name: str
    right: str
    per_institution: bool = False
    label: str | Promise = ""
    """Its word among the pages of one entry; without it, it stands in no such list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word in the navigation. It opens the first of its pages that the person may see."""

    label: str | Promise
    pages: tuple[Page, ...]
    prefixes: tuple[str, ...]
    """Beginnings of paths for which this is the current entry."""


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry as one person sees it."""

    label: str
    url: str
    current: bool


ENTRIES: tuple[Entry, ...] = (
    Entry(
        _("Overview"),
        (
            Page(
                "reports:overview",
                "reports.see_overview",
                per_institution=True,
                label=_("Overview"),
            ),
            Page("reports:agenda", "reports.see_overview", per_institution=True, label=_("Agenda")),
        ),
        ("/overview/",),
    ),
    Entry(
        _("Figures"),
        (
            Page(
                "reports:figures", "reports.see_figures", per_institution=True, label=_("Figures")
            ),
            Page("certification:deliveries", "certification.see_deliveries", label=_("Deliveries")),
            Page("certification:staffing", "certification.see_staffing", label=_("Staffing")),
            Page("certification:runs", "certification.see_runs", label=_("Computed figures")),
        ),
        ("/figures/", "/deliveries/", "/staffing/", "/runs/"),
    ),
    Entry(
        _("Certificate and supervision"),
        (Page("audits:timeline", "audits.see_timeline", per_institution=True),),
        ("/oversight/",),
    ),
    Entry(
        _("Briefings"),
        (Page("reports:briefings", "reports.see_briefings"),),
        ("/briefings/",),
    ),
    Entry(
        _("Organisation"),
        (
            Page("organisations:mine", "organisations.see_own", label=_("Who oversees whom")),
            Page("organisations:regions", "organisations.manage", label=_("Keep organisations")),
        ),
        ("/organisation/",),
    ),
    Entry(
        _("Management"),
        (
            Page("accounts:people", "accounts.manage_people", label=_("People of your council")),
            Page(
                "reports:briefing_council_readings",
                "reports.see_council_readings",
                label=_("Read in your council"),
            ),
            Page("reports:briefing_log", "reports.see_logs", label=_("Log of briefings read")),
            Page("reports:briefing_whose_copy", "reports.see_logs", label=_("Whose copy")),
            Page("reports:briefing_alarms", "reports.see_logs", label=_("Alarms")),
            Page("reports:records", "reports.export_briefings", label=_("Records for the archive")),
            Page("accounts:log", "accounts.see_account_log", label=_("Log of roles")),
            Page("accounts:accounts", "accounts.manage", label=_("People and roles")),
            Page("accounts:decisions", "accounts.decide", label=_("To decide")),
            Page("acts:log", "acts.see", label=_("Log of acts")),
            Page("admin:index", "accounts.manage", label=_("Equated days")),
            Page("certification:runs", "certification.see_runs", label=_("Computed figures")),
        ),
        ("/management/", "/runs/"),
    ),
)


def page_url(page: Page, actor: Actor, chosen: str = "") -> str | None:
    """The address of a page for this person, or None where they may not see it.

    ``chosen`` is the code of the institution that they look at, if any.
    """
    if page.right not in all_rights() or not actor.may(page.right):
        return None
    args: tuple[str, ...] = ()
    if page.per_institution:
        institutions = actor.places(page.right).institutions
        if not institutions:
            return None
        if len(institutions) > 1 and chosen not in institutions:
            query = urlencode({"page": page.url_name})
            return f"{reverse('organisations:choose')}?{query}"
        args = (chosen if chosen in institutions else next(iter(institutions)),)
    try:
        return reverse(page.url_name, args=args)
    except NoReverseMatch:
        return None


def page_of_institutions(actor: Actor, url_name: str) -> Page | None:
    """The page by that address name, if it is about one institution and this person may see it.

    Without a name the first such page of the navigation.
    """
    for entry in ENTRIES:
        for page in entry.pages:
            if page.per_institution and url_name in ("", page.url_name) and page_url(page, actor):
                return page
    return None


def institutions_of(page: Page, actor: Actor, current: str = "") -> list[NavigationLink]:
    """The institutions of which the person may see the page, by name, each with that page."""
    rows = Institution.objects.filter(code__in=actor.places(page.right).institutions)
    return [
        NavigationLink(row.name, reverse(page.url_name, args=[row.code]), row.code == current)
        for row in rows.order_by("name")
    ]


def other_institutions(actor: Actor, path: str, current: str) -> list[NavigationLink]:
    """What to choose from on a page about the institution ``current``, where there are more.

    Each opens the page that the person is on, or else the first of the entry.
    """
    found = [
        page
        for entry in ENTRIES
        if path.startswith(entry.prefixes)
        for page in entry.pages
        if page.per_institution
    ]
    if not found:
        return []
    here = {page: reverse(page.url_name, args=[current]) for page in found}
    page = max(found, key=lambda one: len(here[one]) if path.startswith(here[one]) else 0)
    seen = actor.places(page.right).institutions
    return institutions_of(page, actor, current) if len(seen) > 1 else []


def links(actor: Actor, path: str, chosen: str = "") -> list[NavigationLink]:
    """The navigation of one person on the page with this path."""
    return [link for _entry, link in _entries(actor, path, chosen)]


def _entries(actor: Actor, path: str, chosen: str) -> Iterator[tuple[Entry, NavigationLink]]:
    taken = False
    for entry in ENTRIES:
        url = next((url for page in entry.pages if (url := page_url(page, actor, chosen))), None)
        if url:
            # A page under two entries belongs to the first that the person has.
            current = not taken and path.startswith(entry.prefixes)
            taken = taken or current
            yield entry, NavigationLink(str(entry.label), url, current)


def pages(actor: Actor, path: str, chosen: str = "") -> list[NavigationLink]:
    """The pages of the current entry, where this person has more than one of them."""
    for entry, link in _entries(actor, path, chosen):
        if link.current:
            found = [
                (str(page.label), url)
                for page in entry.pages
                if page.label and (url := page_url(page, actor, chosen))
            ]
            # The page whose address goes furthest along: one may lie below another.
            here = max((url for _label, url in found if path.startswith(url)), key=len, default="")
            marked = [NavigationLink(label, url, url == here) for label, url in found]
            return marked if len(marked) > 1 else []
    return []


def first_page(actor: Actor, chosen: str = "") -> str | None:
    """Where a person lands after signing in: the first entry they have."""
    found = links(actor, "", chosen)
    return found[0].url if found else None
