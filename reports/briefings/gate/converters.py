"""What an address of a briefing is made of: 128 random bits that tell nothing."""

from __future__ import annotations

from typing import Final

from django.urls import register_converter
from django.urls.converters import StringConverter


class KeyConverter(StringConverter):
    """An identifier as ``new_public_id`` makes it; anything else is no address at all."""

    regex = "[A-Za-z0-9_-]{20,64}"


register_converter(KeyConverter, "key")

ONE: Final = "briefings/<key:public_id>/"
WORK: Final = f"{ONE}work/"
VERSION: Final = f"{ONE}versions/<key:version_id>/"
