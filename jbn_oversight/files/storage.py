"""Keeping bytes: written to a temporary name, synced, renamed, and only then a row."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from jbn_oversight.clock import utc_now
from jbn_oversight.files.models import StoredFile


class DamagedFileError(Exception):
    """A stored file is missing or its bytes no longer match the hash in its row."""


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return settings.FILES_DIR / sha256[:2] / sha256


def store(data: bytes, *, content_type: str, name: str) -> StoredFile:
    """Keep the bytes and return their row. A crash leaves no row without its bytes."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name_of_new = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        temporary = Path(name_of_new)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o640)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    return StoredFile.objects.create(
        sha256=digest,
        length=len(data),
        content_type=content_type,
        name=name,
        stored_at=utc_now(),
    )


def read(stored: StoredFile) -> bytes:
    """The file's bytes, checked. Raises DamagedFileError where they are gone or changed."""
    try:
        data = path_of(stored.sha256).read_bytes()
    except OSError as error:
        raise DamagedFileError("the file's bytes are missing") from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise DamagedFileError("the file's bytes have changed")
    return data
