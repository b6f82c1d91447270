"""The spool: where an upload waits for its import, never longer than an hour."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

LARGEST: Final = 100_000_000
"""Most bytes of an upload."""
_PREFIX: Final = "delivery-"


class TooLargeError(Exception):
    """The upload is larger than an upload may be."""


def keep(chunks: Iterable[bytes]) -> str:
    """Write an upload to the spool; the name that stands for it. Raises TooLargeError."""
    name = _PREFIX + secrets.token_urlsafe(16)
    path = spooled(name)
    written = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                written += len(chunk)
                if written > LARGEST:
                    raise TooLargeError
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name


def spooled(name: str) -> Path:
    """Where the upload with that name lies."""
    return Path(settings.SPOOL_DIR) / name


def throw_away(name: str) -> None:
    """Delete an upload; one that is not there is well gone."""
    if name:
        spooled(name).unlink(missing_ok=True)


def throw_away_older(than: datetime) -> int:
    """Delete every file in the spool last written before the instant; how many there were."""
    gone = 0
    for path in Path(settings.SPOOL_DIR).iterdir():
        if path.is_file() and path.stat().st_mtime < than.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
