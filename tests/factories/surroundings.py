"""What stands around a briefing: plan, press release, sharing, fact check, announcement."""

from __future__ import annotations

from datetime import datetime, timedelta

from jbn_oversight.accounts.models import Membership
from jbn_oversight.clock import amsterdam_day
from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import AnnouncedTo
from reports.briefings.press import actions as press
from reports.briefings.sharing import actions as sharing
from tests.factories.briefings import now
from tests.factories.people import Cast, municipality


def surrounded(cast: Cast, briefing: Briefing, word: str, *, at: datetime) -> str:
    """Put them around the briefing, each with the word; the secret of a link that works.

    Nobody may still see anything by it: the party and the holder of the rule were named and
    removed.
    """
    briefing.refresh_from_db()
    planning.add_step(
        briefing=briefing,
        teller=f"Verteller {word}",
        audience=f"Publiek {word}",
        what=f"Bericht {word}",
        planned_at=at,
        at=at,
        by=cast.adviser,
    )
    press.write_text(briefing=briefing, text=f"Persbericht {word}", at=at, by=cast.adviser)
    mandate = Membership.objects.get(user=cast.institution)
    party = press.name_party(briefing=briefing, mandate=mandate, at=at, by=cast.adviser)
    press.agree_to_party(party=party, at=at, by=cast.second_adviser)
    press.remove_party(party=party, at=at, by=cast.adviser)
    rule = sharing.record_rule(
        briefing=briefing,
        holder=cast.alderman,
        councils=[municipality("GM0106")],
        agreed_by=f"Overleg {word}",
        agreed_on=amsterdam_day(at),
        note=f"Afspraak {word}",
        at=at,
        by=cast.adviser,
    )
    sharing.end_rule(rule=rule, at=at, by=cast.adviser)
    _check, link = factcheck.send(
        briefing=briefing,
        outsider=factcheck.Outsider(f"Iemand {word}", f"Bureau {word}", "iemand@test.example"),
        keys=[one.key for one in passages_of(briefing, at)],
        lasts=timedelta(hours=72),
        show_title=True,
        request=f"Vraag {word}",
        at=at,
        by=cast.adviser,
    )
    return link


def shared_and_announced(cast: Cast, briefing: Briefing, *, at: datetime) -> None:
    """An announcement, a party to the press release and a rule of sharing, all still there."""
    planning.announce(
        briefing=briefing,
        title="Een brief over jeugdbescherming",
        day=amsterdam_day(now() + timedelta(days=9)),
        to=AnnouncedTo.PUBLIC,
        places=[municipality("GM0106")],
        at=at,
        by=cast.adviser,
    )
    mandate = Membership.objects.get(user=cast.institution)
    party = press.name_party(briefing=briefing, mandate=mandate, at=at, by=cast.adviser)
    press.agree_to_party(party=party, at=at, by=cast.second_adviser)
    sharing.record_rule(
        briefing=briefing,
        holder=cast.clerk,
        councils=[municipality("GM0106")],
        agreed_by="Bestuurlijk overleg",
        agreed_on=amsterdam_day(at),
        note="",
        at=at,
        by=cast.adviser,
    )
