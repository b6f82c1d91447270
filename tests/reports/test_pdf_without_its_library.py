"""Where the library that keeps bytes the same is missing, nothing is printed, and that is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from weasyprint.text import ffi

from reports.briefings.printing.actions.renderings import render as print_version
from reports.briefings.printing.actions.renderings import versions_to_print
from reports.pdf.render import MissingLibraryError, render
from tests.factories.briefings import approved, now
from tests.factories.documents import short_document
from tests.factories.people import Cast

DAY = timedelta(days=1)


@pytest.fixture
def _no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)


@pytest.mark.usefixtures("_no_library")
def test_no_document_is_printed_without_it() -> None:
    with pytest.raises(MissingLibraryError):
        render(short_document())


def test_no_document_is_printed_with_one_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        @staticmethod
        def hb_version_atleast(*version: int) -> int:
            return int(version <= (4, 0, 1))

    monkeypatch.setattr(ffi, "harfbuzz", Old)
    with pytest.raises(MissingLibraryError):
        render(short_document())


@pytest.mark.usefixtures("_no_library")
def test_a_command_that_starts_without_it_says_what_to_install() -> None:
    with pytest.raises(SystemCheckError, match="libharfbuzz-subset0"):
        call_command("check")


def test_a_command_that_starts_with_it_says_nothing() -> None:
    call_command("check", "--fail-level", "ERROR")


def test_what_was_signed_waits_and_is_printed_once_it_is_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    version = approved(cast, at=at, until=at + DAY, printed=False).latest_version()
    assert version is not None
    with monkeypatch.context() as patched:
        patched.setattr(ffi, "harfbuzz_subset", None)
        assert not print_version(version=version, at=at)
    assert version.last_failure() == "render: MissingLibraryError"
    later = at + timedelta(hours=1)
    for text in list(versions_to_print(later)):
        assert print_version(version=text, at=later)
    assert version.printed() is not None
