"""Insert-only tables refuse every other write, no matter who writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection

from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.storage import read, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> StoredFile:
    return store(b"bytes", content_type="text/plain", name="notes.txt")


def update(row: StoredFile) -> None:
    StoredFile.objects.filter(pk=row.pk).update(name="other.txt")


def delete(row: StoredFile) -> None:
    row.delete()


def truncate(row: StoredFile) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE files_storedfile CASCADE")


@pytest.mark.parametrize("write", [update, delete, truncate])
def test_a_row_can_be_added_and_nothing_else(
    stored: StoredFile, write: Callable[[StoredFile], None]
) -> None:
    with pytest.raises(IntegrityError, match="never changed or removed"):
        write(stored)


def test_the_bytes_come_back_as_they_were_stored(stored: StoredFile) -> None:
    assert read(stored) == b"bytes"
