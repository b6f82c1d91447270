"""Long lines of a template, and lines with two blocks, are found; separators are not."""

from __future__ import annotations

import pytest

from scripts.template_lines import faults


@pytest.mark.parametrize(
    "line",
    [
        "<p>" + "é" * 118,
        "{% if a %}{% for b in c %}",
        "{% with a=b %}{% blocktranslate with c=d %}{{ c }}{% endblocktranslate %}{% endwith %}",
    ],
)
def test_a_line_that_nobody_reads_is_named(line: str) -> None:
    (found,) = faults("page.html", f"<h1>\n{line}\n</h1>")
    assert found.startswith("page.html:2: ")


@pytest.mark.parametrize(
    "line",
    [
        "<p>" + "é" * 117,
        "{% if a %}{{ a }}{% else %}–{% endif %}",
        "{% for a in b %}{{ a.name }}{% if not forloop.last %}, {% endif %}{% endfor %}",
    ],
)
def test_a_line_that_can_be_read_is_left_alone(line: str) -> None:
    assert not list(faults("page.html", line))
