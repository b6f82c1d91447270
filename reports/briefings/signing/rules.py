"""A remark of the checklist, and how grave it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the checklist, with the page on which it is fixed."""

    kind: Literal["error", "warning"]
    text: str
    url: str = ""
