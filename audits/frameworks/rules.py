"""A framework as plain values, as a file says it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement of a theme."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme with its requirements, in order."""

    code: str
    title: str
    requirements: tuple[RequirementRow, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkHead:
    """Whose framework it is, which version, since when, and where it was read."""

    code: str
    version: str
    title: str
    authority: str
    valid_from: date | None
    publisher: str
    source: str
    """Title of the source."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """A whole framework."""

    head: FrameworkHead
    themes: tuple[ThemeRow, ...]
