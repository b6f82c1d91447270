"""Load the themes that come with the portal. Loading them twice changes nothing."""

from __future__ import annotations

from django.db import transaction

from audits.comparison.reference import THEMES
from audits.frameworks.actions import load_shipped
from audits.models.comparison import ComparisonTheme
from certification.certificates.actions import save_by
from certification.models.frameworks import NormTheme
from jbn_oversight.accounts.models import User


@transaction.atomic
def load_themes(*, by: User | None) -> int:
    """The themes side by side, and the frameworks and words they need; how many were not there.

    A theme that somebody changed stays as it is. One without its norms waits until they are there.
    """
    new = load_shipped(by=by)
    for position, theme in enumerate(THEMES, 1):
        norms = [
            norm
            for framework, code in theme.norms
            for norm in NormTheme.objects.filter(framework__code=framework, code=code)
        ]
        if not norms or ComparisonTheme.objects.filter(code=theme.code).exists():
            continue
        row = ComparisonTheme(
            code=theme.code, title=theme.title, position=position, kpis=list(theme.kpis)
        )
        save_by(row, by)
        row.norm_themes.set(norms)
        new += 1
    return new
