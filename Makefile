# `make` lists what can be made. On Windows: README.md, "Windows (PowerShell)".
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check eval bench clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

run: $(VENV)/.run ## install, build the library if needed, serve on http://127.0.0.1:8000
	$(BIN)/kb serve

test: $(VENV)/.test ## the whole suite
	$(BIN)/python -m pytest

check: $(VENV)/.dev ## lint, types, then the suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

eval: $(VENV)/.test ## measured quality against floors (needs ../shared)
	$(BIN)/python -m tests.eval

bench: $(VENV)/.test ## speed beside peers, speed and growth of the whole pipeline (needs ../shared)
	$(BIN)/python -m tests.bench.extraction --documents ../shared/data/documents/vbpl_attachments
	$(BIN)/python -m tests.bench.pipeline
	$(BIN)/python -m tests.bench.search --articles ../shared/data/retrieval/phapdien/articles.jsonl.xz
	$(BIN)/python -m tests.bench.suggest
	$(BIN)/python -m tests.bench.matrix
	$(BIN)/python -m tests.bench.pages --articles ../shared/data/retrieval/phapdien/articles.jsonl.xz
	$(BIN)/python -m tests.bench.press

clean: ## remove the virtual environment and the built library
	rm -rf $(VENV) var build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
