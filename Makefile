# Every way to work on RetainWise. `make` or `make help` lists the targets with their reasons.
# Needs Python 3.11 or later, Node 20 or later and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
BIN := .venv/bin
READY := .venv/.ready
DATA ?= data
PORT ?= 8000
PYTEST_ARGS ?=
# Test files are shared out to this many processes.
TEST_PROCESSES ?= 2

# uv lists the files that its settings name; only its errors matter here.
UV := UV_NO_PROGRESS=1 $(BIN)/uv --quiet
BUF := protos/node_modules/.bin/buf

.DEFAULT_GOAL := help

.PHONY: help
help: ## list these targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY) ## make .venv with exactly the locked packages (once, and again when the lock changes)

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "no python3 was found; RetainWise needs Python 3.11 or later" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; sys.exit(sys.version_info < (3, 11) and "$(PYTHON) is Python " + v + "; RetainWise needs 3.11 or later: say which with PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@$(UV) pip install --python $(BIN)/python --no-deps -e .
	@touch $@

.PHONY: demo
demo: ## from nothing to scored customers: set up, start the product, score the real telecom file, keep serving
	@begun=$$(date +%s); $(MAKE) --no-print-directory --silent setup models page && \
		echo "Set-up took $$(( $$(date +%s) - begun )) s." && \
		exec $(BIN)/python -m deploy.local.demo --port $(PORT) $(if $(DEMO_EXIT),--exit)

.PHONY: up
up: setup models page ## start the product on this machine, with its data in ./data (DATA=…, PORT=…)
	@exec $(BIN)/retainwise up --data $(DATA) --port $(PORT)

.PHONY: models
models: models/.built ## train, calibrate and sign the baseline models from public data, into ./models

models/.built: $(READY) $(wildcard services/scoring/*.py services/scoring/baselines/*.py)
	@$(BIN)/python -m services.scoring.baselines --out models
	@touch $@

.PHONY: page
page: frontend/dist/index.html ## build the page for people, which the gateway serves, into frontend/dist

PAGE_SOURCES := $(shell find frontend/src frontend/plugins frontend/public -type f 2>/dev/null) \
	$(addprefix frontend/,index.html vite.config.ts tsconfig.json)

frontend/dist/index.html: frontend/node_modules/.ready $(PAGE_SOURCES)
	@cd frontend && npm run --silent build -- --logLevel warn || { rm -f dist/index.html; exit 1; }

frontend/node_modules/.ready: frontend/package-lock.json
	@command -v npm >/dev/null || { echo "no npm was found; the page needs Node 20 or later" >&2; exit 1; }
	@cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: page-check
page-check: frontend/node_modules/.ready ## check the page: style, types, that they fit the API, and its own tests
	@cd frontend && npm run --silent lint && npm run --silent types && npm run --silent api -- --check && npm test --silent

.PHONY: api
api: setup frontend/node_modules/.ready ## write frontend/openapi.json and the page's types again, after a change to the API
	@$(BIN)/python -m services.gateway.openapi frontend/openapi.json
	@cd frontend && npm run --silent api

.PHONY: screenshots
screenshots: setup models page ## take pictures of every page, 320 and 1280 px, light and dark, into build/screenshots, and the user guide's into docs/images (needs Chromium)
	@$(UV) pip install --python $(BIN)/python -r pyproject.toml --extra pictures
	@$(BIN)/python -m tests.browser.pictures screenshots

.PHONY: walkthrough
walkthrough: setup models page ## film the way from a dropped file to a customer's reasons, into docs/images (needs Chromium)
	@$(UV) pip install --python $(BIN)/python -r pyproject.toml --extra pictures
	@$(BIN)/python -m tests.browser.pictures walkthrough

.PHONY: lighthouse
lighthouse: setup models page ## audit dashboard, upload and customer pages, phone and desktop, median of five (needs Chromium)
	@$(BIN)/python -m tests.browser.pictures lighthouse

.PHONY: paint
paint: setup models page ## measure from a click to the paint of what it asked for: filter, sort, page of 100,000 customers (needs Chromium)
	@$(BIN)/python -m tests.browser.pictures paint

.PHONY: model-report
model-report: setup models ## judge baselines and trained models: beside others, on labelled files; whether intervals hold the truth
	@$(UV) pip install --python $(BIN)/python -r pyproject.toml --extra report
	@$(BIN)/python -m bench.models
	@$(BIN)/python -m bench.prior models
	@$(BIN)/python -m bench.intervals models
	@$(BIN)/python -m bench.training models

.PHONY: test
test: setup models page ## run every test, on both cores
	@$(BIN)/python -m pytest -q -n $(TEST_PROCESSES) --dist loadfile $(PYTEST_ARGS)

.PHONY: lint
lint: setup ## check style (ruff) and types (mypy --strict)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

.PHONY: buf
buf: $(BUF) ## check the protos: style, format, and nothing broken since the last release
	@cd protos && ../$(BUF) lint && ../$(BUF) format --diff --exit-code && ../$(BUF) breaking --against baseline.binpb

$(BUF): protos/package-lock.json
	@cd protos && npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: protos
protos: setup ## write libs/contracts again, after a change to the protos
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python protos/generate.py

.PHONY: baseline
baseline: $(BUF) ## renew protos/baseline.binpb, at a release: what later changes are compared with
	@cd protos && ../$(BUF) build -o baseline.binpb

.PHONY: dictionary
dictionary: setup ## write docs/data-dictionary.md again, after a change to the canonical columns
	@$(BIN)/python docs/data_dictionary.py

LOCK = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml
SERVICES := ingest mapping validation scoring gateway

.PHONY: locks
locks: ## pin every package again, after a change to pyproject.toml: one lock a service, one for development
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION); }
	@$(LOCK) --extra dev -o requirements-dev.lock
	@for service in $(SERVICES); do $(LOCK) --extra $$service -c requirements-dev.lock -o requirements-$$service.lock || exit 1; done

.PHONY: clean
clean: ## remove what can be made again (not ./data)
	@rm -rf .venv protos/node_modules frontend/node_modules frontend/dist models build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage-data
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
