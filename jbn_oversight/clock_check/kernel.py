"""What the kernel says of this machine's clock (adjtimex(2) of Linux, read only)."""

from __future__ import annotations

import ctypes
from typing import Final

_ERROR: Final = 5
"""TIME_ERROR: nobody keeps this clock right."""
_SIZE: Final = 512
"""Bytes, more than ``struct timex`` takes anywhere. Its first field asks for no change: zero."""


def is_synchronized() -> bool | None:
    """Whether something, such as NTP, keeps the clock right; None where that cannot be asked."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_SIZE))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _ERROR
