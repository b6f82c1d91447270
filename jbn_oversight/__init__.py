"""The ground: settings, accounts, organisations, working days, access."""

from jbn_oversight.celery import app as celery_app

__all__ = ["celery_app"]
