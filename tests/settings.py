"""Settings of the tests: the portal's own, with a fast hasher and a directory of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from jbn_oversight.settings import *  # noqa: F403
from jbn_oversight.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_directory = Path(tempfile.mkdtemp(prefix="jbn-tests-"))
_owner = os.getpid()


def _clean_up() -> None:
    if os.getpid() == _owner:
        shutil.rmtree(_directory, ignore_errors=True)


atexit.register(_clean_up)
FILES_DIR = _directory / "files"
SPOOL_DIR = _directory / "spool"
STATIC_ROOT = _directory / "static"  # whitenoise goes through all of it for each test's client
for _each in (FILES_DIR, SPOOL_DIR, STATIC_ROOT):
    _each.mkdir()
FILE_UPLOAD_TEMP_DIR = str(SPOOL_DIR)
SCAN_IN_A_CHILD = False  # a second each; the tests of scanning switch it on
# Compared where a test asks for it: else a query more, once a minute, in whichever test is on.
CLOCKS_COMPARED_EVERY = None
CLOCK_KEPT_BY = "host"  # whatever keeps the clock of the machine that tests
DEMO = False
DEMO_DAY = None
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A test's data need not survive a crash of the machine.
DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A message goes nowhere unless a test starts a broker and a worker of its own.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
