"""The pages of a briefing's makers, as tabs. Whoever adds a page adds its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.briefings.permissions import Maker
from reports.models import Briefing

Shown = Callable[[Briefing, Maker], bool]


def _to_all(briefing: Briefing, maker: Maker) -> bool:
    return True


def _to_writers(briefing: Briefing, maker: Maker) -> bool:
    return maker.writes


def _while_open(briefing: Briefing, maker: Maker) -> bool:
    return briefing.is_open


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One tab: an address that takes the briefing's identifier alone, and its word."""

    name: str
    word: str | Promise
    shown: Shown = _to_all
    """To whom; the page itself checks again."""
    under: tuple[str, ...] = ()
    """Names of other pages that stand under this tab."""


PAGES: Final[tuple[WorkPage, ...]] = (
    WorkPage(
        "briefing_work",
        _("Where it stands"),
        under=(
            "briefing_approve",
            "briefing_publish",
            "briefing_texts",
            "briefing_text_aside",
            "briefing_emergency",
            "briefing_dossier",
        ),
    ),
    WorkPage(
        "briefing_edit", _("Write"), _to_writers, under=("briefing_section", "briefing_compare")
    ),
    WorkPage("briefing_comments", _("Comments")),
    WorkPage("briefing_preview", _("Preview"), _while_open),
    WorkPage("briefing_attachments", _("Attachments"), _to_writers),
    WorkPage("briefing_makers", _("Makers"), _to_writers),
    WorkPage("briefing_readers", _("Early readers")),
    WorkPage("briefing_sharing", _("Sharing"), _to_writers),
    WorkPage("briefing_fact_checks", _("Fact check")),
    WorkPage("briefing_press", _("Press release")),
    WorkPage("briefing_plan", _("Planning")),
    WorkPage("briefing_questions", _("Questions")),
    WorkPage("briefing_readings", _("Readings")),
    WorkPage("briefing_rehearsals", _("Rehearsal"), _while_open),
    WorkPage("briefing_decisions", _("Decisions"), under=("briefing_propose",)),
    WorkPage("briefing_secrecy", _("Secrecy")),
    WorkPage("briefing_breaches", _("Breaches"), under=("briefing_breach",)),
)


def tabs_of(briefing: Briefing, maker: Maker, view_name: str) -> list[tuple[str, str, bool]]:
    """The tabs for this maker: word, address, and whether it is the page of ``view_name``."""
    here = view_name.removeprefix("reports:")
    return [
        (
            str(one.word),
            reverse(f"reports:{one.name}", args=[briefing.public_id]),
            here == one.name or here in one.under,
        )
        for one in PAGES
        if one.shown(briefing, maker)
    ]
