"""Writing the result of a calculation: one JSON object, the same bytes for the same result."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from jbn_oversight.calculations.rules import LEFT_OUT, VERSION, Fault, FaultError


def json_text(calculation: str, result: Any) -> str:
    """The result, a dataclass, as text that ends with a line end.

    Fractions are rounded to six decimals here and nowhere before. Raises ``FaultError`` where a
    number grew too large to be written.
    """
    whole = {"calculation": calculation, "version": VERSION, **_plain(result)}
    text = json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    return text + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in fields(value)]
        return {
            name.rstrip("_"): _plain(getattr(value, name))
            for name in names
            if getattr(value, name) is not LEFT_OUT
        }
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        if not math.isfinite(value):
            raise FaultError(Fault("result", "grew too large: look for a number close to 0"))
        return round(value, 6) + 0.0  # adding zero turns -0.0 into 0.0
    return value
