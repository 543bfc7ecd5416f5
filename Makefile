# The front door. Every target sets up what it needs in .venv by itself; the second time is quick.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PYTHONUTF8 := 1
# Material prints a notice about MkDocs 2 at each build; we pin MkDocs 1 (ARCHITECTURE.md says why).
export NO_MKDOCS_2_WARNING := 1

SITE_INPUTS := $(shell find entries evidence src docs scripts mkdocs.yml environments.yaml -type f \
	-not -path 'docs/errors/*' -not -path 'docs/evidence/*' -not -path 'docs/releases/*' -not -path 'docs/matrix/*' -not -path 'docs/status/*' -not -path 'docs/api/*' -not -path 'docs/feeds/*' -not -path 'docs/cards/*' -not -name sitemap.xml -not -name robots.txt \
	-not -name 'for-machines.*.md' -not -name 'index.*.md' -not -name 'matrix.*.md' -not -name 'status.*.md' -not -name '*.pyc' 2>/dev/null | tr '\n' ' ')

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: serve
serve: $(VENV)/site.stamp ## Build the site from the entries and the recorded evidence, serve it on 127.0.0.1
	$(BIN)/mkdocs serve --strict --dev-addr 127.0.0.1:$(PORT)

.PHONY: build
build: site/.built ## Build the site into site/, if anything changed

.PHONY: test
test: $(VENV)/test.stamp ## Lint, type-check and run all tests (installs torch for the matrix tests)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/pytest -n 2 $(PYTEST_ARGS)

.PHONY: check
check: $(VENV)/site.stamp ## Check all entries and their evidence
	$(BIN)/provenfix check

.PHONY: matrix
matrix: $(VENV)/test.stamp ## Make each environment of environments.yaml, run what is stale or missing in it, record it
	$(BIN)/provenfix matrix $(MATRIX_ARGS)

.PHONY: pins
pins: $(VENV)/test.stamp ## Choose the pinned versions of all tools anew (requirements/*.txt)
	$(BIN)/uv pip compile $(PIN_ARGS) pyproject.toml requirements/build.in --extra site -o requirements/site.txt
	$(BIN)/uv pip compile $(PIN_ARGS) pyproject.toml requirements/build.in requirements/torch.in \
		--extra site --extra cluster --extra test -o requirements/test.txt

PIN_ARGS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: clean
clean: ## Remove everything that can be made again
	rm -rf $(VENV) .matrix build site .site.new .site.old .site.aside docs/api docs/cards docs/errors docs/evidence docs/feeds docs/for-machines.*.md docs/releases docs/robots.txt docs/sitemap.xml docs/index.*.md docs/matrix docs/matrix.*.md docs/status docs/status.*.md

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes --requirement requirements/site.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.stamp: requirements/test.txt requirements/torch.txt $(VENV)/site.stamp
	$(PIP) --require-hashes --requirement requirements/test.txt
	$(PIP) --no-deps --requirement requirements/torch.txt
	touch $@

site/.built: $(VENV)/site.stamp $(SITE_INPUTS)
	$(BIN)/mkdocs build --strict --quiet
	touch $@
