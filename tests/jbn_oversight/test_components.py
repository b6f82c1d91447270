"""Components: what they print is tied together for who does not see it."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse


def show(text: str, **context: object) -> str:
    """A template with the components loaded."""
    return Template("{% load components %}" + text).render(Context(context))


class Form(forms.Form):
    """A field of each kind."""

    name = forms.CharField(help_text="As in the passport.")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField()
    note = forms.CharField(required=False)


def test_a_status_is_a_word_and_a_shape() -> None:
    text = show('{% status "gehaald" "good" %}')
    assert "gehaald" in text
    assert '<svg class="jbn-status__shape"' in text
    assert 'aria-hidden="true"' in text


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="unknown kind"):
        show('{% status "x" "purple" %}')


def test_words_are_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    text = show(
        "{% status evil %}{% alert 'info' evil %}{% endalert %}{% card evil evil %}{% endcard %}"
        "{% data_table evil %}{% enddata_table %}{% details evil %}{% enddetails %}"
        "{% crumb evil evil %}{% progress 40 evil evil %}{% empty evil %}{% endempty %}",
        evil=evil,
    )
    assert "<script" not in text


def test_a_field_is_tied_to_its_help_and_its_error() -> None:
    text = show("{% fields form %}", form=Form({"name": ""}))
    assert 'aria-describedby="id_name_help id_name_error"' in text
    assert 'id="id_name_help"' in text
    assert 'id="id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert 'href="#id_name"' in text


def test_choices_stand_in_a_group_with_a_legend() -> None:
    text = show("{% fields form %}", form=Form())
    assert "<fieldset" in text
    assert "<legend" in text


def test_a_field_that_may_be_left_out_says_so() -> None:
    text = show("{% field form.note %}", form=Form())
    assert "(" in text.split("</label>")[0]


def test_a_table_can_be_scrolled_with_the_keyboard_and_has_a_name() -> None:
    text = show("{% data_table 'Cijfers per maand' %}<tbody></tbody>{% enddata_table %}")
    assert 'role="region" tabindex="0" aria-labelledby="table-cijfers-per-maand"' in text
    assert 'id="table-cijfers-per-maand"' in text


def test_progress_stays_between_nought_and_a_hundred() -> None:
    assert 'value="100"' in show("{% progress 140 'Rekenen' %}")
    assert 'value="0"' in show("{% progress -3 'Rekenen' %}")


def test_a_short_label_hides_what_it_is_about_and_puts_no_space_before_it() -> None:
    text = show('{% short_label _("Change") ": " name lang="nl" %}', name="<b>")
    assert text.endswith('<span class="jbn-visually-hidden" lang="nl">: &lt;b&gt;</span>')
    assert not text.split("<")[0].endswith(" ")


def test_a_crumb_to_a_page_finds_its_address() -> None:
    text = show('{% crumb_to "Gegevens" "organisations:list" kind %}', kind="regions")
    assert f'<a href="{reverse("organisations:list", args=["regions"])}">Gegevens</a>' in text


def test_a_form_carries_its_token_and_a_way_back_where_there_is_one() -> None:
    without = show('{% post_form form "Opslaan" %}', form=Form(), csrf_token="zegel")
    assert 'name="csrfmiddlewaretoken" value="zegel"' in without
    assert "Opslaan" in without
    assert "<a " not in without
    text = show('{% post_form form "Opslaan" cancel="/terug/" css="jbn-form--wide" %}', form=Form())
    assert 'class="jbn-form jbn-form--wide"' in text
    assert 'href="/terug/"' in text


def test_no_component_holds_inline_style_or_script() -> None:
    text = show(
        "{% fields form %}{% alert 'bad' 'x' urgent=True %}{% endalert %}"
        "{% progress 1 'x' %}{% tabs items 'x' %}",
        form=Form({}),
        items=[("a", "/a", True)],
    )
    assert "style=" not in text
    assert "onclick" not in text
