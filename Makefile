# Everything that people do with this repository. README.md tells when.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
PYTEST := .venv/bin/pytest
# One worker a core, and no more than PostgreSQL has connections for.
WORKERS ?= $(shell cores=$$(nproc); echo $$((cores > 20 ? 20 : cores)))
export MINUTES SEED ONLY UPGRADE
# Without compiled modules every start takes seconds more.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-all try-compose mutants check fix bench messages lock sbom clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup:  ## environment, styles and database
	@python3 scripts/setup.py

demo:  ## the demonstration at http://localhost:8000/ (PORT=8001 for another port)
	@python3 scripts/setup.py --no-database
	@exec $(PY) scripts/demo.py

test:  ## the suite, on a real PostgreSQL
	@python3 scripts/setup.py --for test --no-database
	$(PYTEST) -q -n $(WORKERS) --dist worksteal -m "not slow"

test-all:  ## the suite with browser, broker and fault tests, and try-compose
	@python3 scripts/setup.py --for all --no-database
	$(PYTEST) -q -n $(WORKERS) --dist worksteal
	@$(PY) scripts/try_compose

try-compose:  ## docker-compose.yml with podman: brought up, used, broken and mended (root)
	@python3 scripts/setup.py --for test --no-database
	@$(PY) scripts/try_compose

mutants:  ## 45 minutes of small changes that a test must notice (MINUTES=5 SEED=1 ONLY=figures/actions)
	@python3 scripts/setup.py --for test --no-database
	@exec $(PY) -m scripts.mutants

check:  ## format, lint, types, floors, migrations, translations, licences, deployment
	@python3 scripts/setup.py --for test --no-database
	@$(PY) scripts/check.py

fix:  ## put what a machine can in order: layout of Python and templates, small faults of lint
	@python3 scripts/setup.py --for test --no-database
	@.venv/bin/ruff check --quiet --fix . || true
	@.venv/bin/ruff format .
	@.venv/bin/djangofmt templates

bench:  ## the benchmarks, each a ratio of two things in one run
	@python3 scripts/setup.py --for bench
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(PY) -m "benchmarks.$$(basename $$file .py)" || exit 1; done

messages:  ## extract messages into the Dutch catalogue
	@python3 scripts/setup.py --for test --no-database
	@$(PY) scripts/messages.py

lock:  ## renew the locks from pyproject.toml (UPGRADE=1 for newer versions)
	@$(PY) scripts/lock.py

sbom:  ## every package of the locks with version and licence, in dist/sbom.cdx.json
	@python3 scripts/setup.py --no-database
	@$(PY) scripts/sbom.py

clean:  ## remove everything that was made here, the data included
	rm -rf .venv .data node_modules static/vendor staticfiles dist
