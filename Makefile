# Two commands to see it work: `make demo`, or `make test`. Everything happens in .venv; a second run is instant.
# Needs make and Python 3.11 or newer. Another interpreter: make demo PYTHON=python3.13

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check
TESTS ?= -n auto

.PHONY: help demo test check docs train bench-extract bench-feeds bench-images lock clean
.DEFAULT_GOAL := help

help:  ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp  ## Collect five small newspapers that come with the package, and open the reading site
	@$(BIN)/broadsheet demo

test: $(VENV)/dev.stamp  ## Run the tests; TESTS=tests/archive for some of them
	@$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/dev.stamp  ## Lint, format, types, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: $(VENV)/run.stamp  ## Write the reference pages that follow from the code
	@$(BIN)/python tools/reference.py

train: $(VENV)/dev.stamp  ## Learn anew what the signals of the body weigh, from the corpora in CORPORA=FOLDER, and write it down
	@test -n "$(CORPORA)" || { echo 'Where are the pages to learn from? make train CORPORA=FOLDER (see docs/explanation/extraction.md)'; exit 1; }
	@PYTHONPATH=benchmarks $(BIN)/python -m train "$(CORPORA)" --write

bench-extract: $(VENV)/run.stamp build/peer.stamp  ## Our extractor beside a peer; CORPORA=FOLDER for your pages, BENCH=--write for the picture
	@PYTHONPATH=benchmarks $(BIN)/python -m extraction $(CORPORA) $(BENCH) $$(test -e build/peer.stamp && echo --peer build/peer/bin/python)

bench-feeds: $(VENV)/run.stamp build/peer-feeds.stamp  ## Our reader and writer of feeds beside peers; FEEDS=FOLDER for your feeds
	@PYTHONPATH=benchmarks $(BIN)/python -m feeds $(FEEDS) $$(test -e build/peer-feeds.stamp && echo --peer build/peer-feeds/bin/python)

bench-images: $(VENV)/run.stamp build/peer-images.stamp  ## Pictures made, kept and handed out, beside Pillow, nginx and bare libvips; PHOTOS=FOLDER for your JPEGs
	@PYTHONPATH=benchmarks $(BIN)/python -m images $(PHOTOS) $$(test -e build/peer-images.stamp && echo --peer build/peer-images/bin/python)

# The peer lives in an environment of its own. Where it cannot be had, our figures are shown alone.
build/peer.stamp: benchmarks/extraction/peer.txt
	@$(PYTHON) -m venv build/peer && build/peer/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $< && touch $@ \
		|| echo 'The peer could not be installed.'

build/peer-feeds.stamp: benchmarks/feeds/peer.txt
	@$(PYTHON) -m venv build/peer-feeds && build/peer-feeds/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $< \
		&& touch $@ || echo 'The peers could not be installed.'

build/peer-images.stamp: benchmarks/images/peer.txt
	@$(PYTHON) -m venv build/peer-images && build/peer-images/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $< \
		&& touch $@ || echo 'The peer could not be installed.'

# Locked with the oldest Python we support, so that nothing in the lock is too new for it.
lock:  ## Choose the newest versions of all dependencies and write requirements/*.txt
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	$(call compile,build,--allow-unsafe requirements/build.in)
	$(call compile,run,--extra images pyproject.toml)
	$(call compile,dev,--extra dev --extra images --constraint requirements/run.txt pyproject.toml)
	build/lock/bin/pip-compile $(LOCKING) --output-file benchmarks/extraction/peer.txt benchmarks/extraction/peer.in
	build/lock/bin/pip-compile $(LOCKING) --output-file benchmarks/feeds/peer.txt benchmarks/feeds/peer.in
	build/lock/bin/pip-compile $(LOCKING) --output-file benchmarks/images/peer.txt benchmarks/images/peer.in
	@! grep -nE '://|^--' requirements/*.txt benchmarks/*/peer.txt || { echo 'A lock names a place instead of a package (see above).'; exit 1; }

LOCKING := --quiet --upgrade --generate-hashes --strip-extras --no-header --no-emit-options \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
compile = build/lock/bin/pip-compile $(LOCKING) --output-file requirements/$(1).txt $(2)

clean:  ## Remove everything that was made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Broadsheet needs Python 3.11 or newer; none was found. Install one, or name it: make PYTHON=/path/to/python'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/build.stamp: requirements/build.txt | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(VENV)/build.stamp
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
