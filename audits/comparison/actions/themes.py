"""Record which norms and figures are about one matter. What bodies say is not touched by it."""

from __future__ import annotations

from typing import Final, TypeAlias

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audits.act_kinds import THEME
from audits.actions import held_with, tie
from audits.comparison.reference import THEMES
from audits.comparison.rules.disagreement import Party
from audits.models.comparison import ComparisonTheme
from certification.certificates.actions import save_by
from certification.models.frameworks import NormTheme
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import AuthorityKind
from jbn_oversight.refusals import RefusedError

Norm: TypeAlias = tuple[str, str]
"""Code of a framework and of a theme in it, whatever the version."""
_OWN: Final = "eigen-"
"""How the codes of themes begin that did not come with the portal."""
_LONGEST: Final = 50


def next_position() -> int:
    """The place behind the last theme."""
    last = ComparisonTheme.objects.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def themes_of(norms: tuple[Norm, ...]) -> list[NormTheme]:
    """The themes with these codes, in every version of their framework."""
    rows = NormTheme.objects.select_related("framework__authority")
    return [row for row in rows if (row.framework.code, row.code) in norms]


@transaction.atomic
def save_theme(*, theme: ComparisonTheme, norms: tuple[Norm, ...], by: User) -> ComparisonTheme:
    """Add a theme, or change what it joins. Raises RefusedError.

    Where a change makes other verdicts disagree, an explanation is asked for again.
    """
    # One at a time, so that the same title twice is seen.
    rows = list(ComparisonTheme.objects.select_for_update(of=("self",)))
    is_new = theme._state.adding
    if not is_new and theme not in rows:
        raise RefusedError(_("Somebody took this theme back while you wrote."))
    if any(each.title.casefold() == theme.title.casefold() for each in rows if each != theme):
        raise RefusedError(_("A theme with this title is here already. Change that one."), "title")
    joined = themes_of(norms)
    if len(_parties(joined, theme.kpis)) < 2:
        raise RefusedError(
            _("Choose norms or figures of at least two parties; else nothing stands side by side."),
            "norms",
        )
    if is_new:
        theme.code = _code(theme.title, {each.code for each in rows})
    row, _is_changed = held_with(theme)
    save_by(row, by)
    tie(row, {"norm_themes": joined}, by)
    record_act(kind=THEME.saved(new=is_new), on=row, key=_known(row.code), by=by)
    return row


def _parties(norms: list[NormTheme], kpis: list[str]) -> set[Party]:
    """Whose judgements such a theme lays side by side."""
    found = {
        Party.CERTIFYING_BODY
        if row.framework.authority.kind == AuthorityKind.CERTIFIES
        else Party.INSPECTORATE
        for row in norms
    }
    return found | ({Party.FIGURES} if kpis else set())


def _known(code: str) -> str:
    """The code of a theme that came with the portal; any other is made of somebody's title."""
    return "" if code.startswith(_OWN) else code


def _code(title: str, taken: set[str]) -> str:
    """A lasting code that no part of a page has."""
    stem = f"{_OWN}{slugify(title)}"[: _LONGEST - 4].strip("-")
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


@transaction.atomic
def remove_theme(*, theme: ComparisonTheme, by: User) -> None:
    """Take back a theme; it stays in the history.

    Raises RefusedError for one that comes with the portal, and for one that was explained.
    """
    row: ComparisonTheme = ComparisonTheme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    if row.code in {each.code for each in THEMES}:
        raise RefusedError(
            _("This theme comes with the portal and stays. Change what it joins instead.")
        )
    if row.notes.exists():
        raise RefusedError(
            _("An adviser explained a contradiction on this theme, so it stays. Change it instead.")
        )
    record_act(kind=THEME.removed, on=row, key=_known(row.code), by=by)
    vars(row)["_history_user"] = by
    row.delete()
