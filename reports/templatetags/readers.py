"""Words on the pages about readers."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jbn_oversight.organisations.models import Municipality, Region

register = template.Library()

FILES: Final[dict[str, Promise]] = {
    "draft pdf": _("PDF of the draft"),
    "draft attachment": _("attachment of the draft"),
    "archive": _("all that is published"),
}
"""What the log calls a file that has no name of its own, in words."""


@register.filter
def place_name(code: str) -> str:
    """The name of the place that the reading log copied as a code; the code where it is gone."""
    return _name(code) or code


@register.filter
def file_word(name: str) -> str:
    """What was downloaded, in words; a file's own name stays as it is."""
    return str(FILES.get(name, name))


def _name(code: str) -> str:
    kind, _sep, key = code.partition(":")
    if kind == "region":
        region = Region.objects.filter(slug=key).first()
        return str(region) if region else ""
    municipality = Municipality.objects.filter(cbs_code=key).first()
    return str(municipality) if municipality and kind == "municipality" else ""
