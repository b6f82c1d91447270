"""What gunicorn logs: in the same wordless lines as the portal, and no line for each request."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from jbn_oversight.log_lines import WordlessFormatter


class WebLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger. It would write down addresses, and some addresses are keys."""

    def setup(self, cfg: Any) -> None:
        """Give every handler our formatter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WordlessFormatter(self.error_fmt, self.datefmt))

    def access(self, *args: Any) -> None:
        """Nothing: whoever wants to count requests does so in front, without addresses."""
