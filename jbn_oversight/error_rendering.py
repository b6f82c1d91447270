"""The page for when something does not work: printed without request, session or database."""

from __future__ import annotations

import logging
from typing import Final

from django.http import HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

LAST_RESORT: Final = (
    '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
    "<title>Er ging iets mis</title></head><body><h1>Er ging iets mis</h1>"
    "<p>Probeer het over een paar minuten nog eens.</p>"
    '<p><a href="/">Naar uw eerste pagina</a></p></body></html>'
)


def error_page(name: str, status: int, **words: object) -> HttpResponse:
    """The page of that name from ``templates/errors``, or the last resort. Never raises."""
    try:
        text: str = render_to_string(f"errors/{name}.html", words)
    except Exception as error:  # nothing may stand between a failure and its page
        logger.error("an error page could not be printed: %s", type(error).__name__)
        text = LAST_RESORT
    return HttpResponse(text, status=status)
