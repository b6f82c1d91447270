"""How long a briefing takes to print, against WeasyPrint alone on the same pages.

Prints a table: per document its pages, the milliseconds of the layout alone (untagged PDF, no
repairs, fonts already read), of ``render`` with everything, their ratio, and of the gate.
Best of so many rounds. Run with ``.venv/bin/python -m benchmarks.pdf``.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
django.setup()

import weasyprint  # noqa: E402

from reports.documents import BriefingDocument  # noqa: E402
from reports.pdf import gate, render, sources  # noqa: E402
from tests.factories.documents import ordinary_document, short_document  # noqa: E402


def best(rounds: int, work: Callable[[], object]) -> float:
    """Milliseconds of the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - begun)
    return fastest * 1000


def alone(document: BriefingDocument) -> bytes:
    """The document by WeasyPrint without tags, standards, attachments or repairs."""
    sheet, fonts = render._look()
    pictures = {
        render._picture(position): (sources.svg_in_our_font(chart.svg), "image/svg+xml")
        for position, chart in enumerate(document.charts)
    }
    page = weasyprint.HTML(
        string=render.markup_of(document),
        base_url=sources.BASE,
        url_fetcher=sources.OwnFiles(pictures),
    )
    data: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts)
    return data


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    begun = time.perf_counter()
    render.render(short_document())
    print(f"first document of a process: {(time.perf_counter() - begun) * 1000:.0f} ms")
    print("document  pages  WeasyPrint ms  render ms  ratio  gate ms")
    documents = {
        "short": short_document(),
        "ordinary": ordinary_document(),
        "60 KPIs": ordinary_document(rows=60),
    }
    for name, document in documents.items():
        printed = render.render(document)
        plain = best(rounds, lambda document=document: alone(document))  # type: ignore[misc]
        whole = best(rounds, lambda document=document: render.render(document))  # type: ignore[misc]
        judged = best(rounds, lambda data=printed.data: gate.check(data))  # type: ignore[misc]
        print(
            f"{name:<9} {printed.pages:>5} {plain:>14.0f} {whole:>10.0f} "
            f"{whole / plain:>6.2f} {judged:>8.0f}"
        )


if __name__ == "__main__":
    main()
