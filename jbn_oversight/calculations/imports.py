"""Reading the input of a calculation: one JSON object, all its faults at once."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from jbn_oversight.calculations.rules import Fault, FaultError

T = TypeVar("T")
Step = str | int

MOST_DIGITS: Final = 40
"""A longer number is no number of youths, and Python takes quadratic time over it."""
SHOWN: Final = 40
"""Characters of a value that a fault repeats."""
INPUT: Final = "input"
"""Where a fault lies that concerns the whole."""


class _Pairs(dict[str, Any]):
    """An object of the JSON that remembers which keys came twice."""

    doubled: tuple[str, ...] = ()


def read_file(path: Path, shape: type[T]) -> T:
    """The input in a file. Raises ``FaultError`` with every fault."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FaultError(Fault(INPUT, f"can't be read ({error.strerror})")) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultError(Fault(INPUT, "is not UTF-8: save it as such")) from None
    return read_text(text, shape)


def read_text(text: str, shape: type[T]) -> T:
    """The input in a text, as the dataclass ``shape``. Raises ``FaultError`` with every fault."""
    data = _parsed(text)
    if not isinstance(data, dict):
        raise FaultError(Fault(INPUT, "is no JSON object"))
    twice = _keys_given_twice(data, ())
    try:
        # Strict, as JSON: a text is no number, a number no text, and "true" is neither.
        value = TypeAdapter(shape).validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        found = [fault for detail in error.errors() for fault in _faults(detail, data)]
        raise FaultError(*twice, *dict.fromkeys(found)) from None
    if twice:
        raise FaultError(*twice)
    return value


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        reason = f"is no JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise FaultError(Fault(INPUT, reason)) from None
    except RecursionError:
        raise FaultError(Fault(INPUT, "is nested too deeply")) from None


def _pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    found = _Pairs(pairs)
    names = [name for name, _ in pairs]
    found.doubled = (
        tuple(name for name in found if names.count(name) > 1) if (len(found) < len(names)) else ()
    )
    return found


def _number(digits: str) -> float:
    """A number without a fraction is whole, also where it is written as 500.0."""
    if len(digits) > MOST_DIGITS:
        raise FaultError(Fault(INPUT, f"holds a number of {len(digits)} characters"))
    if digits.lstrip("-").isdigit():
        return int(digits)
    value = float(digits)
    if not math.isfinite(value):
        raise FaultError(Fault(INPUT, f"holds {digits}, which is too large"))
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _no_number(word: str) -> float:
    raise FaultError(Fault(INPUT, f"holds {word}, which is no number"))


def _keys_given_twice(value: Any, path: tuple[Step, ...]) -> list[Fault]:
    inside: Iterable[tuple[Step, Any]] = ()
    faults = []
    if isinstance(value, _Pairs):
        faults = [Fault(_written((*path, name)), "is given twice") for name in value.doubled]
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for step, one in inside:
        faults += _keys_given_twice(one, (*path, step))
    return faults


def _faults(detail: Mapping[str, Any], data: Any) -> list[Fault]:
    """The faults of one error of the library, in our words and with our paths."""
    place = _place(detail, data)
    if place is None:
        return []
    own = detail.get("ctx", {}).get("error")
    if isinstance(own, FaultError):
        return [Fault(_joined(_written(place), fault.path), fault.text) for fault in own.faults]
    return [Fault(_written(place), _words(detail))]


def _place(detail: Mapping[str, Any], data: Any) -> tuple[Step, ...] | None:
    """Where in the data an error lies; None where it comes from the wrong half of "or a list"."""
    place: list[Step] = []
    value = data
    missing = detail["type"] == "missing"
    for at, step in enumerate(detail["loc"]):
        last = at == len(detail["loc"]) - 1
        if isinstance(value, dict) and (step in value or (last and missing)):
            place.append(step)
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int):
            place.append(step)
            value = value[step]
        elif str(step).startswith("list") != isinstance(value, list):
            return None
    return tuple(place)


def _words(detail: Mapping[str, Any]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    for start, words in WORDS.items():
        if kind.startswith(start):
            return words.format(value=_short(detail["input"]), **context)
    return f"{_short(detail['input'])} can't be used"


WORDS: Final = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is a key that this calculation does not know",
    "greater_than_equal": "{value} is under {ge:g}",
    "greater_than": "{value} is not above {gt:g}",
    "less_than_equal": "{value} is over {le:g}",
    "less_than": "{value} is not under {lt:g}",
    "literal_error": "{value} is none of {expected}",
    "too_short": "is empty",
    "string_too_short": "is empty",
    "too_long": "is too long",
    "string_too_long": "is too long",
    "predicate_failed": "{value} is not written as it should be",
    "int": "{value} is not a whole number",
    "float": "{value} is not a number",
    "date": "{value} is not a day (YYYY-MM-DD)",
    "bool": "{value} is not true or false",
    "string": "{value} is not a text",
    "list": "{value} is not a list",
    "dict": "{value} is not an object",
    "dataclass": "{value} is not an object",
}
"""What the library's kinds of errors are called here; the first whose beginning fits."""


def _short(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=True, default=str)
    return shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"


def _written(place: tuple[Step, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in place)
    return text.removeprefix(".") or INPUT


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]{1,60}", name) else _short(name)


def _joined(outer: str, inner: str) -> str:
    if outer == INPUT:
        return inner
    return f"{outer}.{inner}" if inner != INPUT else outer
