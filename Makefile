# One command runs the dashboard, one tests it. `make` alone lists the targets.

PYTHON ?= python3
# Not taken from the environment: some shells set HOST to the name of the machine.
HOST = 127.0.0.1
PORT = 8501

DATA = $(or $(BUREAU_DATA),data)
DATABASE = $(DATA)/bureau.duckdb
# What the database is built from; the folders too, so that a removed edition is noticed.
SOURCES := $(shell find data $(DATA) -mindepth 1 -not -name 'bureau.duckdb*' -not -name '.*' \
                   -not -name '* *' -not -path '*__pycache__*' -not -path 'data/history*' \
                   -not -path '$(DATA)/history*' | sort -u)

# What documents are set in, made out of a package (lib/briefing/font.py).
FONT = .cache/font/NotoSansKR-Regular.ttf

# Stamps: what was installed last, and from which list.
IN_VENV = .venv/bin/python
TO_RUN = .venv/.to-run
TO_TEST = .venv/.to-test
INSTALL = $(IN_VENV) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL = help
.PHONY: help run test check data bench screenshots wheelhouse clean chromium nginx lint types

help:
	@awk -F ':.*  # ' '/^[a-z]+:.*  # / {printf "make %-13s%s\n", $$1, $$2}' Makefile

run: $(TO_RUN) $(FONT) $(DATABASE)  # Serves the dashboard on http://localhost:8501 (or HOST=… PORT=…).
	@$(IN_VENV) -m streamlit run app.py --server.headless=true --server.address=$(HOST) --server.port=$(PORT)

test: $(TO_TEST) $(FONT) chromium nginx $(DATABASE) lint types  # Lint, types and every test, in Chromium too.
	$(IN_VENV) -m pytest

check: $(TO_TEST) $(FONT) $(DATABASE) lint types  # The same without the browser: fast.
	$(IN_VENV) -m pytest -m "not browser"

data: $(TO_RUN)  # Builds the database from the CSV files.
	$(IN_VENV) -m data.build

bench: $(TO_TEST) $(FONT) chromium nginx $(DATABASE)  # Measures the pages against a bare Streamlit page (ARGS=--help).
	@$(IN_VENV) -m tests.bench $(ARGS)

screenshots: $(TO_TEST) $(FONT) chromium $(DATABASE)  # Every page, wide and narrow, light and dark (ARGS=--help).
	@$(IN_VENV) -m tests.screenshots $(ARGS)
	@$(IN_VENV) -m tests.screenshots --guide

# For machines like this one: the same system, processor and version of Python.
wheelhouse: $(TO_RUN)  # Every package as a wheel, for a machine without internet, tried in an environment of its own.
	rm -rf wheelhouse .cache/tried
	$(IN_VENV) -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheelhouse -r requirements.txt pip
	cd wheelhouse && sha256sum *.whl > SHA256SUMS
	$(IN_VENV) -m venv --without-pip .cache/tried
	PIP_NO_INDEX=1 PIP_FIND_LINKS=wheelhouse PIP_NO_CACHE_DIR=1 PIP_CONFIG_FILE=/dev/null \
	  $(IN_VENV) -m pip --python .cache/tried/bin/python install --quiet --disable-pip-version-check -r requirements.txt pip
	.cache/tried/bin/python -m pip check
	.cache/tried/bin/python -c 'from lib import readiness; readiness.imported()'
	rm -rf .cache/tried
	@du -sh wheelhouse

clean:  # Removes all that the other targets made, .venv and database included.
	rm -rf .venv .cache wheelhouse .pytest_cache .mypy_cache .ruff_cache .hypothesis $(DATABASE) $(DATABASE).*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lint: $(TO_TEST)
	$(IN_VENV) -m ruff check
	$(IN_VENV) -m ruff format --check

types: $(TO_TEST)
	$(IN_VENV) -m mypy

chromium: $(TO_TEST)
	@$(IN_VENV) -m tests.browser.chromium

nginx: $(TO_TEST)
	@$(IN_VENV) -m tests.replicas.nginx

$(FONT): $(TO_RUN)
	@echo "Making the font of documents …"
	@$(IN_VENV) -m lib.briefing.font

$(DATABASE): $(SOURCES) $(TO_RUN)
	$(IN_VENV) -m data.build

$(TO_TEST): requirements-dev.txt $(TO_RUN)
	@echo "Installing $< …"
	@$(INSTALL) -r $<
	@touch $@

$(TO_RUN): requirements.txt $(IN_VENV)
	@echo "Installing $< …"
	@$(INSTALL) -r $<
	@touch $@

# Some systems ship Python without ensurepip; a pip of their own can fill .venv as well.
$(IN_VENV):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
	  echo "The dashboard needs Python 3.11, 3.12 or 3.13;" \
	       "$(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo not there)." \
	       "Name one that fits, such as: make run PYTHON=python3.12" >&2; exit 1; }
	@if $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  $(PYTHON) -m venv --clear .venv; \
	elif $(PYTHON) -c 'import pip, venv' 2>/dev/null; then \
	  $(PYTHON) -m venv --clear --without-pip .venv && $(PYTHON) -m pip --python $@ install --quiet pip; \
	else \
	  echo "$(PYTHON) can make no virtual environment, since it has no ensurepip." \
	       "Install it (Debian, Ubuntu: apt-get install python3-venv) and try again." >&2; exit 1; \
	fi
