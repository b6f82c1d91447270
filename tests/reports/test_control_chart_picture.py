"""The picture of a control chart: safe in a page, and readable without colour."""

from __future__ import annotations

import re
from datetime import date

from jbn_oversight.clock import add_months
from reports.charts import ControlPoint, Stretch, control_svg

MONTHS = [add_months(date(2023, 10, 1), number) for number in range(24)]
LIMITS = (30.0, 37.0, 63.0, 70.0)


def picture(*stretches: Stretch, upper: float = 70.0) -> str:
    """Two years around 50, of which one month is worse and one better."""
    marks = {5: ("bad", "slechter"), 15: ("good", "beter"), 16: ("good", "beter")}
    points = [
        ControlPoint(month, None if number == 9 else 50.0 + number % 3, *marks.get(number, ()))
        for number, month in enumerate(MONTHS)
    ]
    whole = Stretch(MONTHS[0], MONTHS[-1], 50.0, (*LIMITS[:3], upper))
    return control_svg(
        points,
        stretches or (whole,),
        names=("bovengrens", "gemiddelde", "ondergrens"),
        language="nl",
        key="control",
        title="Eerste contact",
        description="De waarde schommelt",
        unit="percent",
        norm=100,
        norm_label="norm 100%",
    )


def test_it_passes_a_policy_that_forbids_inline_style_and_script() -> None:
    svg = picture()
    assert not re.search(r"<(script|style|foreignObject|a|image|use)\b", svg)
    assert not re.search(r"\s(style|class|on\w+|href|xlink:href)=", svg)


def test_lines_have_names_and_each_its_own_dash() -> None:
    svg = picture()
    for name in ("bovengrens", "gemiddelde", "ondergrens", "norm 100%"):
        assert f">{name}<" in svg
    assert {"6,3", "1,4"} <= set(re.findall(r'stroke-dasharray="([^"]+)"', svg))


def test_a_special_cause_has_its_word_once_for_months_that_follow_one_another() -> None:
    svg = picture()
    # Each word stands twice in the picture: white behind, ink in front.
    assert svg.count(">slechter<") == svg.count(">beter<") == 2


def test_phases_are_numbered_and_break_the_lines() -> None:
    svg = picture(
        Stretch(MONTHS[0], MONTHS[11], 50.0, LIMITS, "fase 1"),
        Stretch(MONTHS[12], MONTHS[-1], 55.0, LIMITS, "fase 2"),
    )
    assert ">fase 1<" in svg
    assert ">fase 2<" in svg


def test_a_limit_that_no_percentage_reaches_is_not_drawn() -> None:
    svg = picture(upper=112.0)
    assert ">bovengrens<" not in svg
    assert ">ondergrens<" in svg
    assert ">100%<" in svg
    assert ">125%<" not in svg


def test_a_phase_without_limits_is_still_a_picture() -> None:
    assert "<svg" in picture(Stretch(MONTHS[0], MONTHS[-1], None, None))
