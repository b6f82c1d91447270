"""Which kinds of notices there are, and what people chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from django.apps import apps

from jbn_oversight.accounts.models import User
from jbn_oversight.notices.models import NoticeSetting
from jbn_oversight.notices.rules import NoticeKind, Rhythm


def all_kinds() -> Mapping[str, NoticeKind]:
    """Every kind of every floor, by code. Raises ValueError for a doubled code."""
    return _declared()


@cache
def _declared() -> Mapping[str, NoticeKind]:
    kinds: dict[str, NoticeKind] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.notice_kinds"
        if find_spec(name) is None:
            continue
        for kind in import_module(name).NOTICE_KINDS:
            if kind.code in kinds:
                raise ValueError(f"the kind of notices {kind.code} is declared twice")
            kinds[kind.code] = kind
    return MappingProxyType(kinds)


def rhythms_of(people: Iterable[int], kind: NoticeKind) -> dict[int, Rhythm]:
    """How each of these people (by key) wants to be told of this kind."""
    found = dict.fromkeys(people, kind.default)
    if not kind.is_fixed:
        rows = NoticeSetting.objects.filter(user__in=list(found), kind=kind.code)
        found.update(
            (user, Rhythm(rhythm))
            for user, rhythm in rows.values_list("user", "rhythm")
            if rhythm in kind.rhythms
        )
    return found


def chosen_by(user: User) -> dict[str, Rhythm]:
    """What holds for one person, for each kind by code."""
    kinds = all_kinds()
    found = {code: kind.default for code, kind in kinds.items()}
    for code, rhythm in NoticeSetting.objects.filter(user=user).values_list("kind", "rhythm"):
        # What is fixed by now, or went, is what its kind says and no longer what was chosen.
        if code in kinds and rhythm in kinds[code].rhythms:
            found[code] = Rhythm(rhythm)
    return found
