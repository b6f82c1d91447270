"""Celery for the portal: settings from Django, tasks from every app."""

from __future__ import annotations

import os
from pathlib import Path

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

# The broker of files is ours: see there why.
TRANSPORT_ALIASES["filesystem"] = "jbn_oversight.file_broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")

app = Celery("jbn_oversight")
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
