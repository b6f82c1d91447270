"""Charts: safe inside a page, readable without colour, in the language asked for."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from jbn_oversight.clock import add_months
from reports.charts import ChartEvent, Series, stacked_svg, trend_svg
from reports.charts.scale import ChartUnit, ticks_of_scale
from reports.charts.svg import clean

MONTHS = [add_months(date(2023, 10, 1), number) for number in range(24)]


def line(label: str, start: float, gap: range = range(0)) -> Series:
    """A rising line with a gap."""
    return Series(
        label,
        tuple((m, None if i in gap else start + i / 2) for i, m in enumerate(MONTHS)),
    )


def trend(language: str = "nl", **options: object) -> str:
    """Three lines and a norm."""
    return trend_svg(
        [line("Instelling", 50), line("Groningen", 55), line("Drenthe", 45)],
        language=language,
        print=False,
        norm=100,
        norm_label="norm 100%",
        title="Eerste contact",
        description="Stijgt",
        **options,  # type: ignore[arg-type]
    )


def test_a_chart_passes_a_policy_that_forbids_inline_style_and_script() -> None:
    svg = trend(events=[ChartEvent(MONTHS[3], "A")])
    assert not re.search(r"<(script|style|foreignObject|a|image|use)\b", svg)
    assert not re.search(r"\s(style|class|on\w+|href|xlink:href)=", svg)


def test_a_label_with_markup_is_text() -> None:
    svg = trend_svg(
        [line("<script>alert(1)</script>", 50)], language="nl", print=False, title="a<b"
    )
    assert "<script" not in svg
    assert ET.fromstring(svg).tag.endswith("svg")


def test_a_chart_tells_its_title_and_description() -> None:
    root = ET.fromstring(trend(key="kpi-1"))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) == ids == {"kpi-1-title", "kpi-1-desc"}


def test_a_key_that_is_no_id_is_refused() -> None:
    with pytest.raises(ValueError, match="not usable"):
        clean(
            "<svg xmlns='http://www.w3.org/2000/svg'/>", key='x" onload="', title="", description=""
        )


def test_each_line_has_its_own_dash_and_its_name_at_its_end() -> None:
    svg = trend()
    dashes = set(re.findall(r'stroke-dasharray="([^"]+)"', svg))
    assert {"7,3", "2,2"} <= dashes
    for name in ("Instelling", "Groningen", "Drenthe"):
        assert f">{name}<" in svg


def test_a_month_without_a_figure_is_a_gap() -> None:
    whole = trend_svg([line("a", 50)], language="nl", print=False)
    broken = trend_svg([line("a", 50, range(8, 11))], language="nl", print=False)

    def pieces(svg: str) -> int:
        paths: list[str] = re.findall(r'd="(M[^"]*L[^"]*)"', svg)
        return max(path.count("M") for path in paths if path.count("L") > 5)

    assert pieces(whole) == 1
    assert pieces(broken) == 2


def test_months_and_numbers_follow_the_language_given() -> None:
    dutch, english = trend("nl"), trend("en")
    assert "mrt 2024" in dutch
    assert "Mar 2024" in english
    tenths = Series("a", tuple((m, 1.5) for m in MONTHS))
    assert ">1,5<" in trend_svg([tenths], language="nl", print=False, unit="per_fte")
    assert ">1.5<" in trend_svg([tenths], language="en", print=False, unit="per_fte")


@pytest.mark.parametrize("values", [[], [0.0], [3.0, 7.5], [98.0], [1041.0], [0.4]])
def test_the_scale_starts_at_nought_and_holds_every_value(values: list[float]) -> None:
    units: tuple[ChartUnit, ...] = ("percent", "count")
    for unit in units:
        ticks = ticks_of_scale(values, unit)
        assert ticks[0] == 0
        assert ticks[-1] >= max(values, default=0)
        assert ticks == sorted(ticks)


def test_staffing_shows_supernumerary_staff_apart_from_the_rest() -> None:
    svg = stacked_svg(
        line("In dienst", 90), line("Boven formatie", 5), line("Formatie", 110),
        language="nl", print=True,
    )  # fmt: skip
    for name in ("In dienst", "Boven formatie", "Formatie"):
        assert f">{name}<" in svg


def test_nothing_to_draw_is_still_a_picture() -> None:
    empty = Series("a", tuple((m, None) for m in MONTHS))
    assert ET.fromstring(trend_svg([empty], language="nl", print=False, title="leeg")) is not None
