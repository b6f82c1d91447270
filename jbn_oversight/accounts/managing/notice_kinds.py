"""The kind of notice that somebody was given a role; ``about`` is the role's public id."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop

from jbn_oversight.accounts.managing import policies
from jbn_oversight.accounts.models import Membership
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.notices.models import Notice
from jbn_oversight.notices.rules import NoticeKind


def _decides_there(notice: Notice, at: datetime) -> bool:
    """Whether this person still decides about people in the place of that role."""
    role = Membership.objects.with_places().filter(public_id=notice.about).first()
    if role is None:
        return False
    on = amsterdam_day(at)
    return policies.over(role.place, on).running(on).filter(user=notice.user).exists()


ROLE_GIVEN: Final = NoticeKind(
    code="role_given",
    word=gettext_noop("Somebody was given a role in an organisation that you look after"),
    sentence=gettext_noop(
        "Somebody was given a role in an organisation that you look after. Look whether that is "
        "right. If not, end the role or tell the administrator at once."
    ),
    may_know=_decides_there,
    fixed_because=gettext_noop("A role opens figures and texts, so nobody gets one unseen."),
)
NOTICE_KINDS: Final = (ROLE_GIVEN,)
