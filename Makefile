# Everything starts here: `make run` opens the app, `make test` proves that it works.
# Uses uv where it is found, else a plain venv with pip. Needs Python 3.11 or newer and nothing else;
# say which Python with: make PYTHON=python3.12

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)

# What is there once the app is installed, and once the tools for working on it are.
APP    := $(VENV)/.app
TOOLS  := $(VENV)/.tools

.PHONY: help run test slow check format bench golden screenshots clean

help:
	@echo "make run          open the app with a preset"
	@echo "make test         run the tests"
	@echo "make slow         run the long judges: simulations, random networks"
	@echo "make check        formatting, lint, types, layers"
	@echo "make format       format, and repair what lint can repair"
	@echo "make bench        measure the speed against its targets"
	@echo "make golden       write the reports of the presets anew, to be read"
	@echo "make screenshots  draw every preset, and the main states"
	@echo "make clean        remove what was installed and cached here"

run: $(APP)
	$(BIN)/sandbox open serverless-api

# A third worker fills the two cores while tests of the app wait.
test: $(TOOLS)
	$(BIN)/python -m pytest -n 3

slow: $(TOOLS)
	$(BIN)/python -m pytest -n 2 -m slow

check: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(TOOLS)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(TOOLS)
	$(BIN)/python -m benchmarks

golden: $(TOOLS)
	$(BIN)/python -m tests.presets.golden

screenshots: $(TOOLS)
	$(BIN)/python -m screenshots

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(APP): EXTRA :=
$(TOOLS): EXTRA := [dev]

ifdef UV
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --editable '.$(EXTRA)'
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.$(EXTRA)'
endif

$(APP) $(TOOLS): pyproject.toml | $(BIN)/python
	@echo "Installing; this takes a minute the first time."
	@$(INSTALL)
	@touch $@

NEW_ENOUGH = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null

$(BIN)/python:
ifdef UV
	@if $(NEW_ENOUGH); then $(UV) venv --quiet --python "$$(command -v $(PYTHON))" $(VENV); \
	else $(UV) venv --quiet --python '>=3.11' $(VENV); fi
else
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer, or say where: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(NEW_ENOUGH) || { \
	  echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); Python 3.11 or newer is needed. If there is one, say which:" \
	    "make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) comes without venv or ensurepip. Install them (on Debian and Ubuntu: apt install python3-venv)," \
	    "or install uv, and try again." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
endif
