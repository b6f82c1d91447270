"""Who adds an act is told where it is not written in the log (docs/how-to/act.md).

The functions come from the files, so no list of them can go stale: all that stand in an ``actions``
module and say who does it (``by``). One that reaches ``record_act`` in what it calls is recorded.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("jbn_oversight", "cases", "certification", "audits", "reports")
THE_LOG: Final = ("jbn_oversight.acts.actions", "record_act")

STEP = "a step of other actions, which are recorded"
READING = "reading stands in the reading log, and is no act"
DRAFT = "a draft that nobody signed: its contributions, copies and history are kept"
OWN_ROW = "the row itself says who and when, and nobody changes it"
ASKS = "writes nothing"
EXCEPTIONS: Final[dict[str, str]] = {
    "audits.actions.tie": STEP,
    "cases.returns.actions.save_return": DRAFT,
    "certification.certificates.actions.get_or_create_source": STEP,
    "certification.certificates.actions.save_by": STEP,
    "certification.deliveries.actions.open_intake": STEP,
    "jbn_oversight.notices.actions.noting.choose": OWN_ROW,
    "reports.briefings.chronology.actions.quote_chronology": DRAFT,
    "reports.briefings.decisions.actions.emergency.choose_dossier": DRAFT,
    "reports.briefings.decisions.actions.emergency.dossiers_for": ASKS,
    "reports.briefings.factcheck.actions.settle": OWN_ROW,
    "reports.briefings.log.actions.log_acceptance": READING,
    "reports.briefings.log.actions.log_download": READING,
    "reports.briefings.log.actions.log_opening": READING,
    "reports.briefings.log.actions.log_work": READING,
    "reports.briefings.log.actions.reads_as": ASKS,
    "reports.briefings.log.actions.works_as": ASKS,
    "reports.briefings.planning.actions.add_step": OWN_ROW,
    "reports.briefings.planning.actions.drop_step": OWN_ROW,
    "reports.briefings.planning.actions.finish_step": OWN_ROW,
    "reports.briefings.planning.actions.note_told": OWN_ROW,
    "reports.briefings.planning.actions.plan_review": OWN_ROW,
    "reports.briefings.planning.actions.review": OWN_ROW,
    "reports.briefings.planning.actions.strike_told": OWN_ROW,
    "reports.briefings.press.actions.note_reading": READING,
    "reports.briefings.press.actions.write_text": DRAFT,
    "reports.briefings.printing.actions.copies.copy_for": READING,
    "reports.briefings.printing.actions.copies.copy_of_draft": READING,
    "reports.briefings.questions.actions.answer": DRAFT,
    "reports.briefings.questions.actions.ask": OWN_ROW,
    "reports.briefings.readers.actions.accept_terms": READING,
    "reports.briefings.readers.actions.preview": ASKS,
    "reports.briefings.signing.actions.freeze_version": STEP,
    "reports.briefings.writing.actions.comments.comment_on": OWN_ROW,
    "reports.briefings.writing.actions.comments.reopen": OWN_ROW,
    "reports.briefings.writing.actions.comments.reply": OWN_ROW,
    "reports.briefings.writing.actions.comments.resolve": OWN_ROW,
    "reports.briefings.writing.actions.drafts.attach": DRAFT,
    "reports.briefings.writing.actions.drafts.detach": DRAFT,
    "reports.briefings.writing.actions.drafts.edit": DRAFT,
    "reports.briefings.writing.actions.drafts.edit_heading": DRAFT,
    "reports.briefings.writing.actions.drafts.touched": STEP,
    "reports.briefings.writing.actions.sections.add_section": DRAFT,
    "reports.briefings.writing.actions.sections.give_up_copy": DRAFT,
    "reports.briefings.writing.actions.sections.keep_copy": DRAFT,
    "reports.briefings.writing.actions.sections.move_section": DRAFT,
    "reports.briefings.writing.actions.sections.remove_section": DRAFT,
    "reports.briefings.writing.actions.sections.save_section": DRAFT,
}
"""Functions that record no act, each with the reason."""


Function = tuple[str, str]


def modules() -> dict[str, ast.Module]:
    """Every ``actions`` module by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        if "actions" in path.relative_to(ROOT).with_suffix("").parts and path.name != "__init__.py"
    }


MODULES = modules()


@cache
def functions(module: str) -> dict[str, ast.FunctionDef]:
    tree = MODULES[module]
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@cache
def imported(module: str) -> dict[str, Function]:
    """What a name of the module stands for: a function of another one, or a whole module."""
    found = {}
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                name = one.asname or one.name
                found[name] = (whole, "") if whole in MODULES else (node.module, one.name)
    return found


def called(module: str, name: str) -> set[Function]:
    """The functions of ``actions`` modules that a function names."""
    found = set()
    for node in ast.walk(functions(module)[name]):
        if isinstance(node, ast.Name):
            if node.id in functions(module):
                found.add((module, node.id))
            elif node.id in imported(module):
                found.add(imported(module)[node.id])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole, function = imported(module).get(node.value.id, ("", "-"))
            if not function:
                found.add((whole, node.attr))
    return found


def records(module: str, name: str) -> bool:
    """Whether a function writes in the log, itself or through what it calls."""
    seen: set[Function] = set()
    waiting = {(module, name)}
    while waiting:
        one = waiting.pop()
        if one == THE_LOG:
            return True
        if one in seen or one[0] not in MODULES or one[1] not in functions(one[0]):
            continue
        seen.add(one)
        waiting |= called(*one)
    return False


def says_by_whom(node: ast.FunctionDef) -> bool:
    arguments = [*node.args.args, *node.args.kwonlyargs]
    return "by" in {one.arg for one in arguments}


ACTS = sorted(
    f"{module}.{name}"
    for module in MODULES
    for name, node in functions(module).items()
    if not name.startswith("_") and says_by_whom(node) and (module, name) != THE_LOG
)


def test_there_are_acts_to_look_at() -> None:
    assert len(ACTS) > 100


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_recorded_or_says_why_not(act: str) -> None:
    module, _dot, name = act.rpartition(".")
    if act in EXCEPTIONS:
        assert not records(module, name), f"{act} is recorded: take it out of EXCEPTIONS"
    else:
        assert records(module, name), f"{act} writes no act: see docs/how-to/act.md"


def test_every_exception_is_still_there() -> None:
    assert set(EXCEPTIONS) <= set(ACTS)
