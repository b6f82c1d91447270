"""Unpacking what came in, without trusting a word of it.

A zip may lie about its sizes, hold links and paths, or grow a thousandfold; so names are held
against a list first and every byte is counted while it is unpacked.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cases.delivery import messages
from cases.delivery.layout import FILES
from cases.delivery.problems import DeliveryRefusedError, Message, Problem, Problems

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
    OSError,
    ValueError,
)

ZIP: Final = "zip"
WORKBOOK: Final = "xlsx"
FOLDER: Final = "folder"


def refuse(where: str, message: Message) -> DeliveryRefusedError:
    """A refusal of the delivery as a whole."""
    return DeliveryRefusedError([Problem(where, None, "", message)])


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is a spreadsheet."""
    return "[Content_Types].xml" in archive.namelist()


def open_archive(path: Path) -> zipfile.ZipFile:
    """The zip at the path, or a refusal."""
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise refuse(ZIP, messages.NOT_A_DELIVERY) from error
    return archive


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
        try:
            with archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    content += chunk
                    if len(content) > left:
                        raise refuse(where, messages.TOO_LARGE)
        except _UNREADABLE as error:
            raise refuse(where, messages.BROKEN_ARCHIVE) from error
        left -= len(content)
        yield entry, bytes(content)


def read_zip(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The files of a delivery in a zip; any other name refuses all of it."""
    seen: set[str] = set()
    for entry in archive.infolist():
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if link or entry.orig_filename != entry.filename or entry.filename not in FILES:
            raise refuse(ZIP, messages.UNKNOWN_NAME)
        if entry.filename in seen:
            raise refuse(entry.filename, messages.NAME_TWICE)
        seen.add(entry.filename)
    return {entry.filename: content for entry, content in unpack(archive, ZIP)}


def read_folder(folder: Path, problems: Problems) -> tuple[dict[str, bytes], int]:
    """The files of a delivery in a folder, and how many other names were left aside."""
    files: dict[str, bytes] = {}
    others = 0
    for path in sorted(folder.iterdir()):
        if path.name not in FILES:
            if almost(path.name, tuple(FILES)):
                problems.add(FOLDER, None, "", messages.WRONG_CASE)
            else:
                others += 1
        elif path.is_symlink() or not path.is_file():
            problems.add(path.name, None, "", messages.NOT_A_FILE)
            files[path.name] = b""
        elif path.stat().st_size > FOLDER_FILE:
            problems.add(path.name, None, "", messages.FOLDER_TOO_LARGE)
            files[path.name] = b""
        else:
            files[path.name] = path.read_bytes()
    return files, others


def almost(name: str, names: tuple[str, ...]) -> bool:
    """Whether the name differs from one of the names in case, spaces or hyphens alone."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return plain in names
