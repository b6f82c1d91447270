"""A page that stood open while its session ended: who is here, and what was typed in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def test_who_is_here_is_told_with_a_fresh_token(cast: Cast) -> None:
    client = Client()
    nobody = client.get(reverse("accounts:here"))
    assert nobody.json()["person"] is None
    assert nobody["Cache-Control"] == "no-store, private"
    client.force_login(cast.adviser)
    somebody = client.get(reverse("accounts:here")).json()
    assert somebody["person"] == cast.adviser.public_id
    assert len(somebody["csrf"]) == 64
    assert set(somebody) == {"person", "csrf"}


def test_the_token_it_gives_is_accepted(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.adviser)
    token = client.get(reverse("accounts:here")).json()["csrf"]
    answer = client.post(reverse("set_language"), {"language": "en", "csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_a_form_with_an_old_token_gets_back_what_was_typed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.adviser)
    long = "Een lange tekst die iemand met moeite heeft getypt. </textarea><script>"
    typed = {"text": long, "password": "geheim" * 10, "csrfmiddlewaretoken": "x" * 64, "do": "save"}
    answer = client.post(reverse("set_language"), typed)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Een lange tekst die iemand met moeite heeft getypt. &lt;/textarea&gt;" in html
    assert "geheim" not in html
    assert "x" * 64 not in html
    assert 'name="jbn-page" content="error"' in html
