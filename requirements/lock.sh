#!/bin/sh
# Pins, with hashes and without index addresses, what pyproject.toml asks for.
# usage: requirements/lock.sh UV
set -eu
uv=$1
cd "$(dirname "$0")/.."
compile="$uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links"
$compile pyproject.toml requirements/build.in -o requirements/run.txt
$compile pyproject.toml requirements/build.in --group test -o requirements/test.txt
echo 'uv' | $compile - -o requirements/uv.txt
if grep -nE 'https?://|file:' requirements/*.txt; then
  echo 'an address got into the lock: see the lines above' >&2
  exit 1
fi
