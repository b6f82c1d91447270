"""Unpacking what came in, without trusting a word of it.

A zip may lie about its sizes, hold links and paths, or grow a thousandfold; so names are held
against a list first and every byte is counted while it is unpacked.
"""

from __future__ import annotations

import errno
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from cases.deliveries.imports import messages
from cases.deliveries.imports.cells import is_citizen_number
from cases.deliveries.imports.layout import FILES
from cases.deliveries.imports.problems import DeliveryRefusedError, Message, Problem, Problems

UNPACKED: Final = 100_000_000
"""Most bytes that a zip or a spreadsheet may hold, unpacked."""
FOLDER_FILE: Final = 1_000_000_000
"""Most bytes of one file in a folder, which only the command line can hand over."""
_CHUNK: Final = 1 << 16
_ENTRIES: Final = 1_000
_ENCRYPTED: Final = 0x1
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""Starts what old Office programs write, and every Office file with a password."""
_PARTS_OF_OLE: Final = (
    ("EncryptedPackage".encode("utf-16-le"), messages.ENCRYPTED),
    ("WordDocument".encode("utf-16-le"), messages.DOCUMENT),
)
"""Names in the directory of such a file; the first that is there tells what it is."""
_LONGEST_PART: Final = max(len(name) for name, _message in _PARTS_OF_OLE)
_DOCUMENT_STARTS: Final = (b"%PDF", b"{\\rtf")
_MARKED_UP_STARTS: Final = (b"<", b"\xef\xbb\xbf<")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_OPEN_TABLE: Final = _OPEN_DOCUMENT + b".spreadsheet"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_LONGEST_NAME: Final = 80
_HEAD: Final = 4096
_OF_SYSTEMS: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_DIGITS: Final = re.compile(r"[0-9](?:[ .-]?[0-9]){8,}")

ZIP: Final = "zip"
WORKBOOK: Final = "xlsx"
FOLDER: Final = "folder"


def refuse(where: str, message: Message) -> DeliveryRefusedError:
    """A refusal of the delivery as a whole."""
    return DeliveryRefusedError([Problem(where, None, "", message)])


@contextmanager
def refusing(where: str, message: Message) -> Iterator[None]:
    """Refuse what the library that unpacks cannot read.

    A disk or a file system that fails says nothing about the file: that goes on as it is, so
    that the delivery is kept and tried again. A damaged zip makes the library seek to places
    that no file has, and that is its fault.
    """
    try:
        yield
    except (OSError, *_UNREADABLE) as error:
        if is_of_the_machine(error):
            raise
        raise refuse(where, message) from error


def is_of_the_machine(error: Exception) -> bool:
    """Whether the machine failed, such as its disk or memory, and not the file."""
    if isinstance(error, OSError):
        return error.errno not in {None, errno.EINVAL}
    return isinstance(error, MemoryError)


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is a spreadsheet."""
    return _CONTENT_TYPES in archive.namelist()


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """The zip in an open file, or a refusal that says what the file is instead."""
    said = _another_kind(file)
    if said is not None:
        raise refuse("", said)
    with refusing(ZIP, messages.SINGLE_FILE if _is_separated(file) else messages.NOT_A_DELIVERY):
        archive = zipfile.ZipFile(file)
    said = _another_package(archive)
    if said is not None:
        raise refuse("", said)
    return archive


def _another_kind(file: IO[bytes]) -> Message | None:
    """What the file is by its own first bytes, where that is no zip but can be told."""
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(_OLE):
        return _old_kind(file)
    if head.startswith(_DOCUMENT_STARTS):
        return messages.DOCUMENT
    return messages.MARKED_UP if head.startswith(_MARKED_UP_STARTS) else None


def _old_kind(file: IO[bytes]) -> Message:
    """What an old file of Office is, by the names that stand in its directory somewhere in it."""
    found: set[bytes] = set()
    tail = b""
    while chunk := file.read(_CHUNK):
        read = tail + chunk
        found |= {name for name, _message in _PARTS_OF_OLE if name in read}
        tail = read[-_LONGEST_PART:]
    file.seek(0)
    told = (message for name, message in _PARTS_OF_OLE if name in found)
    return next(told, messages.OLD_SPREADSHEET)


def _is_separated(file: IO[bytes]) -> bool:
    """Whether the file begins like one of the files of a delivery."""
    head = file.read(_HEAD)
    file.seek(0)
    return any(columns[0].name.encode() in head for columns in FILES.values())


def _another_package(archive: zipfile.ZipFile) -> Message | None:
    """What the zip is by the names in it, where that is something else than a delivery."""
    names = set(archive.namelist())
    if {"mimetype", "content.xml"} <= names:
        with refusing(ZIP, messages.NOT_A_DELIVERY), archive.open("mimetype") as stream:
            kind = stream.read(len(_OPEN_TABLE))
        if kind.startswith(_OPEN_DOCUMENT):
            return messages.OPEN_DOCUMENT if kind == _OPEN_TABLE else messages.DOCUMENT
    if any(name.endswith(".iwa") for name in names):
        return messages.OTHER_PROGRAM
    if _CONTENT_TYPES not in names:
        return None
    if "xl/workbook.bin" in names:
        return messages.BINARY_WORKBOOK
    is_document = {"word/document.xml", "ppt/presentation.xml"} & names
    return messages.DOCUMENT if is_document else None


def unpack(archive: zipfile.ZipFile, where: str) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Each entry with its bytes; stops as soon as all together grow too large."""
    entries = archive.infolist()
    if len(entries) > _ENTRIES:
        raise refuse(where, messages.BROKEN_ARCHIVE)
    left = UNPACKED
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise refuse(where, messages.ENCRYPTED)
        content = bytearray()
        with refusing(where, messages.BROKEN_ARCHIVE), archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                if len(content) > left:
                    raise refuse(where, messages.TOO_LARGE)
        left -= len(content)
        yield entry, bytes(content)


def read_zip(
    archive: zipfile.ZipFile, problems: Problems, warnings: Problems
) -> dict[str, bytes | None]:
    """The files of a delivery in a zip; None for one that is there but not to be read.

    Their names may be in any case. What a computer adds unseen and one folder around all files
    are left aside; any other name is refused and told.
    """
    entries = archive.infolist()
    own = [entry for entry in entries if not _is_of_a_system(entry.filename)]
    if len(own) < len(entries):
        message = _counted(messages.SYSTEM_NAMES_LEFT_ASIDE, len(entries) - len(own))
        warnings.add(ZIP, None, "", message)
    folder = _folder_around(own)
    if folder:
        warnings.add(ZIP, None, "", messages.FOLDER_LEFT_ASIDE)
    files: dict[str, bytes | None] = {}
    wanted: dict[str, str] = {}
    doubled: set[str] = set()
    for entry in own:
        name = entry.filename.removeprefix(folder)
        file = name.lower()
        if folder and not name:
            continue
        if file not in FILES or is_link(entry) or entry.orig_filename != entry.filename:
            params = {"name": told_name(entry.orig_filename)}
            problems.add(ZIP, None, "", replace(messages.UNKNOWN_NAME, params=params))
            misplaced = file.rpartition("/")[2]
            if misplaced in FILES:
                files.setdefault(misplaced, None)
        elif file in wanted.values():
            problems.add(file, None, "", messages.NAME_TWICE)
            doubled.add(file)
        else:
            wanted[entry.filename] = file
    for entry, content in unpack(archive, ZIP):
        file = wanted.get(entry.filename, "")
        if file:
            files[file] = None if file in doubled else content
    return files


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry points elsewhere."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def _is_of_a_system(path: str) -> bool:
    """Whether an operating system added the entry, at the top or in one folder around."""
    parts = path.lower().split("/")
    if ".." in parts or "." in parts or not parts[0]:
        return False
    in_mac_folder = "__macosx" in parts[:2] and parts != ["__macosx"]
    return in_mac_folder or (len(parts) <= 2 and parts[-1] in _OF_SYSTEMS)


def _folder_around(entries: Sequence[zipfile.ZipInfo]) -> str:
    """The one folder in which all entries stand, with its slash; empty where there is none."""
    around = {entry.filename.partition("/")[0] for entry in entries}
    if len(around) != 1 or not all("/" in entry.filename for entry in entries):
        return ""
    (folder,) = around
    return "" if folder in {"", ".", ".."} or "\\" in folder else f"{folder}/"


def told_name(name: str) -> str:
    """A name of the zip as a message may repeat it: short, on one line, no citizen number."""
    shown = "".join(character if character.isprintable() else "?" for character in name)
    shown = _DIGITS.sub(lambda found: _without_number(found[0]), shown)
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[:_LONGEST_NAME]}…"


def _without_number(digits: str) -> str:
    return "?" if is_citizen_number(digits, separated=True) else digits


def _counted(message: Message, count: int) -> Message:
    return replace(message, params={"count": count})


def read_folder(folder: Path, problems: Problems) -> tuple[dict[str, bytes | None], int]:
    """The files of a delivery in a folder, and how many other names were left aside.

    None stands for one that is there but not to be read.
    """
    files: dict[str, bytes | None] = {}
    others = 0
    for path in sorted(folder.iterdir()):
        file = path.name.lower()
        if file not in FILES:
            if almost(path.name, tuple(FILES)):
                problems.add(FOLDER, None, "", messages.WRONG_CASE)
            else:
                others += 1
        elif file in files:
            problems.add(file, None, "", messages.NAME_TWICE)
            files[file] = None
        elif path.is_symlink() or not path.is_file():
            problems.add(file, None, "", messages.NOT_A_FILE)
            files[file] = None
        elif path.stat().st_size > FOLDER_FILE:
            problems.add(file, None, "", messages.FOLDER_TOO_LARGE)
            files[file] = None
        else:
            files[file] = path.read_bytes()
    return files, others


def almost(name: str, names: tuple[str, ...]) -> bool:
    """Whether the name differs from one of the names in case, spaces or hyphens alone."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return plain in names
