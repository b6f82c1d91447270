"""How a template is laid out does not reach the paper: no space at the edge of a line."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reports.pdf.spaces import without_layout


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("<p>\n  een\n  twee\n</p>", "<p>een twee</p>"),
        ("<p>een <b>\n twee </b>\n drie\n</p>", "<p>een <b>twee </b>drie</p>"),
        ("<td>\n <b> een </b>\n</td>", "<td><b>een</b></td>"),
        ("<td>een\n <br />\n twee</td>", "<td>een<br />twee</td>"),
        ("<div>\n <p>een</p>\n <p>twee</p>\n</div>", "<div><p>een</p><p>twee</p></div>"),
        ("<p>een\n <img src='a' /> twee</p>", "<p>een <img src='a' /> twee</p>"),
        ("<p><b>een</b>: <i>twee</i></p>", "<p><b>een</b>: <i>twee</i></p>"),
        ("<p>een\u2002\u00a0</p>", "<p>een\u2002\u00a0</p>"),
        ("<pre> een\n  twee </pre>", "<pre> een\n  twee </pre>"),
    ],
)
def test_spaces_stay_between_words_alone(written: str, printed: str) -> None:
    tidied = without_layout(ElementTree.fromstring(written))
    assert ElementTree.tostring(tidied) == ElementTree.tostring(ElementTree.fromstring(printed))
