"""Every upload through its real form, in a real browser, with a real file of each kind.

Small files stay in memory, large ones come as a file of Django's own; no reader sees a name
that tells what the file is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django import forms
from django.conf import settings
from django.urls import get_resolver
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from audits.models.findings import Finding
from tests.browser.accessibility import Walk
from tests.browser.uploads import UPLOADS, findings_of_an_audit, spoiled_findings
from tests.databases import PRODUCT
from tests.factories.people import Cast

NAMES = {form.__name__: form for form in UPLOADS}


def forms_with_a_file() -> set[type[forms.BaseForm]]:
    """Each form of the product that has a file, wherever it is."""
    assert get_resolver().url_patterns  # every view, and so every form, is loaded now

    def below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
        for one in form.__subclasses__():
            yield one
            yield from below(one)

    return {
        form
        for form in below(forms.BaseForm)
        if form.__module__.startswith(tuple(f"{name}." for name in PRODUCT))
        and any(
            isinstance(one, forms.FileField) for one in getattr(form, "base_fields", {}).values()
        )
    }


def test_every_form_with_a_file_is_tried() -> None:
    assert forms_with_a_file() == set(UPLOADS)


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_that_a_form_names_is_tried(name: str) -> None:
    form = NAMES[name]
    fields = getattr(form, "base_fields")  # noqa: B009 - a form has them, its base has not
    (field,) = [one for one in fields.values() if isinstance(one, forms.FileField)]
    named = str(field.widget.attrs["accept"]).split(",")
    endings = {ending.removeprefix(".") for ending in named if ending.startswith(".")}
    assert endings == set(UPLOADS[form][1])


def test_no_file_comes_in_past_a_form() -> None:
    """``request.FILES`` is handed to a form and nothing else; no model has a file of its own."""
    for app in PRODUCT:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Subscript | ast.Attribute):
                    looked_into = ast.unparse(node.value) == "request.FILES"
                    assert not looked_into, f"{path}:{node.lineno}"
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    of_models = ast.unparse(node.func) in {"models.FileField", "models.ImageField"}
                    assert not of_models, f"{path}:{node.lineno}"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_each_kind_is_taken(
    browser: Browser, live_server: LiveServer, cast: Cast, name: str
) -> None:
    open_door, kinds = UPLOADS[NAMES[name]]
    door = open_door(cast)
    context = Walk(browser, live_server.url, door.user).context()
    page = context.new_page()
    for kind in kinds:
        for called, data in door.files(kind):
            page.goto(f"{live_server.url}{door.address}")
            door.fill(page)
            # The browser would tell a kind from the name too; no reader may need it.
            given = {"name": called, "mimeType": "application/octet-stream", "buffer": data}
            page.set_input_files("main input[type=file]", given)  # type: ignore[arg-type]
            with page.expect_navigation():
                page.locator("main form:has(input[type=file]) button:not([type=button])").click()
            door.arrived(page)
    context.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_a_spreadsheet_spoiled_is_told_by_row_and_column(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    door = findings_of_an_audit(cast)
    context = Walk(browser, live_server.url, door.user).context()
    page = context.new_page()
    page.goto(f"{live_server.url}{door.address}")
    door.fill(page)
    given = {"name": "bevindingen.xlsx", "mimeType": "", "buffer": spoiled_findings()}
    page.set_input_files("main input[type=file]", given)  # type: ignore[arg-type]
    with page.expect_navigation():
        page.locator("main form:has(input[type=file]) button").click()
    rows = [line.inner_text().split("\t") for line in page.locator("main tbody tr").all()]
    context.close()
    assert [[cell.strip() for cell in row] for row in rows] == [
        [
            "2",
            "nummer",
            "Hier staat een dag waar een nummer of code hoort. "
            "Maak van de cel tekst en typ het nummer opnieuw.",
        ],
        [
            "3",
            "nummer",
            "3.1 kan 3.10 zijn geweest. Maak van de cel tekst en typ het nummer opnieuw.",
        ],
    ]
    assert not Finding.objects.exists()
