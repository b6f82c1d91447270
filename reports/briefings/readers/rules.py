"""Addresses that more than one person reads: nobody is named by one of these. Pure."""

from __future__ import annotations

import re
from typing import Final

SHARED: Final = frozenset(
    {
        "abuse", "admin", "administratie", "afdeling", "algemeen", "balie", "bestuur",
        "bestuurssecretariaat", "college", "communicatie", "contact", "dis",
        "fractie", "fracties", "fractiebureau", "gemeente", "gemeentebestuur", "gemeenteraad",
        "griffie", "griffies", "helpdesk", "hello", "ibabs", "info", "informatie",
        "jeugd", "kcc", "klantcontact", "leden", "mail", "mailbox", "noreply", "no", "office",
        "onderwerpen", "pers", "persvoorlichting", "post", "postbus", "postkamer", "presidium",
        "raad", "raadsgriffie", "raadsleden", "raadsinformatie", "receptie", "redactie",
        "samenleving", "secretariaat", "service", "servicedesk", "statengriffie",
        "steunfractie", "stukken", "team", "vergaderingen", "voorlichting", "webmaster",
        "wethouders",
    }
)  # fmt: skip
"""First words of an address before the at sign. One person holds the office of a griffier."""

_WORD: Final = re.compile(r"[^\W\d_]+")


def is_shared(email: str) -> bool:
    """Whether the address looks like that of a group: its first word is one of ``SHARED``."""
    local = email.strip().lower().partition("@")[0]
    found = _WORD.search(local)
    return found is None or found[0] in SHARED
