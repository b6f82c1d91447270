"""What was changed in a text is printed space for space: the page shows each of them."""

from __future__ import annotations

from django.utils.translation import override

from reports.briefings.document.rules.differences import words_changed
from reports.templatetags.briefing_document import changed_text

PIECES = words_changed("een  <b>\n twee", "een  <b>\n drie")


def test_marks_and_words_stand_around_what_changed_and_nothing_else() -> None:
    unseen = '<span class="jbn-visually-hidden">'
    with override("nl"):
        assert changed_text(PIECES) == (
            "een  &lt;b&gt;\n "
            f"<del>{unseen}[verwijderd: </span>twee{unseen}]</span></del>"
            f"<ins>{unseen}[toegevoegd: </span>drie{unseen}]</span></ins>"
        )


def test_a_heading_has_the_marks_alone() -> None:
    assert changed_text(PIECES, in_words=False) == (
        "een  &lt;b&gt;\n <del>twee</del><ins>drie</ins>"
    )
