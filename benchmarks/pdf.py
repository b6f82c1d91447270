"""How long briefings take to print: against WeasyPrint alone, marked, and 22 at once.

Prints per document its pages, the milliseconds of WeasyPrint alone on the same HTML (untagged
PDF, no repairs, fonts already read), of ``render`` with everything, their ratio (at most 1.2
for the four pages with three charts), of the gate, and of a personal copy with its part of a
rendering (at most 1/20). Times are of the processor, the fastest of so many rounds in turn, so
that a busy machine counts for little. Then 22 variants in one process and in two, by the
clock: at least 1.7 times as fast on two free cores. Beside it stands what the clock would say
if nobody else used the cores: all processor time of the one against that of the busier of the
two. Run with
``.venv/bin/python -m benchmarks.pdf``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
django.setup()

import weasyprint  # noqa: E402

from reports.documents.rules import BriefingDocument, DocumentSection, Text  # noqa: E402
from reports.pdf import gate, render, sources  # noqa: E402
from reports.pdf.personal import CopyMark, personal_copy  # noqa: E402
from tests.factories.documents import kpi_table, ordinary_document, short_document  # noqa: E402
from tests.factories.pdfs import (  # noqa: E402
    drawn_by_the_portal,
    letter_with_pictures,
    oplegger_with_charts,
)

VARIANTS = 22
MARK = CopyMark(
    name="Raadslid met een gewone naam",
    organisation="Gemeenteraad van een gemeente",
    at=datetime(2026, 3, 27, 9, 0, tzinfo=UTC),
    copy_number=117,
    code="7KFA9XW3",
    language="nl",
)


def fastest(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Milliseconds of the processor for the fastest round of each work, all in turn."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            begun = time.process_time()
            work()
            best[place] = min(best[place], time.process_time() - begun)
    return [seconds * 1000 for seconds in best]


def alone(html: str, files: dict[str, tuple[bytes, str]]) -> bytes:
    """The same HTML by WeasyPrint without tags, standards, attachments or repairs."""
    sheet, fonts = render._look()
    page = weasyprint.HTML(string=html, base_url=sources.BASE, url_fetcher=sources.OwnFiles(files))
    data: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts)
    return data


def variants() -> list[BriefingDocument]:
    """One text for 22 councils: own addressee, table and chart, and two charts for all."""
    whole = oplegger_with_charts()
    shared = (drawn_by_the_portal(0, months=7), drawn_by_the_portal(1, months=7))
    made = []
    for number in range(1, VARIANTS + 1):
        own = drawn_by_the_portal(2, months=7)
        own = replace(own, svg=own.svg.replace("</svg>", f"<desc>{number}</desc></svg>"))
        sections = (
            *whole.sections[:2],
            DocumentSection("Cijfers", (Text(f"Tekst voor gemeente {number}."), kpi_table(3))),
            DocumentSection("Ontwikkeling", (*shared, own)),
        )
        place = f"Gemeente {number}"
        made.append(replace(whole, place=place, addressees=(place,), sections=sections))
    return made


def warm(_: int = 0) -> None:
    """Read fonts and stylesheet, as a worker has after its first document."""
    render.render(short_document())
    time.sleep(0.5)


@dataclass(frozen=True, slots=True)
class Together:
    """Seconds by the clock for all documents, those of the busiest process, and the hashes."""

    clock: float
    busiest: float
    hashes: list[str]


def at_once(processes: int, documents: list[BriefingDocument]) -> Together:
    """All documents in so many new, warm processes."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(warm, range(processes * 2), chunksize=1)
        begun = time.perf_counter()
        done = pool.map(digest, documents, chunksize=1)
        clock = time.perf_counter() - begun
    busy: Counter[int] = Counter()
    for process, _, spent in done:
        busy[process] += spent
    return Together(clock, max(busy.values()) / 1e9, [sha256 for _, sha256, _ in done])


def digest(document: BriefingDocument) -> tuple[int, str, int]:
    """Print one document; the process, the hash, and nanoseconds of the processor."""
    begun = time.process_time_ns()
    sha256 = render.render(document).sha256
    return os.getpid(), sha256, time.process_time_ns() - begun


def print_documents(rounds: int) -> None:
    """The table per document."""
    print("document    pages  WeasyPrint ms  render ms  ratio  gate ms  copy ms  part of render")
    documents = {
        "4 pages": oplegger_with_charts(),
        "short": short_document(),
        "ordinary": ordinary_document(),
        "pictures": letter_with_pictures(),
    }
    for name, document in documents.items():
        printed = render.render(document)
        html, files = render.markup_of(document), render.files_of(document)
        personal_copy(printed.data, mark=MARK)
        plain, whole, judged, marked = fastest(
            rounds,
            lambda html=html, files=files: alone(html, files),  # type: ignore[misc]
            lambda document=document: render.render(document),  # type: ignore[misc]
            lambda data=printed.data: gate.check(data),  # type: ignore[misc]
            lambda data=printed.data: personal_copy(data, mark=MARK),  # type: ignore[misc]
        )
        print(
            f"{name:<11} {printed.pages:>5} {plain:>14.0f} {whole:>10.0f} {whole / plain:>6.2f}"
            f" {judged:>8.0f} {marked:>8.1f}  1/{whole / marked:.0f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    begun = time.perf_counter()
    render.render(short_document())
    print(f"first document of a process: {(time.perf_counter() - begun) * 1000:.0f} ms")
    print_documents(rounds)
    documents = variants()
    print(
        f"load before the {VARIANTS} variants: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores"
    )
    one, two = at_once(1, documents), at_once(2, documents)
    same = "the same bytes" if one.hashes == two.hashes else "OTHER BYTES"
    print(
        f"one process {one.clock:.1f} s, two {two.clock:.1f} s: {one.clock / two.clock:.2f} times"
        f" as fast, {one.busiest / two.busiest:.2f} by the processor; {same}"
    )
    print(f"load after: {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    main()
