"""Anyone who follows the README can sign in: its accounts are those of the demonstration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override

from jbn_oversight.accounts.models import Role
from reports.demo.people import DEMO_PEOPLE, OTHER_PEOPLE, PASSWORD, load_people

ROOT = Path(__file__).resolve().parent.parent.parent
EVERYBODY = {line.email.partition("@")[0] for line in (*DEMO_PEOPLE, *OTHER_PEOPLE)}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def accounts(name: str) -> list[list[str]]:
    """The cells of each row of a document's table of accounts."""
    rows = [
        row for row in text(name).splitlines() if row.startswith("|") and "@demo.example" in row
    ]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize(
    ("name", "language"), [("README.md", "en"), ("docs/demonstratie.md", "nl")]
)
def test_a_newcomer_reads_one_account_of_each_role(name: str, language: str) -> None:
    with override(language):
        loaded = [[str(Role(line.role).label).lower(), line.email] for line in DEMO_PEOPLE]
    assert [row[:2] for row in accounts(name)] == loaded


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_a_newcomer_lands_on_the_page_that_the_readme_names() -> None:
    load_people()
    landed = {}
    for line in DEMO_PEOPLE:
        client = Client()
        client.post(reverse("account_login"), {"login": line.email, "password": line.password})
        landed[line.email] = f"`{client.get(reverse('home')).headers['Location']}`"
    assert landed == {email: page for _role, email, page, *_rest in accounts("README.md")}


@pytest.mark.parametrize("name", ["README.md", "docs/demonstratie.md"])
def test_a_newcomer_reads_the_password(name: str) -> None:
    assert f"`{PASSWORD}`" in text(name)


@pytest.mark.parametrize("name", ["README.md", "docs/demonstratie.md"])
def test_nobody_is_named_who_is_not_in_the_demonstration(name: str) -> None:
    places = "assen|emmen|drenthe|groningen|jbn"
    named = set(re.findall(rf"`([a-z]+2?\.(?:{places}))`", text(name)))
    assert named
    assert named <= EVERYBODY


def test_the_others_are_named_in_the_manual() -> None:
    assert not [
        line.email
        for line in OTHER_PEOPLE
        if f"`{line.email.partition('@')[0]}`" not in text("docs/demonstratie.md")
    ]


def test_the_readme_counts_the_others() -> None:
    assert len(OTHER_PEOPLE) == 10
    assert "Ten others have the same password" in text("README.md")


def test_every_picture_and_page_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", text("README.md"))
    assert len([link for link in links if link.endswith(".png")]) == 3
    assert not [link for link in links if not (ROOT / link).exists()]
