"""The addresses of the portal by their names, and a world in which nearly all of them answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from tests.factories.briefings import HOUR, now, published
from tests.factories.people import Cast
from tests.factories.supervision import supervised
from tests.reports.crawl import Pattern, UnfilledError, Values, supervision_values, values_of
from tests.reports.test_crawl import make_secrets, visitor
from tests.reports.test_every_address_answers import WHO, lively, of_the_administration

DAY = timedelta(days=1)


def named() -> dict[str, list[Pattern]]:
    """Name -> its addresses; those of the administration, which Django names, are left out."""
    found: dict[str, list[Pattern]] = {}
    for name, regex, pattern in _walk(get_resolver(), "", ""):
        form, parts = normalize(regex)[0]
        found.setdefault(name, []).append(Pattern(form, tuple(parts), pattern.callback))
    return found


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str, URLPattern]]:
    for one in resolver.url_patterns:
        regex = prefix + one.pattern.regex.pattern.removeprefix("^")
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                within = f"{space}{one.namespace}:" if one.namespace else space
                yield from _walk(one, regex, within)
        elif one.name:
            yield f"{space}{one.name}", regex, one


@dataclass
class World:
    """Visitors, and the keys of everything that they could ask for."""

    tries: list[tuple[str, Client, Values]]

    def pages(self, name: str, *, who: str = "") -> Iterator[HttpResponse]:
        """What a visitor (or each that is tried) gets under the name, until nothing is left."""
        for place, (visitor_name, client, values) in enumerate(list(self.tries)):
            if who and visitor_name != who:
                continue
            for pattern in named()[name]:
                try:
                    url = next(pattern.filled(values), None)
                except UnfilledError:
                    continue
                if url is None:
                    continue
                answer = client.get(url)
                if answer.status_code == 200:
                    # The next name is most likely of the same kind.
                    self.tries.insert(0, self.tries.pop(place))
                yield answer  # type: ignore[misc]


def make_world(cast: Cast) -> World:
    """Supervision, briefings in every state, and anyone who looks at them."""
    at = now() - 2 * HOUR
    supervised(cast, at=at)
    out = published(cast, at=at, until=at + HOUR, public=True, attachment=True)
    _briefing, own = lively(cast, at=at)
    secrets = [values_of(briefing) for briefing in make_secrets(cast)]
    everything = [supervision_values(), own, values_of(out), *secrets, *of_the_administration(cast)]
    visitors = [(who, visitor(Client(), cast, who)) for who in WHO]
    return World([(who, client, values) for values in everything for who, client in visitors])
