# Wuli 五力. `make demo` shows it, `make test` proves it, `make help` lists the rest.
# Nothing is done twice: each step leaves a file, and is repeated only when what it is made from is newer.

PEOPLE ?= 170000
SERVE ?= yes
PORT ?= 8000

RUN := .venv/bin
UV := .tools/bin/uv
STAGE := @scripts/stage
export PATH := $(CURDIR)/.tools/node:$(PATH)

WORDS := $(wildcard src/wuli/locale/*/LC_MESSAGES/*.po)
FRONT_END := $(shell find frontend -type f 2>/dev/null) package.json
STATIC := $(shell find src/wuli -path '*/static/*' -type f 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo setup test check test-sqlite test-postgresql bench pictures fix docs translations lock clean

help: ## list what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

## To run it

demo: setup ## prepare, fill with the demonstration group (PEOPLE=170000), serve (SERVE=no: do not; PORT=8000)
	@exec $(RUN)/wuli demo --people $(PEOPLE) $(if $(filter no,$(SERVE)),--no-serve,--port $(PORT))

setup: .venv/app.stamp build/collected/staticfiles.json ## prepare everything that running needs

.tools/bin/uv: scripts/tools requirements/tools.txt requirements/node.txt
	$(STAGE) "Tools" scripts/tools
	@touch $@

.venv/pyvenv.cfg: .python-version | .tools/bin/uv
	$(STAGE) "Python $$(cat .python-version)" $(UV) venv --quiet --allow-existing --python $$(cat .python-version) .venv
	@touch $@

.venv/app.stamp: requirements/app.txt pyproject.toml .venv/pyvenv.cfg
	$(STAGE) "Packages" $(UV) pip install --quiet --python $(RUN)/python --require-hashes -r requirements/app.txt
	@$(UV) pip install --quiet --python $(RUN)/python --no-deps --editable .
	@touch $@

node_modules/.package-lock.json: package-lock.json | .tools/bin/uv
	$(STAGE) "Front-end packages" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

build/front-end.stamp: $(FRONT_END) node_modules/.package-lock.json
	$(STAGE) "Front end" npm run --silent build
	@touch $@

%.mo: %.po .venv/app.stamp
	@$(RUN)/pybabel --quiet compile --input-file $< --output-file $@

build/collected/staticfiles.json: build/front-end.stamp $(STATIC) $(WORDS:.po=.mo) .venv/app.stamp
	$(STAGE) "Static files" $(RUN)/wuli collectstatic --noinput --clear --verbosity 0 --ignore ninja
	@touch $@

## To work on it

test: check test-sqlite test-postgresql ## run all checks and all tests, on both databases

.venv/dev.stamp: requirements/dev.txt .venv/app.stamp
	$(STAGE) "Packages of checks and tests" $(UV) pip install --quiet --python $(RUN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.tools/system.stamp: scripts/system-packages .tools/bin/uv
	$(STAGE) "System packages" scripts/system-packages
	@touch $@

check: setup .venv/dev.stamp .tools/system.stamp ## run everything that is checked without running it
	$(STAGE) "Lint" $(RUN)/ruff check --quiet
	$(STAGE) "Format" $(RUN)/ruff format --quiet --check
	$(STAGE) "Templates" scripts/templates --check
	$(STAGE) "htmx idioms" npm run --silent lint
	$(STAGE) "Imports point down" $(RUN)/lint-imports --no-logo
	$(STAGE) "Types" $(RUN)/mypy
	$(STAGE) "Migrations" $(RUN)/wuli makemigrations --check --dry-run
	$(STAGE) "Deployment" scripts/check-deployment
	$(STAGE) "Translations" $(RUN)/python scripts/translations.py check

PYTEST := $(RUN)/pytest --quiet --numprocesses 2

# What is the same whatever the database, and the command around the filling that is tested on both: run once, on SQLite.
ONCE := tests/architecture tests/web tests/config/demo/test_command.py

test-sqlite: setup .venv/dev.stamp .tools/system.stamp ## run all tests on SQLite
	$(STAGE) "Tests on SQLite" $(PYTEST)

test-postgresql: setup .venv/dev.stamp .tools/system.stamp ## run the tests without a browser on a PostgreSQL made for them
	$(STAGE) "Tests on PostgreSQL" scripts/with-postgresql $(PYTEST) -m "not browser" $(ONCE:%=--ignore %)

bench: setup .venv/dev.stamp .tools/system.stamp ## measure the speed on the full demonstration group, as ratios (NAMES: which)
	@$(RUN)/wuli migrate --verbosity 0
	@$(RUN)/wuli demo --no-serve
	@$(RUN)/python -m benchmarks $(NAMES)

pictures: setup .venv/dev.stamp .tools/system.stamp ## make the README's pictures anew
	@$(RUN)/python scripts/pictures.py

fix: .venv/dev.stamp ## format the code and mend what can be mended by itself
	@$(RUN)/ruff check --quiet --fix || true
	@$(RUN)/ruff format --quiet
	@scripts/templates

docs: .venv/app.stamp ## write anew the reference pages that are made from the program
	@$(RUN)/python scripts/reference.py

translations: .venv/dev.stamp ## bring the words of the pages into src/wuli/locale, to be translated there
	@$(RUN)/python scripts/translations.py update

LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

lock: .venv/pyvenv.cfg ## write down anew which versions are installed (requirements/*.txt)
	@for name in app dev; do $(LOCK) --python $(RUN)/python requirements/$$name.in --output-file requirements/$$name.txt; done
	@for name in tools node; do $(LOCK) --python-version 3.9 requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## remove all that was made, but not the data in var
	rm -rf .tools .venv build node_modules
