"""What the base page shows around every page: navigation, language choice, demo marker."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from jbn_oversight.navigation import Link, links, pages

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> list[Link]:
    """The entries of the signed-in person; none on error pages, which have no request."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not request.user.is_authenticated:
        return []
    return links(actor, request.path)


@register.simple_tag(takes_context=True)
def entry_pages(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Word, address and is-current of the pages under the current entry, for tabs."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not request.user.is_authenticated:
        return []
    return [(link.label, link.url, link.current) for link in pages(actor, request.path)]


@register.simple_tag
def is_demo() -> bool:
    """Whether this is a demonstration, whose figures and texts are fictional."""
    return bool(getattr(settings, "DEMO", False))


@register.simple_tag
def languages() -> list[tuple[str, str, bool]]:
    """Code, own name, and whether it is the page's language."""
    now = translation.get_language() or settings.LANGUAGE_CODE
    return [
        (code, translation.get_language_info(code)["name_local"].capitalize(), code == now)
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag
def url_if_any(name: str, *args: object) -> str:
    """The address by that name, or nothing where the name does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
