# Everything a person types; `make` alone lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

export TZ := UTC

PYTHON ?= python3
JOBS ?= 3
BIN := .venv/bin
FLASK := $(BIN)/flask --app app
INSTALLED := .venv/.installed
INSTALLED_DEV := .venv/.installed-dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help
help: ## List what can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(INSTALLED) ## Start the demo clinic: web and worker (first time: sets everything up)
	@mkdir -p var
	@$(FLASK) db upgrade
	@$(FLASK) seed demo --if-empty
	@$(FLASK) demo-logins
	@exec $(BIN)/python app.py

.PHONY: test
test: $(INSTALLED_DEV) ## Run the whole suite on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

.PHONY: check
check: $(INSTALLED_DEV) ## Look for mistakes without running anything (ruff, mypy)
	$(BIN)/ruff check .
	$(BIN)/mypy

.PHONY: seed
seed: $(INSTALLED) ## Sow the first rows, without the demo clinic
	@mkdir -p var
	@$(FLASK) db upgrade
	@$(FLASK) seed rows

.PHONY: work
work: $(INSTALLED) ## Start only the worker, beside a web process of its own
	@exec $(BIN)/python -m tasks

.PHONY: bench
bench: $(INSTALLED_DEV) ## Measure the house against its speed budget
	@$(BIN)/python -m bench

.PHONY: docs
docs: $(INSTALLED_DEV) ## Show the plan of the house, drawn from its code
	@$(BIN)/python -m tests.test_house

.PHONY: words
words: $(INSTALLED_DEV) ## Collect every sentence into the catalogues, before translating
	@$(BIN)/python -m words

.PHONY: screenshots
screenshots: $(INSTALLED_DEV) ## Draw the pictures of the guides from the demo clinic
	@$(BIN)/python -m tests.pictures

.PHONY: setup
setup: $(INSTALLED_DEV) ## Install everything, for running, testing and checking

$(INSTALLED): requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Benchside needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python cannot make virtual environments here; on Debian: apt install python3-venv"; \
		exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Benchside needs into .venv ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(INSTALLED_DEV): $(INSTALLED) requirements-dev.txt
	@echo "Installing what its tests need into .venv ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@
