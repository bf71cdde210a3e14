# Everything starts here; `make help` lists it. Only Python 3.11 or later (with venv) and make need be installed.

.DEFAULT_GOAL := help
.PHONY: demo test check audit bench evaluate leakcheck proof clean help

# The first Python that will do; `make demo PYTHON=/path/to/python3` names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.14 python3.11 python; do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)
ENVIRONMENT = @$(or $(PYTHON),$(error Python 3.11 or later with venv is needed: install python3 and python3-venv)) \
	scripts/environment.py

demo: ## the model strategy with its illustrative portfolio: database, reports, pages (SERVE=0: do not serve)
	$(ENVIRONMENT) runtime .venv/bin/colonnade demo $(if $(filter 0 no,$(SERVE)),--no-serve)

test: ## every check and every test, in a real Chromium too
	$(ENVIRONMENT) dev .venv/bin/python scripts/checks.py all

check: ## the quick part: lint, format, types, layers, migrations, unit tests
	$(ENVIRONMENT) dev .venv/bin/python scripts/checks.py quick

audit: ## known weaknesses of the pinned requirements, where there is a network (2: it could not ask)
	$(ENVIRONMENT) dev .venv/bin/python scripts/audit.py

bench: ## time and memory of reports, figures and snapshots at full size
	$(ENVIRONMENT) dev .venv/bin/python -m benchmarks

evaluate: ## how well matching ranks, overlap judges and classification proposes, on labelled data that is not part of the project
	$(ENVIRONMENT) dev .venv/bin/python -m evaluation --sealed
	$(ENVIRONMENT) dev .venv/bin/python -m evaluation.overlap --sealed
	$(ENVIRONMENT) dev .venv/bin/python -m evaluation.classification --sealed

leakcheck: ## a sample of the proof that nothing leaks, over every page and reader (part of make test)
	$(ENVIRONMENT) dev .venv/bin/python -m proof leakcheck

proof: ## all of it: worlds that differ only in what is hidden (PROOF="--shard 1/8 --minutes 60"; goes on where it stopped)
	$(ENVIRONMENT) dev .venv/bin/python -m proof $(PROOF)

clean: ## remove all that make made, the demo's database too
	rm -rf .colonnade 2>/dev/null || { sleep 2; rm -rf .colonnade; } # a server notices, and stops writing
	rm -rf .venv out build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find colonnade proof tests scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help: ## this list
	@sed -n 's/^\([a-z]*\): ## \(.*\)/  make \1	\2/p' Makefile | expand -t 15
