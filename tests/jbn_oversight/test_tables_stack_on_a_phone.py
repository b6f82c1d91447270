from __future__ import annotations

from django.template import Context, Template

from jbn_oversight.stacked_tables import stacked_rows

TABLE = (
    '<thead><tr><th scope="col">Wie</th><th scope="col">Wat &amp; <b>hoe</b></th></tr></thead>'
    '<tbody><tr><th scope="row">Een</th><td class="jbn-num">1</td></tr></tbody>'
)


def test_each_cell_gets_the_name_of_its_column() -> None:
    made = stacked_rows(TABLE)
    assert '<td class="jbn-num" role="cell" data-label="Wat &amp; hoe">1</td>' in made
    assert '<th scope="row" role="rowheader">Een</th>' in made
    assert made.count('role="row"') == 2


def test_a_table_that_names_its_columns_by_hand_stays_as_it_is() -> None:
    by_hand = '<tbody><tr><td data-label="Wat">1</td></tr></tbody>'
    template = Template(
        "{% load components %}{% data_table 'Lijst' stacked=True %}"
        + by_hand
        + "{% enddata_table %}"
    )
    assert by_hand in template.render(Context())


def test_words_in_a_stacked_table_stay_escaped() -> None:
    template = Template(
        "{% load components %}{% data_table 'Lijst' stacked=True %}<thead><tr><th>{{ name }}</th>"
        "</tr></thead><tbody><tr><td>{{ name }}</td></tr></tbody>{% enddata_table %}"
    )
    page = template.render(Context({"name": '"><script>'}))
    assert "<script>" not in page
    assert 'data-label="&quot;&gt;&lt;script&gt;"' in page
