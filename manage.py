#!/usr/bin/env python
"""Django's command line; without DATABASE_URL it starts the embedded PostgreSQL by itself."""

import os
import sys


def main() -> None:
    """Run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
