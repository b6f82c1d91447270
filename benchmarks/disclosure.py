"""What disclosure control costs: its time beside rendering, and what it hides beside the least.

Prints (a), over small random tables with margins, how many cells are hidden for each one that
an integer programme finds must be; and (b) the seconds of processor time to protect a release
of 22 municipalities x 6 measures x 36 months with every total that links them (regions,
institution, all measures, each year), in fives as councils get it and exact, without and with
the year to date of every month, beside the seconds to render 22 variants of an ordinary
document. Run with
``.venv/bin/python -m benchmarks.disclosure``.
"""

from __future__ import annotations

import argparse
import itertools
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
django.setup()

import numpy as np  # noqa: E402

from cases.disclosure import CHEAP, Cell, Key, Line, Relation, Settings, protect  # noqa: E402
from reports.pdf import render  # noqa: E402
from tests.cases.disclosure_attack import Sum, fewest_hidden  # noqa: E402
from tests.factories.documents import ordinary_document  # noqa: E402

SIZES = (230, 70, 60, 60, 55, 50, 40, 35, 30, 25, 110, 70, 55, 45, 35, 34, 33, 32, 30, 25, 24, 20)
"""Measures a year begun in each municipality, roughly as the population is spread."""
SHARES = (0.40, 0.20, 0.15, 0.10, 0.10, 0.05)
IN_GRONINGEN = 10
MONTHS = 36
Tables = tuple[list[Cell], list[Relation], list[Line]]


def release(seed: int = 3, *, to_date: bool = False) -> Tables:
    """Measures begun per municipality, kind and month, with every total.

    With ``to_date`` also what was begun in each year up to each month.
    """
    chance = np.random.default_rng(seed)
    rate = np.array(SIZES)[:, None, None] * np.array(SHARES)[None, :, None] / 12
    months = chance.poisson(rate, (len(SIZES), len(SHARES), MONTHS))
    towns = [f"town {number:02}" for number in range(len(SIZES))]
    regions = {"groningen": towns[:IN_GRONINGEN], "drenthe": towns[IN_GRONINGEN:]}
    kinds = [f"kind {number}" for number in range(len(SHARES))]
    times = [f"month {number:02}" for number in range(MONTHS)]
    spans = {f"year {year}": times[12 * year : 12 * year + 12] for year in range(MONTHS // 12)}
    counts: dict[Key, int] = {
        (kind, town, when): int(months[t, k, m])
        for t, town in enumerate(towns)
        for k, kind in enumerate(kinds)
        for m, when in enumerate(times)
    }
    sums: list[Relation] = []

    def add(whole: Key, parts: list[Key]) -> None:
        counts[whole] = sum(counts[part] for part in parts)
        sums.append(Relation.total(whole, parts))

    for when in times:
        for kind in kinds:
            for region, of in regions.items():
                add((kind, region, when), [(kind, town, when) for town in of])
            add((kind, "whole", when), [(kind, region, when) for region in regions])
        for place in (*towns, *regions, "whole"):
            add(("all", place, when), [(kind, place, when) for kind in kinds])
    for kind, place in itertools.product((*kinds, "all"), (*towns, *regions, "whole")):
        for span, of in spans.items():
            add((kind, place, span), [(kind, place, when) for when in of])
    if to_date:
        for kind, place in itertools.product((*kinds, "all"), (*towns, *regions, "whole")):
            for of in spans.values():
                before = (kind, place, of[0])
                for when in of[1:-1]:
                    add((kind, place, f"to {when}"), [before, (kind, place, when)])
                    before = (kind, place, f"to {when}")
    for when in (*times, *spans):
        for region, of in regions.items():
            sums.append(Relation.total(("all", region, when), [("all", town, when) for town in of]))
        sums.append(Relation.total(("all", "whole", when), [("all", r, when) for r in regions]))
    dear = {"whole": 2, **dict.fromkeys(regions, 1)}
    lines = [Line(key, (key,), cost=CHEAP + dear.get(key[1], 0)) for key in counts]
    return [Cell(key, count) for key, count in counts.items()], sums, lines


def against_rendering() -> None:
    """Seconds for the release, and for 22 variants."""
    document = ordinary_document()
    render.render(document)
    begun = time.process_time()
    for _ in range(22):
        render.render(document)
    printing = time.process_time() - begun
    print(f"22 variants of an ordinary document: {printing:.1f} s", flush=True)
    fives, exact = Settings(rounding=5), Settings()
    for name, rules, to_date in (
        ("in fives", fives, False),
        ("exact", exact, False),
        ("in fives with each year to date", fives, True),
        ("exact with each year to date", exact, True),
    ):
        cells, sums, lines = release(to_date=to_date)
        begun = time.process_time()
        found = protect(cells, sums, lines, rules)
        spent = time.process_time() - begun
        small = sum(0 < cell.count < 5 for cell in cells)
        print(
            f"{len(cells)} cells, {len(sums)} sums, {name}: {spent:.1f} s, "
            f"{spent / printing:.2f} of rendering; {small} small, {len(found.hidden)} hidden, "
            f"{len(found.exposed)} exposed",
            flush=True,
        )


def against_the_least(tables: int) -> None:
    """Hidden cells over the fewest possible."""
    chance = np.random.default_rng(5)
    ratios = []
    for number in range(tables):
        height, length = ((2, 2), (2, 3), (3, 3), (3, 4))[number % 4]
        inner = chance.poisson(7, (height, length)) * (chance.random((height, length)) > 0.15)
        counts, sums = _with_margins(inner)
        found = protect(
            [Cell((name,), count) for name, count in counts.items()],
            [Relation.total((whole,), [(part,) for part in parts]) for whole, parts in sums],
        )
        least = fewest_hidden(counts, sums)
        if least:
            ratios.append(len(found.hidden) / least)
    print(
        f"{tables} small tables, {len(ratios)} with something to hide: hidden over fewest "
        f"possible is {max(ratios):.2f} at most, {sum(ratios) / len(ratios):.3f} on average"
    )


def _with_margins(inner: np.ndarray) -> tuple[dict[str, int], list[Sum]]:
    height, length = inner.shape
    rows, columns = range(height), range(length)
    counts = {f"r{r}c{c}": int(inner[r, c]) for r in rows for c in columns}
    counts |= {f"r{r}": int(inner[r].sum()) for r in rows}
    counts |= {f"c{c}": int(inner[:, c].sum()) for c in columns}
    counts["all"] = int(inner.sum())
    sums: list[Sum] = [(f"r{r}", [f"r{r}c{c}" for c in columns]) for r in rows]
    sums += [(f"c{c}", [f"r{r}c{c}" for r in rows]) for c in columns]
    sums += [("all", [f"r{r}" for r in rows]), ("all", [f"c{c}" for c in columns])]
    return counts, sums


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=120)
    asked = parser.parse_args()
    against_the_least(asked.tables)
    against_rendering()


if __name__ == "__main__":
    main()
