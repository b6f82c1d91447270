"""A briefing with everything that can go out: texts of places, figures, files, readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from certification.models import KpiResult
from jbn_oversight.files.storage import store
from jbn_oversight.organisations.models import Municipality, Region
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.sections import TypedText
from tests.factories.briefings import (
    PRINTED,
    drafted,
    invited,
    mandate_of,
    put_pdf,
    some_draft,
)
from tests.factories.files import page_of_text
from tests.factories.people import Cast, municipality, region
from tests.factories.results import ASSEN, DRENTHE, GRONINGEN, WHOLE, result, run

COMMON: Final = "Zin voor iedereen, met [[cijfer: contact_5wd | drenthe | 2025-09]]."
PARTS: Final = {
    "drenthe": "Zin voor Drenthe alleen.",
    "groningen": "Zin voor Groningen alleen.",
    "GM0106": "Zin voor Assen alleen, met [[cijfer: contact_5wd | eigen gemeente | 2025-09]].",
}
FILES: Final = ("Rapport inspectie", "Brief instelling", "Tabel wachttijden")
FIGURE: Final = "350 van 700"
FIGURE_OF_ASSEN: Final = "155 van 250"
SAID: Final = (
    "Zin voor iedereen",
    "Zin voor Drenthe alleen.",
    "Zin voor Groningen alleen.",
    "Zin voor Assen alleen",
    FIGURE,
    FIGURE_OF_ASSEN,
    *FILES,
)
"""What must stand wherever somebody decides whether it goes out."""


def figures() -> None:
    """The results that the texts quote, once."""
    if KpiResult.objects.exists():
        return
    by = run()
    for place, part, whole in (
        (GRONINGEN, 600, 1400),
        (DRENTHE, 350, 700),
        (WHOLE, 950, 2100),
        (ASSEN, 155, 250),
    ):
        result(by, "contact_5wd", place, part, whole, norm=100)


def parted(
    cast: Cast, *, at: datetime, until: datetime | None = None, regions: bool = False
) -> Briefing:
    """A draft with parts for two regions and one municipality, three files and a reader.

    With ``regions`` its audience is both regions and Assen, which makes a text for each of their
    municipalities; else Assen and the city of Groningen, which is two texts and quick.
    """
    figures()
    until = until or at + timedelta(days=1)
    briefing = drafted(cast, at=at, until=until)
    places: set[Municipality | Region] = {municipality("GM0106")}
    places |= {region("drenthe"), region("groningen")} if regions else {municipality("GM0014")}
    draft = replace(some_draft(until), sections=(("Kop", COMMON),), audience=frozenset(places))
    briefing = drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=at, by=cast.adviser
    )
    for code, text in PARTS.items():
        place = municipality(code) if code.startswith("GM") else region(code)
        section = sections.add_section(
            briefing=briefing, heading=f"Voor {place}", after=None, at=at, by=cast.adviser
        )
        typed = TypedText(section.heading, text, section.revision, place=place)
        sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    for title in FILES:
        attached(cast, briefing, title, at=at)
    invited(cast, briefing, cast.council_member, at=at)
    briefing.refresh_from_db()
    return briefing


def attached(cast: Cast, briefing: Briefing, title: str, *, at: datetime) -> None:
    """One more file with the draft."""
    drafting.attach(
        briefing=briefing,
        title=title,
        data=page_of_text(title),
        content_type="application/pdf",
        at=at,
        by=cast.adviser,
    )


def submitted(cast: Cast, briefing: Briefing, *, at: datetime) -> Briefing:
    """Waiting for the alderman of Drenthe."""
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.second_adviser,
        co_writers=[],
        at=at,
        by=cast.adviser,
    )
    briefing.refresh_from_db()
    return signing.submit(
        briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser
    )


def printed(briefing: Briefing, *, at: datetime) -> BriefingVersion:
    """The latest version with a made-up PDF of each of its texts."""
    version = briefing.latest_version()
    assert version is not None
    put_pdf(version, at=at)
    stored = store(PRINTED + b" own", content_type="application/pdf", name="briefing.pdf")
    for variant in version.variants.all():
        Rendering.objects.create(
            version=version, variant=variant, started_at=at, finished_at=at, pdf=stored
        )
    return version


def signed(
    cast: Cast, *, at: datetime, until: datetime | None = None, regions: bool = False
) -> Briefing:
    """Signed by the alderman and printed; waiting for the second adviser to publish it."""
    briefing = submitted(cast, parted(cast, at=at, until=until, regions=regions), at=at)
    signing.approve(
        briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.region_alderman
    )
    briefing.refresh_from_db()
    printed(briefing, at=at)
    return briefing
