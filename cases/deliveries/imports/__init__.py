"""An institution's delivery: read, checked and typed, without database or clock.

``read_delivery`` takes a folder, a zip or an XLSX file and gives back a ``ParsedDelivery``, or
raises ``DeliveryRefusedError`` with everything that is wrong. No message repeats what a cell holds.
"""

from cases.deliveries.imports.problems import DeliveryRefusedError, Message, Problem
from cases.deliveries.imports.reading import ParsedDelivery, read_delivery

__all__ = [
    "DeliveryRefusedError",
    "Message",
    "ParsedDelivery",
    "Problem",
    "read_delivery",
]
