"""Words on the pages about readers."""

from __future__ import annotations

from django import template

from jbn_oversight.organisations.models import Municipality, Region

register = template.Library()


@register.filter
def place_name(code: str) -> str:
    """The name of the place that the reading log copied as a code; the code where it is gone."""
    return _name(code) or code


def _name(code: str) -> str:
    kind, _sep, key = code.partition(":")
    if kind == "region":
        region = Region.objects.filter(slug=key).first()
        return str(region) if region else ""
    municipality = Municipality.objects.filter(cbs_code=key).first()
    return str(municipality) if municipality and kind == "municipality" else ""
