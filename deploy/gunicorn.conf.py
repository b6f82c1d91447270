"""How the web process runs. The portal's formatter keeps the keys in addresses out of its log."""

bind = "0.0.0.0:8000"
workers = 3
threads = 4
max_requests = 2000
max_requests_jitter = 200
# Who asked for what stands in nginx's log alone; errors go through the formatter of the portal.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "jbn_oversight.log_lines.WordlessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
