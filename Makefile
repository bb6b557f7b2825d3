PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

COUNT ?= 100000

.PHONY: run test lint fuzz bench train evaluate-parsers measure-doubt clean help

help: ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-18s %s\n", $$1, $$2}'

run: $(VENV)/.core ## set up, then generate near misses from the bundled documents into outputs/bundled
	$(BIN)/nyaris generate seeds/documents -o outputs/bundled --overwrite

test: $(VENV)/.dev lint ## set up, then lint, type-check and test
	$(BIN)/python -m pytest -n 2

fuzz: $(VENV)/.dev ## COUNT=100000 new cases of hostile input (a quarter of an hour or more)
	NYARIS_FUZZ_COUNT=$(COUNT) $(BIN)/python -m pytest -n 0 tests/fuzz

bench: $(VENV)/.core ## measure speed and memory (see docs/scale.md); TEXT="--text en=FILE --text ms=FILE" for other texts
	$(BIN)/python tests/bench/bench.py $(TEXT) --json outputs/bench.json

lint: $(VENV)/.dev ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: $(VENV)/.dev ## train the bundled parsers again (an hour or more; see grammars/training/README.md)
	$(BIN)/python -m spacy project run all grammars/training

evaluate-parsers: $(VENV)/.dev ## score the bundled parsers on the treebanks
	$(BIN)/python -m spacy project run evaluate grammars/training

measure-doubt: $(VENV)/.dev ## how much more often doubted trees are wrong (on the test treebanks)
	$(BIN)/python grammars/training/scripts/doubt.py en
	$(BIN)/python grammars/training/scripts/doubt.py ms

clean: ## remove the environment and what runs wrote
	rm -rf $(VENV) dist build outputs/bundled

$(VENV)/.core: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.core
