#!/usr/bin/env python
"""Django's command line; without DATABASE_URL it starts the embedded PostgreSQL by itself."""

import os
import sys

WITHOUT_DATABASE = ("calculate",)
"""Commands that ask no database anything: none is started for them, also on a borrowed machine."""
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none"


def main() -> None:
    """Run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_DATABASE:
        os.environ["DATABASE_URL"] = NO_DATABASE
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
