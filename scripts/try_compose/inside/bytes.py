"""Inside a container of the portal: print a version again; the hash of it, and of what is kept."""

import hashlib
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
sys.path.insert(0, str(Path.cwd()))
django.setup()

from jbn_oversight.files.storage import read  # noqa: E402
from reports.briefings.document.selectors.documents import document_of_version  # noqa: E402
from reports.briefings.models.versions import BriefingVersion, Rendering  # noqa: E402
from reports.pdf.render import render  # noqa: E402

version = BriefingVersion.objects.get(public_id=os.environ["TRY_VERSION"])
kept = Rendering.objects.filter(version=version, pdf__isnull=False).latest("pk").pdf
for data in (render(document_of_version(version)).data, read(kept)):
    print(hashlib.sha256(data).hexdigest())
