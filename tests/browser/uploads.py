"""Every upload of the product: its form, its page, and a file of each kind that it accepts.

A new form with a file is added here; ``test_every_upload_is_tried_in_a_browser`` says so.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from django import forms
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from audits.audits_held.imports import COLUMNS as FINDING_COLUMNS
from audits.audits_held.imports import EXAMPLE as FINDING_ROWS
from audits.audits_held.views.imports import FindingsUploadForm
from audits.documents.forms import DocumentForm, VersionForm
from audits.frameworks.forms import FrameworkUploadForm
from audits.frameworks.imports import rows as framework_files
from audits.inspections.views.imports import TableForm
from audits.models.findings import Finding
from audits.models.inspections import NormVerdict
from audits.models.plans import EvidenceVersion
from audits.plans.forms.plan_actions import EvidenceForm
from cases.models import Intake, IntakeState
from certification.deliveries.forms import UploadForm
from certification.deliveries.tasks import import_delivery
from certification.models import DocumentVersion
from certification.models.frameworks import NormFramework
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.files.storage import store
from reports.briefings.decisions.actions import breaches
from reports.briefings.decisions.forms import TraceForm
from reports.briefings.decisions.models import BreachStep
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Attachment
from reports.briefings.models.versions import Rendering
from reports.briefings.printing.forms import CopyForm
from reports.briefings.writing.forms.attachments import AttachForm
from tests.audits.audits_cast import make_audit, source
from tests.audits.inspection_world import make_world
from tests.audits.plans_cast import make_action
from tests.factories.briefings import approved, drafted, invited, now
from tests.factories.deliveries import valid_delivery
from tests.factories.files import page_of_text
from tests.factories.papers import paper
from tests.factories.pdfs import printed
from tests.factories.people import Cast

IN_MEMORY = 2_621_440
"""Django keeps an upload of more bytes in a file of its own."""
DAY = timedelta(days=1)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Door:
    """The page with the form, as somebody finds it, and what she has to hand over."""

    user: User
    address: str
    fill: Callable[[Page], None]
    """What else the form asks."""
    arrived: Callable[[Page], None]
    """Fails unless the file was taken, whole."""
    small: Callable[[str], bytes]
    """A new file of that kind."""
    large: Callable[[str], bytes] | None
    """One of more than ``IN_MEMORY`` bytes; None where the form takes none so large."""

    def files(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """The files of that kind under names as people give them: none is to be judged."""
        yield f"Bestand van mei (definitief).{kind.upper()}", self.small(kind)
        if self.large is None:
            yield "zonder einde", self.small(kind)
        else:
            large = self.large(kind)
            assert len(large) > IN_MEMORY
            yield "zonder einde", large


_numbers = itertools.count(1)


# What the files hold.


def table(rows: Rows, kind: str) -> bytes:
    """Rows as a CSV file as Excel saves one in Dutch, or as a spreadsheet of text."""
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        return text.getvalue().encode("utf-8-sig")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def noise(size: int) -> Image.Image:
    """A photograph that no program makes smaller."""
    return Image.frombytes("RGB", (size, size), random.Random(1).randbytes(3 * size * size))


def picture(kind: str, size: int) -> bytes:
    """A picture; as a PDF it is a page that somebody scanned."""
    image, number = noise(size).copy(), next(_numbers)
    image.paste((number % 256, number // 256, 0), (0, 0, 16, 16))
    out = io.BytesIO()
    image.save(out, "JPEG" if kind == "jpg" else kind, quality=100)
    return out.getvalue()


def some_file(kind: str) -> bytes:
    """A file to attach."""
    if kind == "pdf":
        return page_of_text(f"Fictief stuk {next(_numbers)}")
    if kind == "csv":
        return f"maand;aantal\nmei;{next(_numbers)}\n".encode("utf-8-sig")
    return picture(kind, 40)


def large_file(kind: str) -> bytes:
    """The same, too large for memory."""
    if kind == "csv":
        return some_file(kind) + b"juni;123456789012\n" * 150_000
    return picture(kind, 1200)


def a_delivery(kind: str) -> bytes:
    """A delivery of its own, so that the next one changes something."""
    return _delivery(kind, more=0)


def large_delivery(kind: str) -> bytes:
    """Thousands of measures; the spreadsheet has the logo of the institution in it too."""
    return _delivery(kind, more=2_000)


def _delivery(kind: str, *, more: int) -> bytes:
    delivery = valid_delivery().cell("measures.csv", 0, "youth_key", f"Youth-x{next(_numbers)}")
    first = delivery.rows["measures.csv"][0]
    # They ended: a delivery in which thousands more run would wait for a person.
    over = {**first, "ended_on": "2025-03-31", "end_reason": ""}
    delivery.rows["measures.csv"] += [
        {**over, "case_key": f"Case-y{number}"} for number in range(more)
    ]
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "d"
        (delivery.zip if kind == "zip" else delivery.workbook)(path)
        if more and kind == "xlsx":
            with zipfile.ZipFile(path, "a") as book:
                book.writestr("xl/media/image1.png", picture("png", 1000))
        elif more:
            with zipfile.ZipFile(path, "w") as archive:
                for file in delivery.rows:
                    text = delivery.text(file).encode("utf-8-sig")
                    # Blank lines: what an export leaves below the last row.
                    archive.writestr(file, text + b"\r\n" * 350_000)
        return path.read_bytes()


def findings(kind: str) -> bytes:
    """A finding of its own beside the example's."""
    row = (f"7.{next(_numbers)}0", *FINDING_ROWS[0][1:])
    return table([tuple(FINDING_COLUMNS), row], kind)


def spoiled_findings() -> bytes:
    """Findings of which the spreadsheet made a day, and the number 3.1 of 3.10."""
    rest = ("organisatie", None, "kritisch feit", "Fictief.", None, "nee", None)
    numbers = (date(2026, 1, 3), 3.10, "3.2")
    return table([tuple(FINDING_COLUMNS), *((number, *rest) for number in numbers)], "xlsx")


def framework(kind: str) -> bytes:
    """A framework of its own."""
    version = f"{next(_numbers)}.10"
    if kind == "toml":
        first = dict(zip(framework_files.COLUMNS, framework_files.EXAMPLE[1], strict=True))
        head = {name: first[name] for name in framework_files.HEAD} | {"versie": version}
        lines = [f'{name} = "{value}"' for name, value in head.items()]
        theme = ("[[thema]]", 'code = "organisatie"', 'titel = "Organisatie en processen"')
        return "\n".join(("# Een verzonnen kader", *lines, *theme)).encode()
    header, first_row, *rest = framework_files.EXAMPLE
    at = header.index("versie")
    own = (*first_row[:at], version, *first_row[at + 1 :])
    return table([header, own, *rest], kind)


def verdicts(kind: str) -> bytes:
    """One verdict, with a remark of its own."""
    row = ("jbn", "zicht", "voldoet", f"Fictief {next(_numbers)}.")
    return table([("instelling", "norm", "oordeel", "opmerking"), row], kind)


# The pages.


def nothing_else(_page: Page) -> None:
    """The form asks no more."""


def one_more(count: Callable[[], int]) -> Callable[[Page], None]:
    """Fails unless there is one row more than the last time."""
    seen = [count()]

    def arrived(page: Page) -> None:
        assert count() == seen[0] + 1, page.locator("main").inner_text()[:2000]
        seen[0] = count()

    return arrived


def deliveries(cast: Cast) -> Door:
    def fill(page: Page) -> None:
        page.fill("[name=period_from]", "2025-01")
        page.fill("[name=period_until]", "2025-03")

    def arrived(page: Page) -> None:
        assert "/deliveries/attempts/" in page.url, page.locator("main").inner_text()
        import_delivery(Intake.objects.latest("pk").pk)
        page.reload()
        said = page.locator("main").inner_text()
        assert Intake.objects.latest("pk").state == IntakeState.ACCEPTED, said
        assert "geweigerd" not in said

    return Door(
        cast.institution, reverse("certification:upload"), fill, arrived, a_delivery, large_delivery
    )


def findings_of_an_audit(cast: Cast) -> Door:
    audit = make_audit(cast.adviser)

    def fill(page: Page) -> None:
        page.select_option("[name=source]", source().code)

    count = one_more(Finding.objects.count)

    def arrived(page: Page) -> None:
        page.click("main button[name=store]")
        count(page)

    address = reverse("audits:findings_import", args=["jbn", audit.public_id])
    return Door(cast.adviser, address, fill, arrived, findings, None)


def frameworks(cast: Cast) -> Door:
    return Door(
        cast.adviser,
        reverse("audits:framework_load", args=["jbn"]),
        nothing_else,
        one_more(NormFramework.objects.count),
        framework,
        None,
    )


def verdicts_of_an_inspection(cast: Cast) -> Door:
    world = make_world(by=cast.adviser)
    world.publish()
    history = NormVerdict.history.model.objects

    def fill(page: Page) -> None:
        page.select_option("[name=from_source]", world.source.code)

    count = one_more(lambda: history.filter(history_type__in="+~").count())

    def arrived(page: Page) -> None:
        page.click("main button[name=act][value=record]")
        count(page)

    address = reverse("audits:verdicts_import", args=["jbn", world.place.public_id])
    return Door(cast.adviser, address, fill, arrived, verdicts, None)


def papers(cast: Cast) -> Door:
    def fill(page: Page) -> None:
        page.select_option("[name=source]", "new")
        page.locator("details:has([name=new_source_title])").evaluate("one => one.open = true")
        page.fill("[name=new_source_publisher]", "Test")
        page.fill("[name=new_source_title]", f"Stuk {next(_numbers)}")

    address = reverse("audits:document_new", args=["jbn"])
    arrived = one_more(DocumentVersion.objects.count)
    return Door(cast.adviser, address, fill, arrived, some_file, large_file)


def next_papers(cast: Cast) -> Door:
    document = paper(by=cast.adviser, at=utc_now(), title="Brief", text="Woorden").document

    def fill(page: Page) -> None:
        page.fill("[name=reason]", "Een nieuwe druk.")

    address = reverse("audits:document_version_new", args=["jbn", document.public_id])
    return Door(
        cast.adviser, address, fill, one_more(DocumentVersion.objects.count), some_file, large_file
    )


def evidence(cast: Cast) -> Door:
    action = make_action(cast.adviser, owner=cast.adviser)

    def fill(page: Page) -> None:
        page.locator("details:has([name=evidence-file])").evaluate("one => one.open = true")
        page.fill("[name=evidence-title]", f"Bewijs {next(_numbers)}")

    address = reverse("audits:action", args=["jbn", action.public_id])
    return Door(
        cast.adviser, address, fill, one_more(EvidenceVersion.objects.count), some_file, large_file
    )


def attachments(cast: Cast) -> Door:
    briefing = drafted(cast, at=now(), until=now() + DAY)

    def fill(page: Page) -> None:
        page.fill("[name=title]", f"Bijlage {next(_numbers)}")

    address = reverse("reports:briefing_attachments", args=[briefing.public_id])
    arrived = one_more(Attachment.objects.count)
    return Door(cast.adviser, address, fill, arrived, some_file, large_file)


def personal_copy(cast: Cast) -> tuple[Briefing, bytes]:
    """A briefing under embargo, and the copy that the council member downloaded."""
    at = now() - timedelta(hours=2)
    briefing = approved(cast, at=at, until=at + DAY, printed=False)
    version = briefing.latest_version()
    assert version is not None
    stored = store(printed("short").data, content_type="application/pdf", name="briefing.pdf")
    Rendering.objects.create(
        version=version, hour=briefing.embargo_until, started_at=at, finished_at=at, pdf=stored
    )
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    client = Client()
    client.force_login(cast.council_member)
    address = reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id])
    return briefing, client.get(address).content


def whose_copy(cast: Cast) -> Door:
    _briefing, copy = personal_copy(cast)

    def arrived(page: Page) -> None:
        assert cast.council_member.name in page.locator("main").inner_text()

    address = reverse("reports:briefing_whose_copy")
    return Door(cast.privacy_officer, address, nothing_else, arrived, *pdfs(copy))


def breach(cast: Cast) -> Door:
    briefing, copy = personal_copy(cast)
    found = breaches.record_breach(
        briefing=briefing, what="Foto", noticed_at=now(), at=now(), by=cast.adviser
    )
    count = one_more(BreachStep.objects.count)

    def arrived(page: Page) -> None:
        count(page)
        assert cast.council_member.name in BreachStep.objects.latest("pk").text

    address = reverse("reports:briefing_breach", args=[briefing.public_id, found.public_id])
    return Door(cast.adviser, address, nothing_else, arrived, *pdfs(copy))


def pdfs(copy: bytes) -> tuple[Callable[[str], bytes], Callable[[str], bytes]]:
    """The copy, and the copy after a mail program put something behind it."""
    return (lambda _kind: copy, lambda _kind: copy + b"\n" * IN_MEMORY)


TABLES = ("csv", "xlsx")
PAPERS = ("pdf", "png", "jpg", "jpeg", "csv")
UPLOADS: dict[type[forms.BaseForm], tuple[Callable[[Cast], Door], tuple[str, ...]]] = {
    UploadForm: (deliveries, ("zip", "xlsx")),
    FindingsUploadForm: (findings_of_an_audit, TABLES),
    FrameworkUploadForm: (frameworks, (*TABLES, "toml")),
    TableForm: (verdicts_of_an_inspection, TABLES),
    DocumentForm: (papers, PAPERS),
    VersionForm: (next_papers, PAPERS),
    EvidenceForm: (evidence, PAPERS),
    AttachForm: (attachments, PAPERS),
    CopyForm: (whose_copy, ("pdf",)),
    TraceForm: (breach, ("pdf",)),
}
"""The door of each form and the kinds of files that it accepts."""
