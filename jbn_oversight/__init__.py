"""The ground: settings, accounts, organisations, working days, access.

Nothing is imported here: the process that looks into strangers' files starts below this
package, and must start without Django and Celery (see ``base`` for where Celery is set up).
"""
