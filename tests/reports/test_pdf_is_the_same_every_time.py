"""The same document gives the same bytes, at another hour and in another process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reports.pdf.personal import personal_copy
from reports.pdf.render import render
from tests.factories.documents import FROZEN_AT, short_document
from tests.factories.pdfs import DOCUMENTS, printed
from tests.reports.test_pdf_personal_copies import MARK

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("small", "letter with pictures", "oplegger with charts")
PRINT_THEM = f"""
import django; django.setup()
import hashlib
from reports.pdf.personal import personal_copy
from tests.factories.pdfs import printed
from tests.reports.test_pdf_personal_copies import MARK
for name in {NAMES!r}:
    print(printed(name).sha256)
    print(hashlib.sha256(personal_copy(printed(name).data, mark=MARK)).hexdigest())
"""


def test_the_same_document_gives_the_same_bytes_twice() -> None:
    assert render(DOCUMENTS["small"]()).data == printed("small").data


@pytest.mark.slow
def test_another_process_in_another_time_zone_gives_the_same_bytes() -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings",
        "PYTHONHASHSEED": "77",
        "TZ": "Pacific/Kiritimati",
    }
    done = subprocess.run(
        [sys.executable, "-c", PRINT_THEM],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    expected: list[str] = []
    for name in NAMES:
        copy = personal_copy(printed(name).data, mark=MARK)
        expected += [printed(name).sha256, hashlib.sha256(copy).hexdigest()]
    assert done.stdout.split()[-len(expected) :] == expected


def test_another_moment_of_sign_off_gives_another_file() -> None:
    later = replace(short_document(), frozen_at=FROZEN_AT + timedelta(seconds=1))
    assert render(later).sha256 != printed("short").sha256


def test_the_hash_is_that_of_the_bytes() -> None:
    pdf = printed("short")
    assert pdf.sha256 == hashlib.sha256(pdf.data).hexdigest()
