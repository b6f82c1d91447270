"""The pages of a briefing's makers, in groups. Anyone who adds a page adds its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.briefings.gate.permissions import Maker
from reports.briefings.models.briefings import Briefing

Shown = Callable[[Briefing, Maker], bool]


def _to_all(briefing: Briefing, maker: Maker) -> bool:
    return True


def _to_writers(briefing: Briefing, maker: Maker) -> bool:
    return maker.writes


def _while_open(briefing: Briefing, maker: Maker) -> bool:
    return briefing.is_open


def _to_writers_while_open(briefing: Briefing, maker: Maker) -> bool:
    return maker.writes and briefing.is_open


def _to_who_signs_now(briefing: Briefing, maker: Maker) -> bool:
    return maker.approves and briefing.is_open and briefing.submitted_at is not None


def _to_who_publishes_now(briefing: Briefing, maker: Maker) -> bool:
    return maker.publishes and briefing.is_open and briefing.approved_at is not None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page: an address that takes the briefing's identifier alone, and its word."""

    name: str
    word: str | Promise
    shown: Shown = _to_all
    """To whom; the page itself checks again."""
    under: tuple[str, ...] = ()
    """Names of other pages that stand under this one."""


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Pages that belong together, under one word."""

    word: str | Promise
    pages: tuple[WorkPage, ...]


GROUPS: Final[tuple[WorkGroup, ...]] = (
    WorkGroup(
        _("Where it stands"),
        (
            WorkPage(
                "briefing_work",
                _("In short"),
                under=("briefing_texts", "briefing_text_aside", "briefing_dossier"),
            ),
            WorkPage(
                "briefing_decisions",
                _("Decisions"),
                under=("briefing_propose", "briefing_emergency"),
            ),
            WorkPage("briefing_secrecy", _("Secrecy")),
            WorkPage("briefing_breaches", _("Breaches"), under=("briefing_breach",)),
        ),
    ),
    WorkGroup(
        _("Write"),
        (
            WorkPage(
                "briefing_edit", _("The text"), _to_writers_while_open, under=("briefing_section",)
            ),
            WorkPage("briefing_attachments", _("Attachments"), _to_writers),
            WorkPage("briefing_comments", _("Comments"), _while_open),
            WorkPage("briefing_preview", _("Preview"), _while_open),
            WorkPage("briefing_compare", _("Compare versions"), _while_open),
        ),
    ),
    WorkGroup(
        _("Check and sign"),
        (
            WorkPage("briefing_approve", _("Approve"), _to_who_signs_now),
            WorkPage("briefing_makers", _("Makers"), _to_writers),
            WorkPage("briefing_fact_checks", _("Fact check")),
        ),
    ),
    WorkGroup(
        _("Readers"),
        (
            WorkPage("briefing_readers", _("Early readers")),
            WorkPage("briefing_sharing", _("Sharing"), _to_writers),
            WorkPage("briefing_questions", _("Questions")),
            WorkPage("briefing_readings", _("Readings")),
        ),
    ),
    WorkGroup(
        _("Publish"),
        (
            WorkPage("briefing_publish", _("Publish"), _to_who_publishes_now),
            WorkPage("briefing_rehearsals", _("Rehearsal"), _while_open),
            WorkPage("briefing_plan", _("Planning")),
            WorkPage("briefing_press", _("Press release"), _while_open),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One link of the menu, and what it is to the page that is shown."""

    word: str
    url: str
    current: str
    """The value of aria-current: ``page``, ``true`` for what it stands under, or empty."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The groups, each a link to its first page, and the pages of the group that is shown."""

    groups: list[MenuLink]
    pages: list[MenuLink]
    word: str
    """Of the group that is shown."""


def menu_of(briefing: Briefing, maker: Maker, view_name: str) -> Menu:
    """The menu for this maker on the page of ``view_name``; a group without pages is left out."""
    here = view_name.removeprefix("reports:")
    groups: list[MenuLink] = []
    pages: list[MenuLink] = []
    word = ""
    for group in GROUPS:
        shown = [one for one in group.pages if one.shown(briefing, maker)]
        if not shown:
            continue
        links = [
            MenuLink(
                str(one.word),
                reverse(f"reports:{one.name}", args=[briefing.public_id]),
                "page" if here == one.name else "true" if here in one.under else "",
            )
            for one in shown
        ]
        is_here = any(link.current for link in links)
        groups.append(MenuLink(str(group.word), links[0].url, "true" if is_here else ""))
        if is_here:
            pages, word = links, str(group.word)
    return Menu(groups, pages, word)
