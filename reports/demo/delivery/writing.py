"""Write a fictional delivery as a folder or as a zip, the same bytes every time."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Final

from reports.demo.delivery.build import FILES, DemoDelivery

_ZIP_TIME: Final = (2025, 10, 1, 0, 0, 0)


def _text(delivery: DemoDelivery, name: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(FILES[name])
    writer.writerows(delivery.rows[name])
    return buffer.getvalue().encode("utf-8")


def write_folder(delivery: DemoDelivery, folder: Path) -> None:
    """Write the four files into the folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_bytes(_text(delivery, name))


def write_zip(delivery: DemoDelivery, path: Path) -> None:
    """Write the four files at the top level of one zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _text(delivery, name))
