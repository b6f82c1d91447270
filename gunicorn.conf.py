"""gunicorn reads this from the directory that it starts in; options of its command come on top."""

logger_class = "jbn_oversight.web_log.WebLogger"
accesslog = None
