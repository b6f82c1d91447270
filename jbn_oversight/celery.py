"""Celery for the portal: settings from Django, tasks from every app."""

from __future__ import annotations

import logging
import logging.config
import os
import time
from pathlib import Path
from typing import Any, Final

from celery import Celery, Task
from celery.signals import heartbeat_sent, setup_logging
from kombu.transport import TRANSPORT_ALIASES

from jbn_oversight.health.probe import went_round

# The broker of files is ours: see there why.
TRANSPORT_ALIASES["filesystem"] = "jbn_oversight.file_broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")

logger = logging.getLogger(__name__)


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
FLOORS: Final = ("jbn_oversight", "cases", "certification", "audits", "reports")


def rooms_with_tasks() -> list[str]:
    """Each package that has a module ``tasks``, so that a new room's tasks are never forgotten."""
    house = Path(__file__).resolve().parent.parent
    found = (path for floor in FLOORS for path in (house / floor).rglob("tasks.py"))
    return sorted(".".join(path.parent.relative_to(house).parts) for path in found)


app.autodiscover_tasks(rooms_with_tasks())

QUIET_FOR: Final = 10.0
"""Seconds in which a broker that failed is not spoken to again by this process."""
_quiet_until = 0.0


def tell(task: str, *arguments: object) -> None:
    """Send a message that nudges a row. Never fails, and holds a request about a second at most.

    The rows say what there is to do and a sweeper looks at them, so a lost message costs time
    alone. After a failure nothing is sent for a while: a broker that says nothing would hold up
    anyone who sends many.
    """
    global _quiet_until  # noqa: PLW0603 - one broker, one memory of it
    if time.monotonic() < _quiet_until:
        return
    try:
        app.send_task(task, list(arguments), retry=False, ignore_result=True)
    except Exception as error:  # its words may name the broker's address
        _quiet_until = time.monotonic() + QUIET_FOR
        logger.warning("no worker could be told of %s: %s", task, type(error).__name__)


@heartbeat_sent.connect  # type: ignore[untyped-decorator]
def worker_goes_on(**_sent: object) -> None:
    """Leave a trace each time that a worker, with its broker, goes round."""
    went_round("worker")


@setup_logging.connect  # type: ignore[untyped-decorator]
def log_as_the_portal_does(**kwargs: Any) -> None:
    """Celery asks whether we set up the log: else its own lines repeat what a task was given."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


def prepare_broker(options: dict[str, object]) -> None:
    """Make the directories of the file broker, which Celery expects to be there."""
    for name in ("data_folder_in", "processed_folder", "control_folder"):
        if folder := options.get(name):
            Path(str(folder)).mkdir(parents=True, exist_ok=True)


prepare_broker(app.conf.broker_transport_options or {})
