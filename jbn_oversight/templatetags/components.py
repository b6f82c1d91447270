"""The parts that pages are made of; see templates/components/README.md for how each is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jbn_oversight.stacked_tables import stacked_rows

register = template.Library()

KINDS: Final = frozenset({"good", "bad", "attention", "info", "none"})
ALERT_CLASSES: Final = {"good": "ok", "bad": "error", "attention": "warning", "info": "info"}
MESSAGE_KINDS: Final = {"success": "good", "error": "bad", "warning": "attention"}


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"unknown kind {kind!r}, choose from {sorted(KINDS)}")
    return kind


@register.inclusion_tag("components/status.html")
def status(word: str, kind: str = "none", plain: bool = False) -> dict[str, object]:
    """A status: a word with a shape, coloured. Kinds: good, bad, attention, info, none."""
    return {"word": word, "kind": _kind(kind), "plain": plain}


@register.inclusion_tag("components/shape.html")
def shape(kind: str = "none", css: str = "jbn-status__shape") -> dict[str, object]:
    """The shape alone, hidden from screen readers: only ever beside its word."""
    return {"kind": _kind(kind), "css": css}


@register.simple_block_tag
def alert(content: SafeString, kind: str = "info", title: str = "", urgent: bool = False) -> str:
    """A message in a frame. ``urgent`` makes a screen reader speak it at once."""
    return render_to_string(
        "components/alert.html",
        {
            "content": content,
            "kind": _kind(kind),
            "css": ALERT_CLASSES[kind],
            "title": title,
            "urgent": urgent,
        },
    )


@register.filter
def message_kind(tags: str) -> str:
    """The kind that belongs to the level tag of one of Django's messages."""
    return next((MESSAGE_KINDS[tag] for tag in tags.split() if tag in MESSAGE_KINDS), "info")


@register.simple_block_tag
def card(content: SafeString, title: str = "", url: str = "", level: int = 3) -> str:
    """A card with a heading, that is a link when there is an address."""
    return render_to_string(
        "components/card.html", {"content": content, "title": title, "url": url, "level": level}
    )


@register.simple_block_tag
def data_table(
    content: SafeString,
    caption: str,
    compact: bool = False,
    key: str = "",
    stacked: bool = False,
) -> str:
    """A table with its caption, in a region that can be scrolled with the keyboard.

    ``stacked`` shows each row of a wide table on a phone as a block with the names of its
    columns; its parts then carry their roles, and its cells ``data-label``, here or by hand.

    The content is thead and tbody. ``key`` is needed only where two tables of one page have
    the same caption: the region's id is made of it.
    """
    table_id = f"table-{slugify(key or caption)[:60]}"
    styles = {"jbn-table--compact": compact, "jbn-table--stacked": stacked}
    if stacked and "data-label" not in content:
        content = mark_safe(stacked_rows(content))  # noqa: S308 # it was markup before
    return render_to_string(
        "components/table.html",
        {
            "content": content,
            "caption": caption,
            "css": " ".join(name for name, is_so in styles.items() if is_so),
            "stacked": stacked,
            "table_id": table_id,
        },
    )


@register.simple_block_tag
def empty(content: SafeString, title: str = "") -> str:
    """What stands where there is nothing yet: what will be here, and who must do what."""
    return render_to_string("components/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def details(content: SafeString, summary: str, open: bool = False) -> str:  # noqa: A002
    """Content that opens under its summary, without JavaScript."""
    return render_to_string(
        "components/details.html", {"content": content, "summary": summary, "open": open}
    )


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, object]:  # noqa: A002
    """A form field with label, help and errors, tied together for screen readers."""
    widget = bound.field.widget
    grouped = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    described = []
    if help or bound.help_text:
        described.append(f"{bound.auto_id}_help")
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    attrs: dict[str, str | bool] = {}
    if described and not grouped:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors and not grouped:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "help": help or bound.help_text,
        "grouped": grouped,
        "described": " ".join(described),
        "single_checkbox": isinstance(widget, CheckboxInput),
        "hidden": bound.is_hidden,
        "optional": _optional(bound),
    }


def _optional(bound: BoundField) -> str:
    """What stands behind the label of a field that may stay empty.

    A field or its form (by name) can say when it is needed all the same (``needed_when``); a
    filter (``is_filter`` of its form) says nothing, since nobody has to choose anything there.
    """
    if bound.field.required or getattr(bound.form, "is_filter", False):
        return ""
    of_form = getattr(bound.form, "needed_when", {}).get(bound.name, "")
    return str(getattr(bound.field, "needed_when", "") or of_form or _("optional"))


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, object]:
    """The summary of errors and every field of a form, in its own order."""
    return {"form": form}


@register.inclusion_tag("components/form_actions.html")
def form_actions(word: str, cancel: str = "") -> dict[str, object]:
    """The button that sends a form, and a way back where there is an address for it."""
    return {"word": word, "cancel": cancel}


@register.inclusion_tag("components/post_form.html")
def post_form(form: BaseForm, word: str, cancel: str = "", css: str = "") -> dict[str, object]:
    """A form of fields alone, sent to the page that it stands on."""
    return {"form": form, "word": word, "cancel": cancel, "css": css}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """A summary of what is wrong, each line a link to its field. Nothing when all is well."""
    lines = [
        {"field_id": bound.id_for_label or bound.auto_id, "label": bound.label, "error": error}
        for bound in form
        for error in bound.errors
        if not bound.is_hidden
    ]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"lines": lines, "general": [*form.non_field_errors(), *hidden]}


@register.inclusion_tag("components/progress.html")
def progress(value: int, label: str, step: str = "") -> dict[str, object]:
    """A bar from 0 to 100 with its words and number beside it."""
    return {"value": max(0, min(100, int(value))), "label": label, "step": step}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[tuple[str, str, bool]], label: str) -> dict[str, object]:
    """Tabs as links to pages of their own: (word, address, is this the current one)."""
    return {"items": list(items), "label": label}


@register.simple_tag
def short_label(seen: object, *heard: object, lang: str = "") -> SafeString:
    """A word for the eye, and behind it what it is about, for screen readers alone.

    No template: a space more before the colon, and they hear it.
    """
    language = format_html(' lang="{}"', lang) if lang else ""
    about = format_html_join("", "{}", ((word,) for word in heard))
    return format_html('{}<span class="jbn-visually-hidden"{}>{}</span>', seen, language, about)


@register.inclusion_tag("components/crumb.html")
def crumb(word: str, url: str = "") -> dict[str, object]:
    """One step of the breadcrumb; the last one has no address."""
    return {"word": word, "url": url}


@register.inclusion_tag("components/crumb.html")
def crumb_to(word: str, page: str, *keys: object) -> dict[str, object]:
    """A step of the breadcrumb to a page by its name, with the keys that its address takes."""
    return {"word": word, "url": reverse(page, args=keys)}


@register.simple_block_tag
def chart(
    content: SafeString,
    svg: SafeString,
    caption: str,
    under: str = "",
    open: bool = False,  # noqa: A002
    small: SafeString | None = None,
) -> str:
    """A picture with its caption, a sentence that reads it, and its table underneath.

    The content is the table (use ``data_table``). The picture itself carries role and title;
    ``small`` is the same picture drawn for a phone.
    """
    return render_to_string(
        "components/chart.html",
        {
            "content": content,
            "svg": svg,
            "small": small,
            "caption": caption,
            "under": under,
            "open": open,
        },
    )


@register.filter
def get(mapping: Mapping[object, object], key: object) -> object:
    """``mapping[key]``, or None where there is no such key."""
    return mapping.get(key)
