from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from celery import Celery

from jbn_oversight.celery import prepare_broker


def test_who_looks_while_messages_come_in_finds_each_whole(tmp_path: Path) -> None:
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "processed_folder": str(tmp_path / "processed"),
        "control_folder": str(tmp_path / "control"),
    }
    prepare_broker(dict(options))
    found: list[str] = []
    stop = Event()

    def look() -> None:
        while not stop.is_set():
            found.extend(
                path.name
                for path in (tmp_path / "queue").glob("*.msg")
                if not path.read_bytes().endswith(b"}")
            )

    looker = Thread(target=look)
    looker.start()
    sender = Celery(broker="filesystem://", set_as_current=False)
    sender.conf.broker_transport_options = options
    for number in range(200):
        sender.send_task("portal.anything", ["x" * 50_000, number])
    sender.close()
    stop.set()
    looker.join()
    assert found == []
    assert len(list((tmp_path / "queue").glob("*.celery.msg"))) == 200
    assert list((tmp_path / "queue").glob("*.part")) == []
