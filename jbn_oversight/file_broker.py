"""The broker of files, with messages that are there whole or not at all.

Kombu's own makes a message's file under its name and then fills it; a worker that looks in
between takes an empty message and dies of it.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's channel of files, but for the way a message comes in."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Write a message beside the queue, then give it its name. Raises ChannelError."""
        folder = Path(self.data_folder_out)
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}"
        part = folder / f"{name}.part"
        try:
            part.write_text(dumps(payload), encoding="utf-8")  # type: ignore[no-untyped-call]
            part.replace(folder / f"{name}.{queue}.msg")
        except OSError as error:
            raise ChannelError(f"cannot add a message to {queue}") from error


class Transport(filesystem.Transport):
    """Kombu's transport of files with the channel above."""

    Channel = Channel
    global_state = filesystem.Transport.global_state
