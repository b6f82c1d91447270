"""The line that says of a briefing that it is secret, for the pages of its readers."""

from __future__ import annotations

from django import template

from reports.briefings.gate.sentences import secrecy_line as line_of
from reports.briefings.models.briefings import Briefing

register = template.Library()


@register.simple_tag
def secrecy_line(briefing: Briefing) -> str:
    """Who imposed secrecy, when and on which ground; nothing where none runs."""
    return line_of(briefing)
