"""What a council was told, when, and in which version: for its makers, and for the council.

The makers of a briefing see all of it. A council's own people, and makers of other briefings,
see what is out and was meant for that council, and what was noted by hand for them to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer
from jbn_oversight.organisations.models import Institution, Municipality
from reports.briefings.gate.permissions import MAKE_RIGHT
from reports.briefings.gate.selectors.published import came_out
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import QuestionAnswer
from reports.briefings.models.readers import READING_ROLES
from reports.briefings.sharing.models import ToldFact

COUNCIL_ROLES = (Role.COUNCIL_MEMBER, Role.CLERK)


@dataclass(frozen=True, slots=True)
class Told:
    """One line: on an Amsterdam day, in words; ``open`` where the council may know it."""

    on: date
    what: str
    open: bool
    version: int | None = None
    source: str = ""
    url: str = ""
    order: int = field(default=0, compare=False)
    fact: ToldFact | None = None


def told(
    municipality: Municipality, institution: Institution, user: User, at: datetime
) -> list[Told]:
    """The chronology of one council about one institution, as this person may see it at ``at``."""
    mine = Briefing.objects.worked_on_by(user, at).filter(institution=institution)
    seen = Briefing.objects.with_answer(user, at).filter(
        Q(answer=Answer.AFTER.value), institution=institution
    )
    lines: list[Told] = []
    worked_on = set(mine.values_list("pk", flat=True))
    for briefing in mine.select_related("published_version"):
        lines += _before(briefing, municipality, at)
    both = Briefing.objects.filter(Q(pk__in=worked_on) | Q(pk__in=[row.pk for row in seen]))
    for briefing in both.select_related("published_version"):
        if _is_for(briefing, municipality):
            lines += _after(briefing, at)
    lines += _by_hand(municipality, institution, user, at)
    return sorted(lines, key=lambda line: (line.on, line.order))


def may_see(municipality: Municipality, user: User, at: datetime) -> bool:
    """Makers whose places hold this council, and anyone who reads briefings in it."""
    return is_maker_there(municipality, user, at) or _reads_there(municipality, user, at)


def is_maker_there(municipality: Municipality, user: User, at: datetime) -> bool:
    """Whether this person makes briefings in a place that holds the council."""
    places = Actor.of(user, amsterdam_day(at)).places(MAKE_RIGHT)
    return municipality.cbs_code in places.municipalities


def _reads_there(municipality: Municipality, user: User, at: datetime) -> bool:
    rows = Membership.objects.running(amsterdam_day(at))
    return rows.filter(user=user, municipality=municipality, role__in=READING_ROLES).exists()


def _is_for(briefing: Briefing, municipality: Municipality) -> bool:
    return briefing.audience.filter(municipality=municipality).exists()


def _before(briefing: Briefing, municipality: Municipality, at: datetime) -> Iterator[Told]:
    """Who of the council was invited when, and from when they could read: for its makers."""
    url = reverse("reports:briefing_readers", args=[briefing.public_id])
    rows = briefing.early_readers.filter(municipality=municipality, role__in=COUNCIL_ROLES)
    days: dict[date, int] = {}
    for reader in rows:
        day = amsterdam_day(reader.invited_at)
        days[day] = days.get(day, 0) + 1
    for day, count in sorted(days.items()):
        words = ngettext(
            "One person of the council was invited to read “%(title)s” under embargo.",
            "%(n)s people of the council were invited to read “%(title)s” under embargo.",
            count,
        ) % {"n": count, "title": briefing.title}
        yield Told(day, words, open=False, url=url, order=1)
    opens, approved = briefing.window_opens_at, briefing.approved_at
    if days and opens and approved and max(opens, approved) <= at:
        words = _("They could read “%(title)s” under embargo.") % {"title": briefing.title}
        yield Told(amsterdam_day(max(opens, approved)), words, open=False, version=1, order=2)
    if briefing.withdrawn_at is not None:
        words = _("“%(title)s” was withdrawn.") % {"title": briefing.title}
        yield Told(amsterdam_day(briefing.withdrawn_at), words, open=False, order=9)


def _is_shut(briefing: Briefing) -> bool:
    """Whether nothing of it may be told now, also where a version was published once."""
    if not briefing.is_open:
        return True
    return briefing.published_at is None or briefing.is_secret


def _after(briefing: Briefing, at: datetime) -> Iterator[Told]:
    """Publication, corrections and answers, from the moment that the council could know."""
    if _is_shut(briefing):
        return
    url = reverse("reports:briefing", args=[briefing.public_id])
    first: datetime | None = None
    for one in came_out(briefing, at):
        version, out = one.version, one.at
        said = {"title": version.content["title"]}
        if first is None:
            first = out
            words = _("“%(title)s” was published.") % said
        else:
            words = _("“%(title)s” was corrected.") % said
            if version.reason:
                words = f"{words} {version.reason}"
        yield Told(amsterdam_day(out), words, open=True, version=version.number, url=url, order=3)
    if first is None:
        return
    answers = QuestionAnswer.objects.filter(question__briefing=briefing, given_at__lte=at)
    days: dict[date, int] = {}
    for answer in answers:
        assert answer.given_at is not None  # asked for
        day = amsterdam_day(max(answer.given_at, first))
        days[day] = days.get(day, 0) + 1
    title = briefing.published_version.content["title"] if briefing.published_version else ""
    for day, count in sorted(days.items()):
        words = ngettext(
            "A question about “%(title)s” was answered.",
            "%(n)s questions about “%(title)s” were answered.",
            count,
        ) % {"n": count, "title": title}
        yield Told(day, words, open=True, url=url, order=4)


def _by_hand(
    municipality: Municipality, institution: Institution, user: User, at: datetime
) -> Iterator[Told]:
    facts = ToldFact.objects.filter(
        municipality=municipality,
        institution=institution,
        struck_at=None,
        recorded_at__lte=at,
    )
    if not is_maker_there(municipality, user, at):
        facts = facts.filter(for_council=True)
    for fact in facts:
        yield Told(
            fact.on,
            f"{fact.get_kind_display().capitalize()}: {fact.text}",
            open=fact.for_council,
            source=fact.source,
            fact=fact,
        )


def as_markdown(lines: Iterable[Told]) -> str:
    """What the council may know, as the text of a section; empty where there is nothing."""
    written = []
    for line in lines:
        if not line.open:
            continue
        version = _(" (version %(n)s)") % {"n": line.version} if line.version else ""
        day = date_format(line.on, "j F Y")
        what = " ".join(line.what.split())
        written.append(f"- {day}: {what}{version}" + (f" {line.source}" if line.source else ""))
    return "\n".join(written)
