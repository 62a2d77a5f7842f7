# A newcomer needs two of these: `make run` and `make test`. `make` alone lists them all.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
USERS ?= 20
GROUPS ?= Support Seeker
SIZE ?= 20

ifneq (,$(wildcard .env))
include .env
export $(shell sed -n 's/^\([A-Z_]*\)=.*/\1/p' .env)
endif

PY := .venv/bin/python
MANAGE := $(PY) site/manage.py
NOX := .venv/bin/nox
READY := .venv/.ready

# A machine behind a company proxy has certificates of its own; uv then has to use the system's.
export UV_SYSTEM_CERTS ?= 1
export ENVIRONMENT ?= development
export PYTHONUNBUFFERED := 1

.PHONY: help venv install run fresh dev test django-test lint e2e css sass-watch icons django-collectstatic \
	django-seedusers django-seedsessions django-setupdefaultgroups django-publishsessionsindex \
	django-coverage django-coverage-badge update-requirements bench matrix wheels migrations prove prove-controls

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-28s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements/dev.txt $(wildcard packages/*/pyproject.toml) site/pyproject.toml scripts/setup_env.py
	@$(PYTHON) scripts/setup_env.py

venv: $(READY) ## make .venv, or bring it up to date
	@:

install: $(READY) ## venv, and the pre-commit hooks where this is a git checkout
	@if [ -e .git ]; then .venv/bin/pre-commit install; fi

# Links in mails lead to the port that is served.
run fresh dev: export BASE_URL ?= http://127.0.0.1:$(PORT)

run: css ## a living demo site on http://127.0.0.1:8000 (PORT=)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo
	@sh scripts/serve.sh $(PORT)

fresh: css ## the same from nothing: drops the development database first, makes the superuser
	@$(PY) scripts/drop_database.py
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo --superuser
	@$(MAKE) --no-print-directory django-collectstatic
	@sh scripts/serve.sh $(PORT)

dev: $(READY) ## check migrations, migrate, collect static files, serve with reloading
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) migrate --verbosity 0
	@$(MAKE) --no-print-directory django-collectstatic
	$(MANAGE) runserver 127.0.0.1:$(PORT)

test: $(READY) ## every suite that needs no browser (SQLite; DATABASE_URL= for another)
	@$(PY) scripts/run_tests.py

django-test: test ## the same
	@:

e2e: css ## the whole journey in headless Chromium
	@$(PY) scripts/run_tests.py e2e

lint: $(READY) ## types, floors, templates, code, dependencies, migrations, copies, requirements
	@$(PY) scripts/lint.py

css: $(READY) ## compile the Sass
	@$(PY) scripts/build_css.py

sass-watch: $(READY) ## compile the Sass at every change
	@$(PY) scripts/build_css.py --watch

icons: $(READY) ## draw the icons that templates use into one sprite
	@sh scripts/load_icons.sh

django-collectstatic: css icons ## css and icons, then collect the static files
	@$(MANAGE) collectstatic --noinput --verbosity 0

django-seedusers: $(READY) ## made-up people (USERS=50 GROUPS="Peer")
	@$(MANAGE) seed_users --count $(USERS) --groups "$(GROUPS)"

django-seedsessions: $(READY) ## made-up sessions (SIZE=50)
	@$(MANAGE) seed_sessions --size $(SIZE)

django-setupdefaultgroups: $(READY) ## the groups Support Seeker, Peer and Neuromancer
	@$(MANAGE) setup_default_groups

django-publishsessionsindex: $(READY) ## publish the sessions index pages
	@$(MANAGE) publish_sessions_index

django-coverage: $(READY) ## run the tests and report coverage (htmlcov/, coverage.xml)
	@rm -rf build/coverage
	@$(PY) scripts/run_tests.py --coverage
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report --skip-covered
	@$(PY) -m coverage html --quiet
	@$(PY) -m coverage xml --quiet

django-coverage-badge: django-coverage ## and draw its badge (htmlcov/coverage.svg)
	@.venv/bin/genbadge coverage --local --input-file coverage.xml --output-file htmlcov/coverage.svg

update-requirements: $(READY) ## compile requirements/*.txt with the newest versions that fit
	@$(PY) scripts/compile_requirements.py --upgrade

migrations: $(READY) ## write migrations, on the oldest Django and Wagtail
	@$(NOX) -s migrations

matrix: $(READY) ## every Python, Django, Wagtail and database
	@$(NOX) -s tests

wheels: $(READY) ## each package's tests against its wheel alone
	@$(NOX) -s wheel

bench: $(READY) ## speed as ratios within one run; it needs a quiet machine
	@$(NOX) -s bench

prove-controls: $(READY) ## take each guard away and see its test fail
	@$(PY) scripts/prove_controls.py

prove: css ## everything: matrix, wheels, lowest versions, controls, contention, browser
	@$(PY) scripts/prove.py full
