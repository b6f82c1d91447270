"""What a pasted letter of the body fills in for an audit: suggestions, nothing more. Pure."""

from __future__ import annotations

from audits.letters.rules import Suggestions

_HELD = ("gehouden", "plaatsgevonden", "uitgevoerd", "bezocht", "auditdag")
_PLANNED = ("gepland", "plannen", "zal", "zullen", "plaatsvinden", "voornemens")
_OUTCOME = ("uitkomst", "besluit", "besloten", "conclusie", "concludeert", "voldoet")


def audit_suggested(found: Suggestions) -> dict[str, object]:
    """What stands in the letter, by the names of the form's fields; one day serves one field."""
    said: dict[str, object] = {}
    for name, words in (("held", _HELD), ("planned", _PLANNED), ("outcome_known", _OUTCOME)):
        day = found.day_near(*words)
        if day and day not in said.values():
            said[name] = day
    return said
