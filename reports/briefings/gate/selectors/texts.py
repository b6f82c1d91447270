"""Which text of a version a reader gets: that of the own place and no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jbn_oversight.accounts.models import User
from jbn_oversight.embargo import Answer
from reports.briefings.gate.selectors.prepared import has_own_texts, printings, version_of
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, Rendering, VersionVariant


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text as one reader gets it: the common one, or that of one place."""

    briefing: Briefing
    version: BriefingVersion
    variant: VersionVariant | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The frozen document."""
        return (self.variant or self.version).content

    @property
    def key(self) -> str:
        """What stands for it in an address; empty for the common text."""
        return self.variant.public_id if self.variant else ""

    @property
    def place(self) -> str:
        """Whose text it is; empty for the common one."""
        return str(self.variant.place) if self.variant else ""

    @property
    def place_code(self) -> str:
        """The same as the reading log copies it."""
        return self.variant.place_code if self.variant else ""

    @property
    def names_another_hour(self) -> bool:
        """Whether the hour was moved and the PDF with the new one is not there yet."""
        return (self.variant or self.version).names_another_hour()

    def printed(self) -> Rendering | None:
        """The printing that names the hour as it stands."""
        text, hour = self.variant or self.version, self.briefing.embargo_until
        for row in printings(text):
            if row.hour is not None and row.hour == hour:
                return row
        # One that was printed without an hour of its own: asked in full.
        return text.printed()

    @property
    def is_out(self) -> bool:
        """Whether this text is published and its hour has come.

        The briefing must come from the readers' gate. Only then do files go out without a mark.
        """
        after = self.briefing.answer == Answer.AFTER.value
        return after and self.briefing.published_version_id == self.version.pk


def texts_read_by(user: User, at: datetime, briefing: Briefing) -> list[ReadText]:
    """The texts that this reader gets of a briefing from ``visible_to``; hardly ever two.

    Who was named for one council, or sits in one, gets that council's text; who sits in two
    gets both once it is out, to choose from. Empty where there is no version to read.
    """
    key = briefing.reads_version_id
    version = None if key is None else version_of(key)
    if version is None:
        return []
    version.briefing = briefing
    own: list[VersionVariant] = []
    if has_own_texts(version):
        own = VersionVariant.objects.read_by(user, at, briefing, version)
    for one in own:
        one.version = version
    return [ReadText(briefing, version, one) for one in own] or [ReadText(briefing, version)]
