# Everything a stranger needs: `make serve` and `make test`. Python 3.11+ and git are enough.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/.stamps
WORKERS ?= auto

.PHONY: serve test test-long lint browser seed-map data lock clean

serve: $(STAMPS)/package            ## the dashboard on the seed article, in your browser
	$(BIN)/visitmap serve

seed-map: $(STAMPS)/package         ## map.html: the seed article as one offline file
	$(BIN)/visitmap export seeds/ -o map.html

test: $(STAMPS)/test browser lint   ## everything but the long tests
	$(BIN)/python -m pytest -m "not long" -n $(WORKERS) --dist loadfile

test-long: $(STAMPS)/test browser   ## the long tests alone: faults, floods, fuzzing
	$(BIN)/python -m pytest -m long

lint: $(STAMPS)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

browser: $(STAMPS)/test             ## a Chromium for the browser tests: Debian's, else Playwright's
	@$(BIN)/python tests/browser/install_chromium.py

$(STAMPS)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "visitmap needs Python 3.11 or newer, this is %d.%d. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" % v[:2])'
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/uv.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/package: $(STAMPS)/uv requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/test: $(STAMPS)/package requirements/test.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/test.txt
	@touch $@

lock: $(STAMPS)/uv                  ## pin again what pyproject.toml asks for (hashes, no addresses)
	requirements/lock.sh $(BIN)/uv

data: $(STAMPS)/test                ## rebuild the gazetteer and the basemap from their packages
	$(BIN)/python data/gazetteer/build.py
	$(BIN)/python data/basemap/build_basemap.py

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build dist
