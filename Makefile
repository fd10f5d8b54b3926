# One verb a target; `make help` lists them. The only need is Python 3.11+ with venv, and make.
.DEFAULT_GOAL := help
# A pipe fails where any part of it fails.
SHELL := bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: help install run test lint format docs bench bench-country bench-accuracy bench-mistakes bench-mutations bench-prose bench-text bench-nights bench-repair bench-warehouse bench-growth clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 18

# A stamp for each set of pins: an unchanged set costs nothing.
$(VENV)/run.stamp: requirements.txt pyproject.toml
	@echo "setting up $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-virtualenv -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-test.txt
	@echo "adding the test tools"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

install: $(VENV)/run.stamp ## create .venv with the pinned packages

run: install ## ingest the sample reports, export CSV, show the result
	@$(BIN)/gongkai ingest data/samples
	@$(BIN)/gongkai export --out data/exports
	@$(BIN)/gongkai query "select county_name, org_name, report_year, format, script, status, count_reported, count_blank, count_unreadable, count_findings, report_id from report_overview order by all"

lint: $(VENV)/test.stamp ## format check, ruff, mypy, sqlfluff
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/sqlfluff lint --disable-progress-bar --nocolor sql | sed '/^All Finished!$$/d'

test: lint ## linters, then every test (under ten minutes on two cores)
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

format: $(VENV)/test.stamp ## rewrite Python and SQL in the house style
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/sqlfluff fix --disable-progress-bar sql

docs: $(VENV)/test.stamp ## rewrite docs/warehouse.md and the output below the examples
	@$(BIN)/python -m docs.make_warehouse_page
	@$(BIN)/python -m docs.run_examples

bench: $(VENV)/test.stamp ## what a report costs, by stage and format, beside other ways (4 minutes)
	@$(BIN)/python -m benchmarks.speed_bench $(ARGS)

bench-country: $(VENV)/test.stamp ## 41,352 reports from pages to a published warehouse, and again (15 minutes)
	@$(BIN)/python -m benchmarks.country_bench $(ARGS)

bench-text: $(VENV)/test.stamp ## encodings: ours beside chardet and charset-normalizer, and speeds
	@$(BIN)/python -m benchmarks.text_bench

bench-accuracy: $(VENV)/test.stamp ## 2,000 files in every format: which cells come out right (2 minutes)
	@$(BIN)/python -m benchmarks.accuracy_bench $(ARGS)

bench-mistakes: $(VENV)/test.stamp ## 2,000 reports, 300 with a planted mistake: which are found (1 minute)
	@PLANTED_CLEAN=1700 PLANTED_MISTAKEN=300 $(BIN)/python -m benchmarks.planted_bench

bench-mutations: $(VENV)/test.stamp ## 10,000 damaged files through a real run: which do harm (4 minutes)
	@$(BIN)/python -m benchmarks.mutations_bench $(ARGS)

bench-prose: $(VENV)/test.stamp ## figures in prose: precision and recall, and speed
	@$(BIN)/python -m benchmarks.prose_bench

bench-repair: $(VENV)/test.stamp ## text repair: what comes back of each kind of damage, and speeds
	@$(BIN)/python -m benchmarks.repair_bench

bench-nights: $(VENV)/test.stamp ## 50 runs of 500 reports killed, 8 readers through 20 publications (10 minutes)
	@NIGHTS_KILLS=50 NIGHTS_REPORTS=500 NIGHTS_READERS=8 NIGHTS_PUBLICATIONS=20 $(BIN)/pytest tests/test_nights.py

bench-warehouse: $(VENV)/test.stamp ## a year of the country, 8 million facts: load, checks and views (3 minutes)
	@$(BIN)/python -m benchmarks.warehouse_bench $(ARGS)

bench-growth: $(VENV)/test.stamp ## warehouses of 1,000 to 200,000 reports, and small nights on each (ten minutes and more)
	@$(BIN)/python -m benchmarks.growth_bench $(ARGS)

clean: ## remove what runs made: warehouse, exports, state (not .venv)
	@rm -rf data/exports data/state data/warehouse.duckdb
