"""CSV: plain text that a spreadsheet opens, so no formulas and no persons."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from jbn_oversight.files.scan.findings import AcceptedFile, RefusalReason, RefusedFile
from jbn_oversight.personal_numbers import count_in

MOST_LINES: Final = 200_000
_FORMULA: Final = re.compile(r"\s*(?:[=@\t\r]|[+-](?!\s*[\d.,]+\s*%?\s*$))")


def clean(data: bytes) -> AcceptedFile:
    """The text as UTF-8. Refuses other encodings, formulas and numbers of persons by line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFile(RefusalReason.BROKEN) from error
    if "\0" in text:
        raise RefusedFile(RefusalReason.NOT_WHAT_IT_SAYS)
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise RefusedFile(RefusalReason.TOO_MUCH)
    for number, line in enumerate(lines, start=1):
        if found := count_in(line):
            raise RefusedFile(RefusalReason.NUMBERS, number, found)
    try:
        csv.field_size_limit(100_000)
        delimiter = ";" if text.count(";") > text.count(",") else ","
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        for row in rows:
            if any(_FORMULA.match(cell) for cell in row):
                raise RefusedFile(RefusalReason.FORMULA, rows.line_num)
    except csv.Error as error:
        raise RefusedFile(RefusalReason.BROKEN) from error
    return AcceptedFile(text.encode())
