"""Every small change that can be made to a file: a bound, a condition, a number, a statement.

The operators are mutmut's where it has them. Its own runner leaves out decorated functions and
everything that stands on a module or class, which is where most gates of this portal are.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation import mutators

from .scope import NO_CLASS_LEVEL, ROOT

NEVER_DROPPED: Final = frozenset(
    {
        # What these say changes no outcome, or none that is the portal's own.
        *("batch_size", "chunk_size", "strict", "slots", "frozen", "maxsize", "stacklevel"),
        *("verbose_name", "help_text", "related_name", "flat", "separators", "sort_keys"),
    }
)
WORDS: Final = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"})
"""Calls that give words on a screen; the tests of pages read those."""

Operator = Callable[[cst.CSTNode], Iterator[cst.CSTNode]]


@dataclass(frozen=True)
class Change:
    """One change, by what stands there rather than by its line."""

    file: str
    group: str
    where: str
    """Name of the function or method around it; empty for what stands on the module or class."""
    first_line: int
    """Of that function, its decorators included; zero without one."""
    line: int
    was: str
    becomes: str
    diff: str
    source: str
    """The whole file with the change."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same when lines move."""
        return self.file, self.where, self.was, self.becomes


def _keyword_arguments(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A call without one of its keyword arguments."""
    if not isinstance(node, cst.Call) or len(node.args) < 2:
        return
    for number, arg in enumerate(node.args):
        if arg.keyword is not None and arg.keyword.value not in NEVER_DROPPED:
            yield node.with_changes(args=[*node.args[:number], *node.args[number + 1 :]])


def _conditions(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A condition that always holds, and one that never does."""
    if isinstance(node, cst.If | cst.CompIf):
        for name in ("True", "False"):
            yield node.with_changes(
                test=cst.Name(name), whitespace_before_test=cst.SimpleWhitespace(" ")
            )


def _operands(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One side of ``and`` or ``or`` alone."""
    if isinstance(node, cst.BooleanOperation):
        for side in (node.left, node.right):
            yield side if side.lpar else side.with_changes(lpar=node.lpar, rpar=node.rpar)


def _statements(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A call for its effect, or a refusal, left out."""
    if isinstance(node, cst.Raise | cst.AugAssign) or (
        isinstance(node, cst.Expr) and isinstance(node.value, cst.Call)
    ):
        yield cst.Pass()


OPERATORS: Final[tuple[Operator, ...]] = (
    lambda n: iter(mutators.operator_number(n)) if isinstance(n, cst.BaseNumber) else iter(()),
    lambda n: iter(mutators.operator_name(n)) if isinstance(n, cst.Name) else iter(()),
    lambda n: (
        iter(mutators.operator_remove_unary_ops(n))
        if isinstance(n, cst.UnaryOperation)
        else iter(())
    ),
    lambda n: iter(mutators.operator_keywords(n)),
    lambda n: iter(mutators.operator_swap_op(n)),
    lambda n: iter(mutators.operator_if_exp(n)) if isinstance(n, cst.IfExp) else iter(()),
    lambda n: iter(mutators.operator_match(n)) if isinstance(n, cst.Match) else iter(()),
    _keyword_arguments,
    _conditions,
    _operands,
    _statements,
)


@dataclass(frozen=True)
class _Place:
    where: str
    first_line: int


class _Finder(cst.CSTVisitor):
    """Collects nodes with what they may become, and the function that each stands in."""

    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self, *, class_level: bool) -> None:
        self.found: list[tuple[cst.CSTNode, cst.CSTNode, int, _Place]] = []
        self._class_level = class_level
        self._names: list[str] = []
        self._function: _Place | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self._skipped(node):
            return False
        if isinstance(node, cst.ClassDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            self._visit_function(node)
            return False
        if self._function is not None or self._class_level:
            line = self.get_metadata(PositionProvider, node).start.line
            place = self._function or _Place("", 0)
            for operator in OPERATORS:
                self.found += [(node, new, line, place) for new in operator(node)]
        # What a refusal says are words; whether it refuses is asked.
        return not isinstance(node, cst.Raise)

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.ClassDef):
            self._names.pop()

    def _visit_function(self, node: cst.FunctionDef) -> None:
        if self._function is not None:
            # Part of the code of the function around it.
            node.params.visit(self)
            node.body.visit(self)
            return
        for param in (*node.params.params, *node.params.kwonly_params):
            if param.default is not None and self._class_level:
                param.default.visit(self)
        position = self.get_metadata(PositionProvider, node).start.line
        first = min([position, *(self._line(one) for one in node.decorators)])
        self._function = _Place(".".join([*self._names, node.name.value]), first)
        node.body.visit(self)
        self._function = None

    def _line(self, node: cst.CSTNode) -> int:
        return self.get_metadata(PositionProvider, node).start.line

    def _skipped(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return True
        if isinstance(node, cst.Arg) and node.keyword is not None:
            return node.keyword.value in NEVER_DROPPED
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
            return node.func.value in WORDS
        # An assertion states what the types or the database hold.
        if isinstance(node, cst.Assert):
            return True
        return isinstance(node, cst.If) and "TYPE_CHECKING" in cst.Module([]).code_for_node(
            node.test
        )


@cache
def _found(file: str) -> tuple[MetadataWrapper, _Finder]:
    wrapper = MetadataWrapper(cst.parse_module((ROOT / file).read_text()), unsafe_skip_copy=True)
    finder = _Finder(class_level=not any(part in f"/{file}" for part in NO_CLASS_LEVEL))
    wrapper.visit(finder)
    return wrapper, finder


def count(file: str) -> int:
    """How many changes there are to the file, those that come to nothing included."""
    return len(_found(file)[1].found)


def change(file: str, group: str, number: int) -> Change | None:
    """One change to the file; None for one that cannot be made."""
    wrapper, finder = _found(file)
    node, new, line, place = finder.found[number]
    text = wrapper.module.code
    changed = wrapper.module.deep_replace(node, new).code  # type: ignore[arg-type]
    if changed == text or not _compiles(changed):
        return None
    removed, added, diff = _difference(file, text, changed)
    return Change(file, group, place.where, place.first_line, line, removed, added, diff, changed)


def _compiles(source: str) -> bool:
    try:
        compile(source, "changed", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _difference(file: str, old: str, new: str) -> tuple[str, str, str]:
    lines = list(
        difflib.unified_diff(old.splitlines(), new.splitlines(), file, file, n=2, lineterm="")
    )
    removed = "\n".join(one[1:].strip() for one in lines[3:] if one.startswith("-"))
    added = "\n".join(one[1:].strip() for one in lines[3:] if one.startswith("+"))
    return removed, added, "\n".join(lines[2:])


def source_digest(paths: list[Path]) -> str:
    """One hash of the contents of some files."""
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:24]
