"""What the base page shows around every page: navigation, language choice, demo marker."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from jbn_oversight.navigation import NavigationLink, links, other_institutions, pages
from jbn_oversight.organisations.selectors.choosing import chosen_institution
from jbn_oversight.organisations.selectors.organisations import regions_of
from jbn_oversight.signed_out import next_address, with_next

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> list[NavigationLink]:
    """The entries of the signed-in person; none on error pages, which have no request."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not request.user.is_authenticated:
        return []
    return links(actor, request.path, chosen_institution(request))


@register.simple_tag(takes_context=True)
def entry_pages(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Word, address and is-current of the pages under the current entry, for tabs."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not request.user.is_authenticated:
        return []
    found = pages(actor, request.path, chosen_institution(request))
    return [(link.label, link.url, link.current) for link in found]


@register.simple_tag(takes_context=True)
def institutions_to_choose(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """On a page about one institution: the ones that this person sees, where there are more."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    actor = getattr(request, "actor", None)
    if request is None or match is None or actor is None or not request.user.is_authenticated:
        return []
    current = match.kwargs.get("institution") or match.kwargs.get("institution_code")
    if current is None:
        return []
    found = other_institutions(actor, request.path, current)
    return [(link.label, link.url, link.current) for link in found]


@register.simple_tag(takes_context=True)
def own_regions(context: dict[str, Any]) -> str:
    """The regions of the signed-in person in one phrase; empty for others and on error pages."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not request.user.is_authenticated:
        return ""
    names = [region.name for region in regions_of(actor)]
    return get_text_list(names, gettext("and"))


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


@register.simple_tag(takes_context=True)
def way_through(context: dict[str, Any], name: str) -> str:
    """The address of a page of signing in, which remembers where the person was going."""
    return with_next(reverse(name), next_address(context["request"]))


@register.simple_tag(takes_context=True)
def forgotten(context: dict[str, Any]) -> SafeString:
    """The link for who forgot the password; the library's own would forget where one is going."""
    link = way_through(context, "account_reset_password")
    return format_html('<a href="{}">{}</a>', link, _("Forgot your password?"))
