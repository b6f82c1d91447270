"""The kind of notice that somebody's actions are overdue.

``about`` is an Amsterdam day and, behind a colon, the code of the institution.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop

from audits.models.plans import PlanAction
from audits.rights import SEE_TIMELINE
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.notices.models import Notice
from jbn_oversight.notices.rules import NoticeKind, Rhythm


def _is_still_late(notice: Notice, at: datetime) -> bool:
    """Whether an action of this person is late there today, and they may look."""
    day = amsterdam_day(at)
    code = notice.about.partition(":")[2]
    late = PlanAction.objects.overdue(day).filter(owner=notice.user, institution__code=code)
    seen = Actor.of(notice.user, day).places(SEE_TIMELINE).institutions
    return code in seen and late.exists()


OVERDUE: Final = NoticeKind(
    code="actions_overdue",
    word=gettext_noop("An action of yours is past its last day"),
    sentence=gettext_noop("Something that stands in your name is past its last day."),
    may_know=_is_still_late,
    rhythms=(Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.OFF),
)
NOTICE_KINDS: Final = (OVERDUE,)
