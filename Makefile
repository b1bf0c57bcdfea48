# Hälsonav. `make demo` shows it; `make test` proves it. Everything is put into .venv, node_modules,
# build and var, and nowhere else.

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench drill audit sbom lock clean

PORT ?= 8000
SIZE ?= 0
BIN := .venv/bin
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
# uv installs in a fraction of the time where it is there; pip does the same work. The locks name all
# that is needed, so nothing is looked up beside them: a newer release elsewhere changes nothing.
INSTALL := $(shell command -v uv >/dev/null 2>&1 && echo "uv pip install --quiet --python $(BIN)/python" \
	|| echo "$(BIN)/python -m pip install --quiet --disable-pip-version-check")
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url -p 3.11

help: ## Say what one can do
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: .venv/.developing node_modules/.installed ## Install everything, start nothing
	@$(BIN)/halsonav build

demo: .venv/.running node_modules/.installed ## Show Hälsonav at 127.0.0.1:8000 (PORT=8123, SIZE=100000)
	@$(BIN)/halsonav demo --port $(PORT) --size $(SIZE)

test: setup ## Run all tests and the lint
	@$(BIN)/python -m tests

lint: .venv/.developing ## Look at code, types, floors and templates
	@$(BIN)/python -m tests --only lint

bench: setup ## Measure speed and growth to a million; writes build/bench.json
	@$(BIN)/python -m tests.bench --grow

drill: setup ## Kill processes, cut wires and fill the disk for real
	@$(BIN)/python -m tests --only drills

audit: .venv/.developing ## Hold what we stand on against the day's advisories (asks the net)
	@$(BIN)/python -m tests.audit

sbom: .venv/.developing node_modules/.installed ## List all that we stand on in build/sbom.*.json
	@$(BIN)/python -m tests.sbom

lock: ## Lock the versions of everything, Python and npm
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) -c requirements.txt requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund \
		--omit-lockfile-registry-resolved
	$(BIN)/python -m pytest -q tests/house/test_tracked_text.py

clean: ## Throw away what was installed and built, and the demo
	rm -rf .venv node_modules build var/demo* *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache .coverage*
	find halsonav tests -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 eller nyare saknas. Installera det och försök igen."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.running: .venv/bin/python requirements.txt
	@echo "Installerar Pythons paket …"
	@$(INSTALL) --no-deps --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.developing: .venv/.running requirements-dev.txt
	@echo "Installerar det som testerna behöver …"
	@$(INSTALL) --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	@echo "Installerar stilmallar, typsnitt och ordlista …"
	@npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@
