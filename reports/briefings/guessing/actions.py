"""Noticing who guesses addresses of papers, and reading that is out of the ordinary.

Nothing here changes an answer: a guess gets the same 404, and a reader goes on reading. People
are told, once a day for each kind and source.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from reports.briefings.guessing.selectors import is_there
from reports.briefings.models.misses import AddressMiss, AlarmKind, GuessingAlarm
from reports.briefings.models.readings import ReadingKind, ReadingLog

logger = logging.getLogger(__name__)

WINDOW: Final = timedelta(days=1)
"""Misses, and readings, that count together."""
KEEP: Final = timedelta(days=7)
MOST_ADDRESSES: Final = 4
"""From so many different addresses nobody reads on one day in the ordinary way."""
MOST_DOWNLOADS: Final = 30


def note_miss(*, path: str, address: str, user: User | None, at: datetime) -> None:
    """Note that an address of a paper was asked for in vain, and raise the alarm in time.

    Different addresses count, each once: a page that is opened again is no guess. Anyone who is not
    signed in yet guesses only what is not there; behind one address of a town hall many people
    follow the link of their mail. A source about which an alarm was raised today is not noted
    any more, so that a flood of guesses fills nothing. ``at`` is an aware instant.
    """
    source = _known(address)
    account = user.public_id if user else ""
    if source is None and not account:
        return
    day = amsterdam_day(at)
    raised = GuessingAlarm.objects.filter(kind=AlarmKind.GUESSING, day=day)
    mine = Q(address=source, account="") if source else Q(pk=None)
    if account:
        mine |= Q(address=None, account=account)
    silenced = set(raised.filter(mine).values_list("address", "account"))
    watch_address = source is not None and (source, "") not in silenced
    watch_account = bool(account) and (None, account) not in silenced
    if not (watch_address or watch_account):
        return
    since = AddressMiss.objects.filter(at__gt=at - WINDOW)
    asked = _hashed(path)
    if since.filter(address=source, account=account, asked=asked).exists():
        return
    there = user is None and is_there(path)
    AddressMiss.objects.create(address=source, account=account, asked=asked, is_there=there, at=at)
    guesses = since.filter(is_there=False)
    if watch_address:
        _judge(_different(guesses.filter(address=source)), at, address=source)
    if watch_account and user is not None:
        _judge(_different(guesses.filter(account=account)), at, user=user)


def notice_unusual(at: datetime) -> int:
    """Look in the log for readers who read from many places or download very often."""
    rows = (
        ReadingLog.objects.filter(at__gt=at - WINDOW)
        .exclude(kind=ReadingKind.TERMS)
        .values("reader_public_id", "reader_name")
        .annotate(
            places=Count("address", distinct=True),
            files=Count("pk", filter=Q(kind=ReadingKind.DOWNLOAD)),
        )
        .filter(Q(places__gte=MOST_ADDRESSES) | Q(files__gte=MOST_DOWNLOADS))
    )
    new = 0
    for row in rows:
        who = {"account": row["reader_public_id"], "name": row["reader_name"]}
        if row["places"] >= MOST_ADDRESSES:
            new += _raise(AlarmKind.ADDRESSES, row["places"], at, **who)
        if row["files"] >= MOST_DOWNLOADS:
            new += _raise(AlarmKind.DOWNLOADS, row["files"], at, **who)
    return new


def purge(at: datetime) -> int:
    """Forget old misses. How many went."""
    gone, _by_model = AddressMiss.objects.filter(at__lte=at - KEEP).delete()
    return gone


def _judge(
    count: int, at: datetime, *, address: str | None = None, user: User | None = None
) -> None:
    if count < settings.BRIEFING_MISSES_ALARM:
        return
    if user is not None:
        _raise(AlarmKind.GUESSING, count, at, account=user.public_id, name=user.name)
    else:
        _raise(AlarmKind.GUESSING, count, at, address=address)


def _raise(
    kind: AlarmKind,
    count: int,
    at: datetime,
    *,
    address: str | None = None,
    account: str = "",
    name: str = "",
) -> int:
    _row, created = GuessingAlarm.objects.get_or_create(
        kind=kind,
        address=address,
        account=account,
        day=amsterdam_day(at),
        defaults={"name": name, "count": count, "raised_at": at},
    )
    if created:
        logger.warning("an alarm about briefings was raised: %s", kind.value)
    return int(created)


def _different(rows: QuerySet[AddressMiss]) -> int:
    return rows.values("asked").distinct().count()


def _hashed(path: str) -> str:
    return salted_hmac("reports.misses", path.rstrip("/"), algorithm="sha256").hexdigest()


def _known(address: str) -> str | None:
    """The network address as it counts: of IPv6 the network, in which a machine has its pick."""
    try:
        known = ip_address(address)
    except ValueError:
        return None
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(IPv6Network((known, 64), strict=False).network_address)
    return str(known)
