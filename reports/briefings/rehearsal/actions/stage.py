"""The stage of a rehearsal: made-up readers of each kind, and what each ought to meet.

The readers exist only inside a transaction that is undone. What they meet comes from the
readers' gate in SQL, from the pure rule, and from the portal's own pages, called here as the
web server calls them, with a clock of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import Http404, HttpResponse
from django.urls import resolve, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jbn_oversight import access
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer, answer
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.public_id import new_public_id
from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import WRITE, Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.versions import BriefingVersion

SECOND: Final = timedelta(seconds=1)
LONG_AGO: Final = date(2000, 1, 1)

KINDS: Final = {
    "anonymous": gettext_noop("somebody who is not signed in"),
    "other_council": gettext_noop("a council member of a municipality outside the audience"),
    "invited": gettext_noop("an early reader who did not accept the terms"),
    "early": gettext_noop("an early reader who accepted the terms"),
    "removed": gettext_noop("an early reader who was removed"),
    "audience": gettext_noop("a council member or alderman in the audience"),
    "maker": gettext_noop("a maker"),
    "administrator": gettext_noop("the administrator"),
    "public": gettext_noop("the public pages, for everybody"),
}
MOMENTS: Final = {
    "before_window": gettext_noop("a second before the window opens"),
    "before": gettext_noop("a second before the hour"),
    "at": gettext_noop("at the hour"),
    "after": gettext_noop("a second after the hour"),
}


@dataclass(frozen=True, slots=True)
class Play:
    """What is played: a briefing as it will be at its release, and what makes it recognisable."""

    briefing: Briefing
    version: BriefingVersion
    window: datetime
    hour: datetime
    comes_out: bool
    """Not when it is secret: then nothing is published, whatever the hour."""
    host: str

    def moments(self) -> dict[str, datetime]:
        """The instants that are played, by name."""
        return {
            "before_window": self.window - SECOND,
            "before": self.hour - SECOND,
            "at": self.hour,
            "after": self.hour + SECOND,
        }

    def is_out(self, at: datetime) -> bool:
        """Whether the audience may read at this instant."""
        return self.comes_out and at >= self.hour

    def probes(self) -> list[str]:
        """Passages that stand on no other page than one that shows the content."""
        content = self.version.content
        texts = [content["title"] if len(content["title"]) > 12 else ""]
        for section in content["sections"]:
            texts += re.findall(r"[\w ,]{25,}", str(section))[:2]
        return [escape(text) for text in texts if text.strip()]


Reader = User | AnonymousUser
Expected = Callable[[Play, datetime], Answer]


def _none(play: Play, at: datetime) -> Answer:
    return Answer.NONE


def _invited(play: Play, at: datetime) -> Answer:
    return Answer.AFTER if play.is_out(at) else Answer.BEFORE


def _early(play: Play, at: datetime) -> Answer:
    if play.is_out(at):
        return Answer.AFTER
    return Answer.WITHIN if at >= play.window else Answer.BEFORE


def _audience(play: Play, at: datetime) -> Answer:
    return Answer.AFTER if play.is_out(at) else Answer.NONE


EXPECTED: Final[dict[str, Expected]] = {
    "anonymous": _none,
    "other_council": _none,
    "invited": _invited,
    "early": _early,
    "removed": _none,
    "audience": _audience,
    "administrator": _none,
}
"""Written down here once more and on purpose: a rehearsal that asks the rule finds nothing."""


class AwaitedError(RefusedError):
    """Somebody waits for the briefing that the play holds."""


def perform(play: Play, at: datetime) -> list[dict[str, Any]]:
    """One row for each kind of reader and moment. Only inside a transaction that is undone.

    Raises AwaitedError as soon as somebody else waits for the briefing, which is held meanwhile.
    """
    rows = []
    for kind, reader in _cast(play, at).items():
        for name, moment in play.moments().items():
            _give_way()
            met = _as_maker(play, reader, moment) if kind == "maker" else None
            if met is None:
                met = _as_reader(play, reader, moment, EXPECTED[kind](play, moment))
            rows.append({"kind": kind, "moment": name, "at": moment.isoformat(), **met})
    rows += [_public(play, name, moment) for name, moment in play.moments().items()]
    return rows


def _give_way() -> None:
    """A play may take long, and an emergency may not wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        (is_awaited,) = cursor.fetchone()
    if is_awaited:
        raise AwaitedError(
            _("Somebody else changes this briefing at this moment. Rehearse it again afterwards.")
        )


def _as_reader(play: Play, reader: Reader, at: datetime, expected: Answer) -> dict[str, Any]:
    row = Briefing.objects.with_answer(reader, at).get(pk=play.briefing.pk)
    user = reader if isinstance(reader, User) else None
    rule = answer(row.embargo_facts(user), at)
    status, shows = _visit(play, reader, reverse("reports:briefing", args=[row.public_id]), at)
    reads = expected in (Answer.WITHIN, Answer.AFTER)
    good = (
        row.answer == expected.value
        and rule is expected
        and status == (404 if expected is Answer.NONE else 200)
        and shows is reads
    )
    return {"expected": expected.value, "met": row.answer, "status": status, "good": good}


def _as_maker(play: Play, reader: Reader, at: datetime) -> dict[str, Any]:
    """A maker works on it at every hour, through the makers' gate."""
    found = Briefing.objects.worked_on_by(reader, at).filter(pk=play.briefing.pk).exists()
    path = reverse("reports:briefing_work", args=[play.briefing.public_id])
    status, _shows = _visit(play, reader, path, at)
    good = found and status == 200
    return {
        "expected": "works",
        "met": "works" if found else "none",
        "status": status,
        "good": good,
    }


def _public(play: Play, name: str, at: datetime) -> dict[str, Any]:
    """Whether it stands among the public pages: from its hour on, and only if so chosen."""
    found = Briefing.objects.public(at).filter(pk=play.briefing.pk).exists()
    wanted = play.version.public_page and play.is_out(at)
    word = {True: "public", False: "none"}
    return {
        "kind": "public",
        "moment": name,
        "at": at.isoformat(),
        "expected": word[wanted],
        "met": word[found],
        "status": None,
        "good": found is wanted,
    }


def _visit(play: Play, reader: Reader, path: str, at: datetime) -> tuple[int, bool]:
    """Status of a page for this reader at this instant, and whether it shows the content."""
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SERVER_NAME": play.host,
            "SERVER_PORT": "443",
            "HTTP_HOST": play.host,
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
        }
    )
    match = resolve(path)
    today = amsterdam_day(at)
    for name, value in {
        "user": reader,
        "at": at,
        "today": today,
        "actor": Actor.of(reader, today),
        "resolver_match": match,
        "is_rehearsal": True,
    }.items():
        setattr(request, name, value)
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return 404, False
    except PermissionDenied:
        return 403, False
    body = response.content.decode("utf-8", "replace")
    return response.status_code, any(probe in body for probe in play.probes())


def _cast(play: Play, at: datetime) -> dict[str, Reader]:
    """One made-up reader of each kind; a kind that cannot exist here is left out."""
    briefing = play.briefing
    places = [row.place for row in briefing.audience.select_related("municipality", "region")]
    outside = (
        Municipality.objects.exclude(pk__in=briefing.audience.values("municipality"))
        .order_by("cbs_code")
        .first()
    )
    found: dict[str, Reader] = {"anonymous": AnonymousUser()}
    if places:
        found["audience"] = _somebody(_reading_role(places[0]), places[0])
    if outside is not None:
        found["other_council"] = _somebody(Role.COUNCIL_MEMBER, outside)
        for kind in ("invited", "early", "removed"):
            reader = _somebody(Role.COUNCIL_MEMBER, outside)
            _invite(
                play, reader, outside, at, accepted=kind != "invited", removed=kind == "removed"
            )
            found[kind] = reader
    else:
        for kind in ("invited", "early"):
            reader = _somebody(_reading_role(places[0]), places[0])
            _invite(play, reader, places[0], at, accepted=kind == "early")
            found[kind] = reader
    maker = _somebody(Role.POLICY_ADVISER, briefing.owner)
    access.grant(WRITE, maker, briefing)
    found["maker"] = maker
    found["administrator"] = _somebody(Role.ADMINISTRATOR, briefing.owner)
    return found


def _reading_role(place: Municipality | Region) -> Role:
    return Role.COUNCIL_MEMBER if isinstance(place, Municipality) else Role.ALDERMAN


def _somebody(role: Role, place: Municipality | Region) -> User:
    user: User = User.objects.create(
        email=f"{new_public_id().lower()}@rehearsal.invalid", name="Rehearsal"
    )
    Membership.objects.create(
        user=user,
        role=role,
        from_on=LONG_AGO,
        municipality=place if isinstance(place, Municipality) else None,
        region=place if isinstance(place, Region) else None,
    )
    return user


def _invite(
    play: Play,
    reader: User,
    place: Municipality | Region,
    at: datetime,
    *,
    accepted: bool,
    removed: bool = False,
) -> None:
    role = _reading_role(place)
    mandate = Membership.objects.get(user=reader)
    EarlyReader.objects.create(
        briefing=play.briefing,
        user=reader,
        role=role,
        municipality=place if isinstance(place, Municipality) else None,
        region=place if isinstance(place, Region) else None,
        mandate=mandate.public_id,
        invited_at=at,
        invited_by=play.briefing.author,
        accepted_at=at if accepted else None,
        removed_at=at if removed else None,
        removed_by=play.briefing.author if removed else None,
    )
