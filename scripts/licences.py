"""Ask reuse whether every file that git knows says whose it is and under which licence.

Only those: other checks run at the same time and make files for a moment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REUSE = Path(sys.executable).parent / "reuse"


def main() -> int:
    """Print what is wrong, one a line; 1 where anything is."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True)
    files = [name for name in listed.stdout.split("\0") if name and Path(name).is_file()]
    # Its first choice to guess encodings needs a system library.
    environment = {**os.environ, "REUSE_ENCODING_MODULE": "charset_normalizer"}
    command = [str(REUSE), "lint-file", "--lines", *files]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
