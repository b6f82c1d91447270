"""Who may look into the log of acts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.accounts.rights import Right

SEE_ACTS: Final = "acts.see"

RIGHTS: Final = (
    Right(
        SEE_ACTS,
        _("see who did what in your places"),
        frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}),
    ),
)
