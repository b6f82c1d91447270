"""Acts in words: what was done, by whom in which role, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Role
from jbn_oversight.acts.act_kinds import all_kinds
from jbn_oversight.acts.models import RecordedAct
from jbn_oversight.acts.selectors import PlaceNames, place_names


@dataclass(frozen=True, slots=True)
class ActInWords:
    """One act as its line says it."""

    act: RecordedAct
    what: str
    detail: str
    who: str
    role: str
    agreed: str
    where: str
    link: str
    """Address of the thing, for who may open such a page; else empty."""


def in_words(acts: Sequence[RecordedAct], actor: Actor) -> list[ActInWords]:
    """The acts in words for this person; the queries do not grow with their number."""
    names = place_names(acts)
    return [_line(act, names, actor) for act in acts]


def _line(act: RecordedAct, names: PlaceNames, actor: Actor) -> ActInWords:
    kind = all_kinds()[act.kind]
    opens = bool(act.path) and (not kind.opens or actor.may(kind.opens))
    words = (str(kind.words.get(code, code)) for code in act.detail.split())
    return ActInWords(
        act=act,
        what=str(kind.label),
        detail=" ".join(words),
        who=act.by_name or _("no account: a command or a link"),
        role=roles_in_words(act.by_role),
        agreed=_with_role(act.agreed_name, act.agreed_role),
        where=names.of(act) or _("everywhere"),
        link=act.path if opens else "",
    )


def roles_in_words(codes: str) -> str:
    """Roles by their codes, in words; a role that no longer exists as it was copied."""
    known = dict(Role.choices)
    return ", ".join(str(known.get(code, code)) for code in codes.split())


def _with_role(name: str, codes: str) -> str:
    return f"{name} ({roles_in_words(codes)})" if name and codes else name
