"""How an action says no: with a sentence, and the field that it is about."""

from __future__ import annotations


class RefusedError(Exception):
    """What was asked cannot be recorded; ``sentence`` says why and what to do, ready to show.

    ``field`` names the field of the form that it is about; empty where it is about the whole.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field
