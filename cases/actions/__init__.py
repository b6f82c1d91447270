"""Everything that writes facts; each function owns its transaction."""

from cases.actions.deliveries import Received, receive_delivery
from cases.actions.returns import (
    ReturnChangedError,
    ReturnStateError,
    approve_return,
    save_return,
    send_back_return,
    submit_return,
)

__all__ = [
    "Received",
    "ReturnChangedError",
    "ReturnStateError",
    "approve_return",
    "receive_delivery",
    "save_return",
    "send_back_return",
    "submit_return",
]
