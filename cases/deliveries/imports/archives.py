"""Unpacking what came in, without trusting a word of it.

A zip may lie about its sizes, hold links and paths, or grow a thousandfold; so names are held
against a list first and every byte is counted while it is unpacked.
"""

from __future__ import annotations

import errno
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from cases.deliveries.imports import messages
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
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"

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
    return "[Content_Types].xml" in archive.namelist()


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """The zip in an open file, or a refusal that says what the file is instead."""
    said = _another_kind(file)
    if said is not None:
        raise refuse("", said)
    with refusing(ZIP, messages.NOT_A_DELIVERY):
        archive = zipfile.ZipFile(file)
    if "mimetype" in archive.namelist() and "content.xml" in archive.namelist():
        with refusing(ZIP, messages.NOT_A_DELIVERY), archive.open("mimetype") as kind:
            if kind.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT:
                raise refuse("", messages.OPEN_DOCUMENT)
    return archive


def _another_kind(file: IO[bytes]) -> Message | None:
    """What the file is by its own first bytes, where that is no zip but can be told."""
    is_old = file.read(len(_OLE)) == _OLE
    has_password = False
    if is_old:
        # The names of its parts stand in its directory, somewhere in the file.
        tail = b""
        while not has_password and (chunk := file.read(_CHUNK)):
            has_password = _ENCRYPTED_PACKAGE in tail + chunk
            tail = chunk[-len(_ENCRYPTED_PACKAGE) :]
    file.seek(0)
    if has_password:
        return messages.ENCRYPTED
    return messages.OLD_SPREADSHEET if is_old else None


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
