"""The parts of certificate and supervision, as tabs above each of its pages."""

from __future__ import annotations

from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABS: Final[tuple[tuple[str | Promise, str], ...]] = (
    (_("Overview"), "audits:timeline"),
    (_("Certificates"), "audits:certificates"),
    (_("Audits"), "audits:audits"),
    (_("Inspections"), "audits:inspections"),
    (_("Side by side"), "reports:side_by_side"),
    (_("Findings and actions"), "audits:findings"),
    (_("Plans and studies"), "audits:plans"),
    (_("Time line"), "audits:events"),
    (_("Documents"), "audits:documents"),
)
"""Word and address name; a part takes the institution's code alone. An address may be of a
higher floor, so it is named and not imported."""


def tabs_of(institution_code: str, path: str) -> list[tuple[str, str, bool]]:
    """Word, address and is-current for the page with this path: the longest that begins it."""
    found = []
    for word, name in TABS:
        try:
            found.append((str(word), reverse(name, args=(institution_code,))))
        except NoReverseMatch:
            continue
    current = max((url for _word, url in found if path.startswith(url)), key=len, default="")
    return [(word, url, url == current) for word, url in found]
