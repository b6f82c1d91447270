"""The question itself. It starts every few seconds, so it imports neither Django nor Celery.

``web`` is asked over HTTP. ``worker`` and ``beat`` leave a file behind each time that they go
round; it is young while they do.
"""

from __future__ import annotations

import http.client
import tempfile
import time
from pathlib import Path
from typing import Final

ADDRESS: Final = "/health/"
PORT: Final = 8000
PATIENCE: Final = 4.0
"""Seconds."""
OLDEST: Final = {"worker": 60.0, "beat": 180.0}
"""Seconds since a part last went round: a worker does each few seconds, the timer each minute."""


def path_of(part: str) -> Path:
    """The file that a part leaves behind: in its container's own /tmp, so for it alone."""
    return Path(tempfile.gettempdir()) / f"jbn-oversight-{part}"


def went_round(part: str) -> None:
    """Note that the part goes on. A disk that is full must not stop it."""
    try:
        path_of(part).touch()
    except OSError:
        return


def is_well(part: str, port: int = PORT) -> bool:
    """Whether ``web``, ``worker`` or ``beat`` in this container does its work."""
    if part == "web":
        return _answers(port)
    try:
        age = time.time() - path_of(part).stat().st_mtime
    except OSError:
        return False
    return age < OLDEST[part]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", ADDRESS)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
