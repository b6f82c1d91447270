"""The sentences about a delivery, in English, marked for translation.

This module is pure, so it marks its sentences with a function that does nothing; the doors
translate them. Parameters are facts of the format, never contents of a file.
"""

from __future__ import annotations

from typing import Final

from cases.deliveries.imports.layout import AFTER_POINT, BEFORE_POINT, FIRST_YEAR, KEY_LENGTH
from cases.deliveries.imports.problems import Message


def gettext_noop(message: str) -> str:
    """Mark a sentence for extraction and leave it as it is."""
    return message


_ = gettext_noop

# The delivery as a whole.
NOT_FOUND: Final = Message(_("There is no folder, zip or XLSX file here. Check the path."))
NOT_A_DELIVERY: Final = Message(
    _("This is not a folder, a zip or an XLSX file. Hand over one of these three.")
)
TOO_LARGE: Final = Message(
    _("Unpacked, the delivery is larger than %(megabytes)s MB. Deliver less, or ask for help."),
    {"megabytes": 100},
)
FOLDER_TOO_LARGE: Final = Message(_("This file is too large. Deliver less, or ask for help."))
UNKNOWN_NAME: Final = Message(
    _(
        "The zip holds “%(name)s”, which does not belong in it. Put only the four files in it, "
        "at the top level, without folders or links."
    ),
    {"name": ""},
)
NAME_TWICE: Final = Message(_("This name stands in the delivery twice. Keep one of the two."))
ENCRYPTED: Final = Message(_("The file has a password. Deliver it without a password."))
OLD_SPREADSHEET: Final = Message(
    _("This is a spreadsheet of an old kind (.xls). Save it as Excel Workbook (.xlsx).")
)
BINARY_WORKBOOK: Final = Message(
    _("This is a binary workbook of Excel (.xlsb). Save it as Excel Workbook (.xlsx).")
)
MARKED_UP: Final = Message(
    _("This is a table as a web page or as XML. Save it as Excel Workbook (.xlsx).")
)
OTHER_PROGRAM: Final = Message(
    _("This is a file of Numbers, Pages or Keynote. Export it as Excel Workbook (.xlsx).")
)
OPEN_DOCUMENT: Final = Message(
    _("This is a spreadsheet of LibreOffice (.ods). Save it as Excel Workbook (.xlsx).")
)
DOCUMENT: Final = Message(
    _(
        "This is a document, such as Word or a PDF, and no table. Put each table in a sheet of a "
        "spreadsheet and save it as Excel Workbook (.xlsx)."
    )
)
SINGLE_FILE: Final = Message(
    _("This is a single CSV file. Put the files of the delivery together in one zip.")
)
STRICT_WORKBOOK: Final = Message(
    _("This spreadsheet is a Strict Open XML file. Save it as Excel Workbook (.xlsx).")
)
BROKEN_ARCHIVE: Final = Message(
    _("The file is damaged and cannot be unpacked. Make it again and deliver it again.")
)
BROKEN_WORKBOOK: Final = Message(
    _("The spreadsheet cannot be read. Save it again as XLSX and deliver it again.")
)
WRONG_CASE: Final = Message(
    _("This name is almost that of a file of the delivery. Write the name exactly as agreed.")
)
MISSING_FILE: Final = Message(
    _("This file is missing. Add it; if there were none, with its header row alone.")
)
NOT_A_FILE: Final = Message(_("This is a link or not a file. Deliver the file itself."))
PERIOD_ORDER: Final = Message(_("The period ends before it begins. Turn the two months round."))
PERIOD_AHEAD: Final = Message(
    _("The period ends in a month that has not ended yet. Deliver up to %(last)s at the latest."),
    {"last": ""},
)
OTHER_NAMES_LEFT_ASIDE: Final = Message(
    _("The delivery holds %(count)s other names. They were not read."), {"count": 0}
)
SYSTEM_NAMES_LEFT_ASIDE: Final = Message(
    _("Files in the zip that a computer adds by itself, left aside: %(count)s."), {"count": 0}
)
FOLDER_LEFT_ASIDE: Final = Message(
    _("In the zip a folder stands around the files. It was left aside.")
)

# A file.
SPREADSHEET_AS_CSV: Final = Message(
    _("This is a spreadsheet with the name of a CSV file. Save it as CSV, UTF-8.")
)
NOT_UTF8: Final = Message(_("This file is not in UTF-8. Save it again as CSV, UTF-8."))
NUL_BYTE: Final = Message(
    _("This row holds a NUL byte, which is no text. Make the file again as CSV, UTF-8.")
)
NO_HEADER: Final = Message(
    _("This file has no header row. Put the names of the columns in the first row.")
)
UNREADABLE_ROW: Final = Message(
    _(
        "This row cannot be read: a quotation mark is not closed, or a cell is far too long. "
        "Mend the row; the rows after it have not been looked at."
    )
)
SHEET_TOO_LARGE: Final = Message(
    _("This sheet uses cells far outside the table. Copy the table to an empty sheet.")
)
MISSING_COLUMN: Final = Message(_("This column is missing. Add it; its cells may be empty."))
UNKNOWN_COLUMN: Final = Message(_("This column does not belong in the file. Remove it."))
UNNAMED_COLUMN: Final = Message(
    _("Column number %(position)s does not belong in the file. Remove it."), {"position": 0}
)
DOUBLED_COLUMN: Final = Message(_("This column stands in the file twice. Keep one of the two."))
BLANK_LINES: Final = Message(_("%(count)s blank lines were skipped."), {"count": 0})
EMPTY_COLUMNS: Final = Message(
    _("Empty columns without a header, left aside: %(count)s."), {"count": 0}
)
FILLED_COLUMN: Final = Message(
    _(
        "Column number %(position)s has no header, and cells in it are filled. Give it its header, "
        "or empty it."
    ),
    {"position": 0},
)

# A row.
OTHER_WIDTH: Final = Message(
    _("This row has another number of cells than the header. Check the separators in it.")
)
KEY_TWICE: Final = Message(_("This key stands in an earlier row too. Give each row its own key."))
STAFFING_TWICE: Final = Message(
    _("This period, region and role stand in an earlier row too. Keep one of the two rows.")
)

# A cell.
REQUIRED: Final = Message(_("This cell is empty, and it may not be. Fill it in."))
CITIZEN_NUMBER: Final = Message(
    _("This cell holds a number that can be a citizen service number (BSN). Remove it.")
)
KEY_TOO_LONG: Final = Message(
    _("This key is longer than %(length)s characters. Use a shorter one."), {"length": KEY_LENGTH}
)
CONTROL_CHARACTER: Final = Message(
    _(
        "This cell holds a character that cannot be seen: a control character, such as a line "
        "break (%(code)s). Remove it, or type the cell again."
    ),
    {"code": "U+0000"},
)
ZERO_WIDTH: Final = Message(
    _(
        "This cell holds a character that cannot be seen: one of zero width (%(code)s). "
        "Type the cell again."
    ),
    {"code": ""},
)
NO_BREAK_SPACE: Final = Message(
    _(
        "This cell holds a character that cannot be told from a space: a no-break space "
        "(%(code)s). Type the cell again."
    ),
    {"code": ""},
)
BYTE_ORDER_MARK: Final = Message(
    _(
        "This cell holds a character that cannot be seen: a byte-order mark (%(code)s). "
        "Type the cell again."
    ),
    {"code": ""},
)
KEY_FOR_NOTHING: Final = Message(
    _("This is no key but a word or sign for “not known”. Give each one a key of its own.")
)
LEAVE_EMPTY: Final = Message(
    _("This stands for “not known” or “not yet”. Leave the cell empty instead.")
)
EMPTY_IS_NOT_ENOUGH: Final = Message(
    _(
        "This stands for “not known”. Elsewhere you leave it empty; this cell must be filled in, "
        "so find out what belongs here."
    )
)
DOUBTFUL_POINT: Final = Message(
    _(
        "In this file decimals have a comma, so it is doubtful what the point in this number is. "
        "Write thousands without a point, and decimals with a comma."
    )
)
NOT_A_CODE: Final = Message(
    _("This code does not exist here. Use one of: %(codes)s."), {"codes": ""}
)
NOT_A_MUNICIPALITY: Final = Message(
    _("This is not the CBS code of a municipality of this institution. Write it like GM0014.")
)
MUNICIPALITY_ENDED: Final = Message(
    _("The municipality with this code ended on %(day)s and went on as %(successor)s. Use that."),
    {"day": "", "successor": ""},
)
MUNICIPALITY_GONE: Final = Message(
    _("The municipality with this code ended on %(day)s. Use the code of the one after it."),
    {"day": ""},
)
NOT_SAFE_HOME: Final = Message(
    _(
        "This is not the CBS code of a municipality for which this institution is Veilig Thuis. "
        "Write it like GM0014."
    )
)
NOT_A_DATE: Final = Message(
    _("This is not a date that exists. Write it as YYYY-MM-DD or as D-M-YYYY.")
)
DATE_TOO_EARLY: Final = Message(
    _("This date lies before %(year)s. Check the year."), {"year": FIRST_YEAR}
)
DATE_AHEAD: Final = Message(
    _("This date lies after the last day of the delivery's period (%(reference)s). Correct it."),
    {"reference": ""},
)
NOT_A_MONTH: Final = Message(_("This is not a month. Write it as YYYY-MM."))
MONTH_OUTSIDE: Final = Message(
    _("This month lies outside the delivery's period (%(first)s to %(last)s). Correct it."),
    {"first": "", "last": ""},
)
NOT_A_NUMBER: Final = Message(
    _("This is not a number of digits with at most one point or comma. Correct it.")
)
NUMBER_TOO_LONG: Final = Message(
    _("This number has too many digits: at most %(before)s before and %(after)s after the point."),
    {"before": BEFORE_POINT, "after": AFTER_POINT},
)
NOT_WHOLE: Final = Message(_("This must be a whole number. Correct it."))
FORMULA: Final = Message(_("This cell holds a formula. Paste the value in its place."))
ERROR_CELL: Final = Message(_("This cell holds an error of the spreadsheet. Correct or empty it."))
WRONG_CELL_TYPE: Final = Message(
    _("This cell holds another kind of value than this column asks. Correct its format.")
)
DAY_CELL: Final = Message(
    _("This cell holds a day. Make the cell text, then type again what should stand there.")
)
PERCENTAGE: Final = Message(
    _("This cell holds a percentage. Take the percent sign out and type the number itself.")
)
LONG_NUMBER: Final = Message(
    _("The spreadsheet shortened this number. Make the cell text, then type it again whole.")
)
LOST_ZEROS: Final = Message(
    _("Zeros of this number may be lost. Make the cell text, then type it again as it was.")
)
DATE_WITH_TIME: Final = Message(_("This date also holds a time of day. Remove the time."))

# Cells that do not go together.
BEFORE: Final = Message(
    _("This date lies before %(earlier)s. Check which of the two is right."), {"earlier": ""}
)
AFTER_END: Final = Message(
    _("This date lies after ended_on, the end of the measure. Check which of the two is right.")
)
REVIEW_WITHOUT_PLAN: Final = Message(
    _("A review needs a plan that was adopted. Fill in plan_adopted_on or empty this cell.")
)
REASON_WITHOUT_DATE: Final = Message(
    _("A reason needs its date. Fill in %(date)s or empty this cell."), {"date": ""}
)
REASON_OF_OTHER_MEASURE: Final = Message(
    _("This reason does not go with this measure. Use one of: %(codes)s."), {"codes": ""}
)
UNKNOWN_CASE: Final = Message(
    _("This key is not in measures.csv. Add the measure or correct the key.")
)
SPELL_AT_SAME_DAY: Final = Message(
    _("Another spell of this case on this list starts on the same day. Keep one of the two.")
)
SPELL_OVERLAPS: Final = Message(
    _("The previous spell of this case on this list had not ended yet. Correct one of the two.")
)
SPELL_OUTLIVES_MEASURE: Final = Message(
    _("The measure ended earlier, and a spell ends with it. Fill in the day of leaving.")
)
HEADCOUNT_DOES_NOT_ADD_UP: Final = Message(
    _("Start plus joiners minus leavers is another number than this end. Correct one of the four.")
)
MORE_SICK_THAN_AVAILABLE: Final = Message(
    _("There are more sick days than available days. Correct one of the two.")
)
MORE_EXTRA_THAN_FILLED: Final = Message(
    _("There is more supernumerary than filled FTE. Correct one of the two.")
)
MORE_INTERNAL_THAN_LEAVERS: Final = Message(
    _("There are more internal leavers than leavers. Correct one of the two.")
)
MANY_AT_ONCE: Final = Message(
    _(
        "More than %(most)s rows of this youth run on one day. Check whether this key stands for "
        "one youth; the delivery is accepted."
    ),
    {"most": 0},
)
NOBODY_AND_NO_LIST: Final = Message(
    _(
        "Measures that run without a permanent worker and stand on neither list: %(count)s. "
        "Check them; the delivery is accepted."
    ),
    {"count": 0},
)
FORMERLY_IN_TWO_REGIONS: Final = Message(
    _(
        "%(code)s went on from municipalities in two regions. In months before it began it counts "
        "in %(region)s."
    ),
    {"code": "", "region": ""},
)
START_IS_NOT_PREVIOUS_END: Final = Message(
    _("This start differs from the end of the month before. Check it; the delivery is accepted.")
)
TYPED_REPLACED: Final = Message(
    _(
        "The staffing of %(month)s in %(region)s was typed and approved before; the delivered "
        "figures take its place. Compare the two."
    ),
    {"month": "", "region": ""},
)
TYPED_COUNTS_AGAIN: Final = Message(
    _(
        "The staffing of %(month)s in %(region)s is no longer delivered; the figures that were "
        "typed and approved before count again. Compare the two."
    ),
    {"month": "", "region": ""},
)
CHECK_DUE_BEFORE_CHECK: Final = Message(
    _("The next check is due before the last one was done. Check it; the delivery is accepted.")
)
