"""Verdicts of the inspectorates in templates."""

from __future__ import annotations

from django import template

from audits.inspections.rules.shapes import blocks

register = template.Library()


@register.inclusion_tag("audits/inspections/_verdict.html")
def verdict(value: str, label: str) -> dict[str, object]:
    """A verdict in its own words, with as many filled blocks as steps of the scale."""
    return {"blocks": blocks(value), "label": label, "is_unfinished": value == "falls_short"}
