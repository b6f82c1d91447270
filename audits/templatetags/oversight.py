"""Parts that the pages of certificate and supervision share."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from audits.tabs import tabs_of
from jbn_oversight.organisations.models import Institution

register = template.Library()


@register.inclusion_tag("audits/_exports.html", takes_context=True)
def exports(
    context: dict[str, Any], name: str, institution: Institution, what: str = ""
) -> dict[str, object]:
    """Links to a register as a spreadsheet and as a PDF, as known on the page's day.

    ``what`` says which list it is where the page shows another.
    """
    on = context["request"].GET.get("on", "")
    links = [
        (word, address)
        for word, address in (
            ("Excel", _address("audits:register_xlsx", institution.code, name)),
            ("Pdf", _address("reports:register_pdf", institution.code, name)),
        )
        if address
    ]
    return {"links": links, "on": on, "what": what}


@register.simple_tag(takes_context=True)
def oversight_tabs(
    context: dict[str, Any], institution: Institution
) -> list[tuple[str, str, bool]]:
    """Word, address and is-current of the parts of certificate and supervision."""
    return tabs_of(institution.code, context["request"].path)


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
