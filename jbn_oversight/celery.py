"""Celery for the portal: settings from Django, tasks from every app."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery import Celery, Task
from kombu.transport import TRANSPORT_ALIASES

# The broker of files is ours: see there why.
TRANSPORT_ALIASES["filesystem"] = "jbn_oversight.file_broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")


class PortalTask(Task):  # type: ignore[misc]
    """A task whose instants are held against the database's clock, as those of requests are."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Compare the clocks if that is due, then do the work."""
        from jbn_oversight.clock_check.actions import look_if_due

        look_if_due()
        return super().__call__(*args, **kwargs)


app = Celery("jbn_oversight", task_cls=PortalTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["cases", "certification", "certification.deliveries", "audits", "reports", "reports.briefings"]
)


def prepare_broker(options: dict[str, object]) -> None:
    """Make the directories of the file broker, which Celery expects to be there."""
    for name in ("data_folder_in", "processed_folder", "control_folder"):
        if folder := options.get(name):
            Path(str(folder)).mkdir(parents=True, exist_ok=True)


prepare_broker(app.conf.broker_transport_options or {})
