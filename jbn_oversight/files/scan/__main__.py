"""The process that opens a stranger's file: little time, little memory, nothing to lose."""

from __future__ import annotations

import json
import resource
import sys
from typing import Final

from jbn_oversight.files.scan import look
from jbn_oversight.files.scan.findings import RefusedFile

SECONDS: Final = 25
BYTES: Final = 1_500 * 1024 * 1024


def main() -> None:
    """Read a file, write what was found and the cleaned file. Exits 0 also for a refusal."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        outcome = look.clean(data, sys.argv[1])
    except RefusedFile as refused:
        answer = {"refused": refused.reason, "place": refused.place, "count": refused.count}
        sys.stdout.write(json.dumps(answer) + "\n")
        return
    head = {"removed": sorted(outcome.removed), "notes": sorted(outcome.notes)}
    sys.stdout.write(json.dumps(head) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(outcome.data)


if __name__ == "__main__":
    main()
