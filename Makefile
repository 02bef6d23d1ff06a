# BuySignal: `make run` starts it, `make test` checks all of it. Both set themselves up.
PYTHON ?= python3
EXTRAS ?=
PORT ?= 8765
TEST_WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
EXTENSION_SOURCES := $(shell find extension -type f -not -path '*/node_modules/*' -not -path '*/.output/*' -not -path '*/.wxt/*' 2>/dev/null) companion/dashboard/static/tokens.css

.PHONY: run test check demo bench docs types clean test-python test-extension

run: $(STAMPS)/python $(STAMPS)/extras-$(EXTRAS) $(STAMPS)/extension companion/dashboard/static/vendor
	@$(BIN)/buysignal serve --port $(PORT) $(SERVE_ARGS)

test: $(STAMPS)/python-test $(STAMPS)/extension companion/dashboard/static/vendor
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory test-extension
	@$(MAKE) --no-print-directory test-python

test-python: $(STAMPS)/python-test $(STAMPS)/extension companion/dashboard/static/vendor
	@BUYSIGNAL_CHROMIUM="$$(sh scripts/chromium.sh)" && export BUYSIGNAL_CHROMIUM && $(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadfile $(ARGS)

test-extension: $(STAMPS)/extension
	@cd extension && npx vitest run && npm run --silent lint:firefox

check: $(STAMPS)/python-test $(STAMPS)/node
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@cd extension && npm run --silent check

demo: $(STAMPS)/python-test $(STAMPS)/extension companion/dashboard/static/vendor
	@BUYSIGNAL_CHROMIUM="$$(sh scripts/chromium.sh)" && export BUYSIGNAL_CHROMIUM && $(BIN)/python -m tests.demo $(ARGS)

bench: $(STAMPS)/python-test $(STAMPS)/extension companion/dashboard/static/vendor
	@BUYSIGNAL_CHROMIUM="$$(sh scripts/chromium.sh)" && export BUYSIGNAL_CHROMIUM && $(BIN)/python -m bench $(ARGS)

types: $(STAMPS)/python $(STAMPS)/node
	@$(BIN)/python -m companion.api.openapi extension/protocol/openapi.json && cd extension && npm run --silent types

docs: $(STAMPS)/python
	@$(BIN)/python -m scripts.cli_reference > docs/cli.md

$(STAMPS)/python: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; install it or run: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "BuySignal needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Choose another with: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing BuySignal into $(VENV) (once, about 600 MB)..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/extras-: $(STAMPS)/python
	@touch $@

$(STAMPS)/extras-%: $(STAMPS)/python
	@echo "Adding $*..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[$*]"
	@touch $@

$(STAMPS)/python-test: $(STAMPS)/python
	@echo "Adding what the tests need (training, browser driver, linters)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[train,multilingual,scrape,dev]"
	@touch $@

$(STAMPS)/node: extension/package.json extension/package-lock.json
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is needed to build the extension; install it from your package manager"; exit 1; }
	@echo "Installing the extension's build tools (once)..."
	@cd extension && npm install --no-save --no-audit --no-fund --loglevel=error # not `npm ci`: it wants the optional binaries of every platform in the lock file
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/extension: $(STAMPS)/node $(EXTENSION_SOURCES)
	@echo "Building the extension..."
	@cd extension && npm run --silent build > .build.log 2>&1 || { cat .build.log; exit 1; }
	@touch $@

companion/dashboard/static/vendor: $(STAMPS)/node scripts/vendor.py
	@$(BIN)/python scripts/vendor.py
	@touch $@

clean:
	@rm -rf $(VENV) $(STAMPS) extension/node_modules extension/.output extension/.wxt companion/dashboard/static/vendor
