"""Load frameworks of norms. Loading the same one twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audits.act_kinds import CATEGORY, FRAMEWORK
from audits.actions import held_with
from audits.frameworks.reference import CATEGORIES, CERTIFYING_BODY, FRAMEWORKS
from audits.frameworks.rules import FrameworkFile, FrameworkHead, ThemeRow
from audits.models.findings import FindingCategory
from certification.certificates.actions import get_or_create_source, save_by
from certification.models.frameworks import NormFramework, NormTheme, Requirement
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Authority
from jbn_oversight.refusals import RefusedError, meanings_of, told_in_words


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: how many rows it added. Nothing where all was there already."""

    framework: NormFramework
    is_new: bool
    themes: int
    requirements: int

    @property
    def changed(self) -> bool:
        """Whether anything was added."""
        return bool(self.is_new or self.themes or self.requirements)


@transaction.atomic
def load_framework(*, file: FrameworkFile, by: User | None) -> Loaded:
    """Add the framework, or what this version lacks still; nothing that is there is changed.

    Raises RefusedError where the file says otherwise than what is there under the same version:
    audits were measured against that, so other words need another version.
    """
    head = file.head
    authority = Authority.objects.filter(code=head.authority).first()
    if authority is None:
        raise RefusedError(
            _("No authority has this code. Choose one of: %(codes)s.")
            % {"codes": ", ".join(Authority.objects.values_list("code", flat=True))},
            "instantie",
        )
    found = NormFramework.objects.select_for_update().filter(code=head.code, version=head.version)
    framework = found.first()
    is_new = framework is None
    if framework is None:
        framework = _new(head, authority, by)
    elif (framework.title, framework.authority_id, framework.valid_from) != (
        head.title,
        authority.pk,
        head.valid_from,
    ):
        raise RefusedError(_differs(head), "kader")
    themes = requirements = 0
    for position, theme in enumerate(file.themes, 1):
        made, added = _theme(framework, theme, position, by)
        themes += made
        requirements += added
    loaded = Loaded(framework, is_new, themes, requirements)
    if loaded.changed:
        record_act(kind=FRAMEWORK.saved(new=is_new), on=framework, by=by)
    return loaded


def _new(head: FrameworkHead, authority: Authority, by: User | None) -> NormFramework:
    row = NormFramework(
        code=head.code,
        version=head.version,
        title=head.title,
        authority=authority,
        valid_from=head.valid_from,
        source=get_or_create_source(
            code=f"{head.code}-{head.version}".replace(".", "-").lower()[:50],
            publisher=head.publisher,
            title=head.source,
            url=head.url,
            published=None,
            by=by,
        ),
    )
    save_by(row, by)
    return row


def _theme(
    framework: NormFramework, theme: ThemeRow, position: int, by: User | None
) -> tuple[int, int]:
    """How many themes (0 or 1) and requirements were added."""
    row = framework.themes.filter(code=theme.code).first()
    made = 0
    if row is None:
        row = NormTheme(framework=framework, code=theme.code, title=theme.title, position=position)
        save_by(row, by)
        made = 1
    elif row.title != theme.title:
        raise RefusedError(_other_words(framework, theme.code), "thema")
    known = {each.code: each.text for each in row.requirements.all()}
    added = 0
    for place, requirement in enumerate(theme.requirements, 1):
        if requirement.code not in known:
            save_by(
                Requirement(
                    theme=row, code=requirement.code, text=requirement.text, position=place
                ),
                by,
            )
            added += 1
        elif known[requirement.code] != requirement.text:
            raise RefusedError(_other_words(framework, requirement.code), "eis")
    return made, added


def _differs(head: FrameworkHead) -> str:
    return _(
        "Version %(version)s of this framework is here already with another title, authority or "
        "first day. Give the file a new version; an old one is never changed."
    ) % {"version": head.version}


def _other_words(framework: NormFramework, code: str) -> str:
    return _(
        "%(code)s has other words in version %(version)s, which is here already. Give the file a "
        "new version; an old one is never changed."
    ) % {"code": code, "version": framework.version}


@transaction.atomic
def load_shipped(*, by: User | None) -> int:
    """The frameworks and words that come with the portal; how many of them were not there yet.

    A word that somebody changed stays as it is. What belongs to an authority that this portal
    does not have is left out.
    """
    there = {row.code: row for row in Authority.objects.all()}
    files = [file for file in FRAMEWORKS if file.head.authority in there]
    new = sum(load_framework(file=file, by=by).changed for file in files)
    body = there.get(CERTIFYING_BODY)
    if body is None:
        return new
    for position, (code, label, is_shortcoming) in enumerate(CATEGORIES, 1):
        if not FindingCategory.objects.filter(authority=body, code=code).exists():
            row = FindingCategory(
                authority=body,
                code=code,
                label=label,
                is_shortcoming=is_shortcoming,
                position=position,
            )
            save_by(row, by)
            new += 1
    return new


@transaction.atomic
def save_category(*, category: FindingCategory, by: User) -> FindingCategory:
    """Add a word of a body for how grave a finding is, or change it. The code stays as it was.

    Raises RefusedError where the body has that word already.
    """
    row, _is_changed = held_with(category)
    same = FindingCategory.objects.filter(authority=row.authority)
    is_new = row._state.adding
    if is_new:
        row.code = row.code or slugify(row.label)[:40] or "woord"
        row.position = same.count() + 1
    if same.filter(label__iexact=row.label).exclude(pk=row.pk).exists():
        raise RefusedError(_("This body has this word already."), "label")
    with told_in_words(meanings_of(FindingCategory)):
        save_by(row, by)
    record_act(kind=CATEGORY.saved(new=is_new), on=row, by=by)
    return row
