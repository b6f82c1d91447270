"""``python -m jbn_oversight.health PART``: exit status 0 where the part is well, else 1."""

import sys

from jbn_oversight.health.probe import OLDEST, is_well

if __name__ == "__main__":
    if sys.argv[1:] not in (["web"], *([part] for part in OLDEST)):
        sys.exit("Say which part: web, worker or beat.")
    sys.exit(0 if is_well(sys.argv[1]) else 1)
