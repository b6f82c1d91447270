"""Text that is in a PDF and that nobody sees: without ink, in white, tiny, outside, covered.

Reads the content of each page and follows what places and paints text and pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

SMALLEST: Final = 3.0
"""Points: smaller letters cannot be read on paper."""
WHITE: Final = 0.97
FAINTEST: Final = 0.3
WITHOUT_INK: Final = frozenset({3, 7})
DEEPEST: Final = 10
SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
PLACES: Final = frozenset({"BT", "Tm", "Td", "TD"})
COLOURS: Final = frozenset({"g", "rg", "k", "sc", "scn"})

Matrix = tuple[float, float, float, float, float, float]
UNIT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )


def _matrix(numbers: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return (a, b, c, d, e, f)


@dataclass(frozen=True, slots=True)
class _GraphicsState:
    """What decides whether the next letters can be seen."""

    place: Matrix = UNIT
    size: float = 0.0
    mode: int = 0
    white: bool = False
    opacity: float = 1.0


def _is_white(operator: str, operands: list[Any]) -> bool:
    try:
        numbers = [float(operand) for operand in operands]
    except (TypeError, ValueError):
        return False
    if not numbers:
        return False
    if operator == "k" or len(numbers) == 4:
        return all(number <= 1 - WHITE for number in numbers)
    return all(number >= WHITE for number in numbers)


def _changed(state: _GraphicsState, name: str, operands: list[Any]) -> _GraphicsState:
    """The state after an operator that sets how letters are painted."""
    if name == "cm":
        return replace(state, place=_times(_matrix(operands), state.place))
    if name == "Tf":
        return replace(state, size=float(operands[1]))
    if name == "Tr":
        return replace(state, mode=int(operands[0]))
    if name in COLOURS:
        return replace(state, white=_is_white(name, operands))
    return state


def _placed(line: Matrix, name: str, operands: list[Any]) -> Matrix:
    """Where the next letters start after an operator that moves them."""
    if name == "BT":
        return UNIT
    if name == "Tm":
        return _matrix(operands)
    across, down = (float(operand) for operand in operands)
    return _times((1.0, 0.0, 0.0, 1.0, across, down), line)


class _Reader:
    """Reads one page's content and notes what is wrong with its text."""

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        self.box = box
        self.problems: set[str] = set()
        self.begun: list[tuple[float, float]] = []
        """Where the pieces of text begin that were drawn so far."""

    def read(
        self, content: Object, resources: Object, start: _GraphicsState, depth: int = 0
    ) -> None:
        """Follow the operators of a page or of a form drawn on it."""
        state, kept, line = start, list[_GraphicsState](), UNIT
        for instruction in pikepdf.parse_content_stream(content):
            operands: list[Any] = list(instruction.operands)
            name = str(instruction.operator)
            if name == "q":
                kept.append(state)
            elif name == "Q" and kept:
                state = kept.pop()
            elif name == "gs":
                state = self._graphics(state, resources, operands[0])
            elif name == "Do" and depth < DEEPEST:
                self._form(state, resources, operands[0], depth)
            elif name in SHOWS:
                self._judge(state, line)
            elif name in PLACES:
                line = _placed(line, name, operands)
            else:
                state = _changed(state, name, operands)

    @staticmethod
    def _graphics(state: _GraphicsState, resources: Object, name: Object) -> _GraphicsState:
        settings = resources.get("/ExtGState", Dictionary()).get(str(name), Dictionary())
        return replace(state, opacity=float(settings.get("/ca", state.opacity)))

    def _form(self, state: _GraphicsState, resources: Object, name: Object, depth: int) -> None:
        drawn = resources.get("/XObject", Dictionary()).get(str(name))
        if drawn is not None and drawn.get("/Subtype") == Name.Image:
            self._cover(state.place)
        elif drawn is not None and drawn.get("/Subtype") == Name.Form:
            place = _times(_matrix(list(drawn.Matrix) if "/Matrix" in drawn else UNIT), state.place)
            own = drawn.get("/Resources", resources)
            self.read(drawn, own, replace(state, place=place), depth + 1)

    def _cover(self, place: Matrix) -> None:
        """A picture fills the square from 0 to 1; text that was there is gone."""
        a, b, c, d, e, f = place
        across, up = sorted((e, e + a + c)), sorted((f, f + b + d))
        if any(across[0] < x < across[1] and up[0] < y < up[1] for x, y in self.begun):
            self.problems.add("text below a picture")

    def _judge(self, state: _GraphicsState, line: Matrix) -> None:
        _, _, c, d, x, y = _times(line, state.place)
        left, bottom, right, top = self.box
        self.begun.append((x, y))
        if state.mode in WITHOUT_INK:
            self.problems.add("text drawn without ink")
        if state.white:
            self.problems.add("white text")
        if state.opacity < FAINTEST:
            self.problems.add("text too faint to read")
        if state.size * (c * c + d * d) ** 0.5 < SMALLEST:
            self.problems.add("text too small to read")
        if not (left <= x <= right and bottom <= y <= top):
            self.problems.add("text outside the page")


def hidden_text(pdf: Pdf) -> Iterator[str]:
    """A sentence for each kind of hidden text on each page."""
    for number, leaf in enumerate(pdf.pages, 1):
        left, bottom, right, top = (float(side) for side in leaf.obj.MediaBox)
        reader = _Reader((left, bottom, right, top))
        reader.read(leaf.obj, leaf.obj.get("/Resources", Dictionary()), _GraphicsState())
        for problem in sorted(reader.problems):
            yield f"page {number} has {problem}"
