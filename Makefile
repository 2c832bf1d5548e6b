# make run    set up and open the app        (PORT=8501)
# make test   set up and run every test      (TESTS=tests/metrics for a part)
# make lint   style, format, types, import rules
# make bench  speed
# make shots  a picture of every page        (PAGES=home,rep  DATABASE=sqlite:///file  URL=http://running-app)
# make env    only the environment, in .venv

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
TESTS ?= tests

VENV := .venv
READY := $(VENV)/ready
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python
UV := $(or $(shell command -v uv),$(BIN)/uv)
UV_PIN := uv==0.13.9

# Compiled code is kept, whatever the shell says: without it a command takes twice as long.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test lint bench shots env browser

run: $(READY)
	$(BIN)/streamlit run app.py --server.port $(PORT)

# Tests in the browser share one worker (loadgroup), the others take whichever is free.
test: browser
	$(BIN)/python -m pytest $(TESTS) -n 2 --dist loadgroup

lint: $(READY)
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .
	$(BIN)/mypy spm app.py
	$(BIN)/python -m pytest tests/test_imports.py tests/test_pages.py -q

bench: $(READY)
	$(BIN)/python -m pytest tests -m bench

shots: browser
	$(BIN)/python -m tests.browser.shots --database "$(DATABASE)" --url "$(URL)" --pages "$(PAGES)"

env: $(READY)

browser: $(READY)
	$(BIN)/python -m tests.browser.chromium

# pip alone does it in some minutes, uv in seconds: so pip first tries to bring uv, and does the work
# itself where that fails. The pip that made the environment fills it (--without-pip), because
# Debian's Python makes environments only without one. The import at the end compiles what commands need.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("spm needs Python 3.11 or newer: make PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	@command -v uv || $(PIP) install --quiet --no-compile $(UV_PIN) || true
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -r requirements.lock -e . \
		|| $(PIP) install --quiet --no-deps -r requirements.lock -e .
	@$(BIN)/python -c 'import spm.cli.sheets'
	@touch $@
