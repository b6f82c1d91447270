"""The source of a fact in templates, as its reader may know it."""

from __future__ import annotations

from django import template
from django.template import Context

from audits.selectors.visibility import sight_for, sight_of
from certification.models import Source
from jbn_oversight.clock import utc_now

register = template.Library()


@register.simple_tag(takes_context=True)
def nameless(context: Context, source: Source) -> str:
    """What stands in place of a source that this reader may not know; empty where it is named.

    Without a request it is judged as for everybody: then only what is out is named.
    """
    # An include with "only" empties the context, but the request stays an attribute of it.
    request = getattr(context, "request", None)
    sight = sight_of(None, utc_now()) if request is None else sight_for(request)
    return sight.neutral(source)
