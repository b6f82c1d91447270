#!/usr/bin/env bash
# Run what leans on Python itself and on compiled libraries on another Python, in an environment
# of its own; says so aloud where that Python is not installed.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$1
found=""
for candidate in "python$version" "$HOME"/.pyenv/versions/"$version".*/bin/python /usr/local/bin/"python$version"; do
  if "$candidate" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
    found=$candidate
    break
  fi
done
if [ -z "$found" ]; then
  echo "SKIPPED: no Python $version on this machine, so nothing was tested on it."
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
UV_PYTHON_DOWNLOADS=never .venv/bin/uv venv --quiet --python "$found" "$work/venv"
.venv/bin/uv pip install --quiet --require-hashes --python "$work/venv/bin/python" -r requirements-dev.lock
DATA_DIR="$work/data" "$work/venv/bin/python" -m pytest -q -n "$(nproc)" -m "not slow" -p no:cacheprovider \
  tests/jbn_oversight/test_working_days.py tests/jbn_oversight/test_statutory_terms.py \
  tests/jbn_oversight/test_environment.py tests/cases tests/reports/test_pdf_p*.py
