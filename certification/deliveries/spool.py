"""The spool: where an upload waits for its import, as long as it takes.

What lies here is told by the rows of the attempts: a file goes when its row says that it was
read and decided, or when no row ever named it. No file goes for its age alone.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

LARGEST: Final = 100_000_000
"""Most bytes of an upload."""
_PREFIX: Final = "delivery-"
_DJANGO: Final = ".upload"
"""In the names of the files in which Django keeps what is still coming in."""
ORPHAN_AFTER: Final = timedelta(days=1)
"""A file that no row names is left over from a crash if nobody wrote to it for so long."""


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
        _sync_names()
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


def is_there(name: str) -> bool:
    """Whether the upload with that name can still be read."""
    return bool(name) and spooled(name).is_file()


def names() -> list[str]:
    """The names of all uploads here, those that are still coming in left out."""
    return [path.name for path in _files() if path.name.startswith(_PREFIX)]


def throw_away_orphans(known: Collection[str], at: datetime) -> int:
    """Delete what a crash left behind; how many files there were.

    ``known`` are the names that stand in a row. A file without a row may be about to get one, so
    nobody must have written to it since ``ORPHAN_AFTER`` before ``at``, an aware instant, too.
    """
    gone = 0
    for path in _files():
        is_ours = path.name.startswith(_PREFIX) or _DJANGO in path.name
        if is_ours and path.name not in known and _written_before(path, at - ORPHAN_AFTER):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _files() -> list[Path]:
    return [path for path in Path(settings.SPOOL_DIR).iterdir() if path.is_file()]


def _written_before(path: Path, at: datetime) -> bool:
    try:
        return path.stat().st_mtime < at.timestamp()
    except FileNotFoundError:
        return False


def _sync_names() -> None:
    """Let the name of a new file outlive a power cut too."""
    directory = os.open(settings.SPOOL_DIR, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
