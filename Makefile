# Two commands for everyone: `make demo` and `make test`. `make help` tells the rest.
.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE # without its cache every start takes seconds longer

PORT ?= 8000
LOCK ?= requirements-dev.lock
WORKERS ?= 2
UPGRADE ?=
SCALE ?= small

py := .venv/bin/python
pytest := $(py) -m pytest
# Runs a command with throw-away servers, unless DATABASE_URL and REDIS_URL name others.
with-servers := $(py) -m tests.servers
catalogues := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
static-files := $(shell find static */static rtcm/*/static 2>/dev/null)
newest = $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))
# Nothing that a developer's shell happens to say shall decide what production settings are.
production := env -u RTCM_DEMO -u RTCM_PLAIN_COOKIES RTCM_DEBUG=0 \
	SITE_ORIGIN=https://portal.example.org ALLOWED_HOSTS=portal.example.org \
	SECRET_KEY=only-for-this-check-3141592653589793238462643383279502884197

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Run ----------------------------------------------------------------------------------------

.PHONY: demo
demo: install $(catalogues) ## Run the whole portal here with invented people: make demo PORT=8000
	@exec setpriv --pdeathsig TERM $(py) -m rtcm.demo --port $(PORT)

.PHONY: demo-reset
demo-reset: install ## Wipe the demo's data; the next `make demo` starts afresh
	@$(py) -m rtcm.demo --reset

.PHONY: install
install: ## Make .venv from the lock, with the system packages it needs
	@deploy/packages pdf build
	@deploy/install $(LOCK)

.PHONY: ready
ready: install $(catalogues) staticfiles/made # everything that is made out of the sources

%.mo: %.po
	@msgfmt --check --output-file=$@ $<

staticfiles/made: $(static-files) $(LOCK)
	@$(py) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

# --- Test ---------------------------------------------------------------------------------------

.PHONY: browser
browser: # skipped loudly where there is none, but never where CI is set
	@deploy/packages browser readers || { [ -z "$$CI" ] && echo "The browser tests will be skipped."; }

.PHONY: test
test: ready browser ## Run all tests, in a browser and with faults too
	@status=0; \
	$(pytest) -n $(WORKERS) -m "not browser and not faults" || status=1; \
	$(pytest) -n $(WORKERS) --dist worksteal -m browser || status=1; \
	$(pytest) -m faults || status=1; \
	exit $$status

.PHONY: test-fast
test-fast: ready ## Run the tests without browser and faults
	@$(pytest) -n $(WORKERS) -m "not browser and not faults"

.PHONY: test-long
test-long: ## Run all tests with many repetitions of the faults
	@RTCM_LONG=1 $(MAKE) test

.PHONY: test-distribution
test-distribution: ready ## Run the fast tests on the distribution's PostgreSQL and Redis
	@deploy/packages distribution
	@env -u DATABASE_URL -u REDIS_URL -u CACHE_URL \
		RTCM_POSTGRESQL="$(newest)" RTCM_VALKEY="$$(command -v redis-server)" \
		$(pytest) -n $(WORKERS) -m "not browser and not faults"

checks := form lint templates types layers migrations messages settings compose holes

.PHONY: check
check: ready ## Check form, types, layers, migrations, translations, settings and known holes
	@$(MAKE) --keep-going $(addprefix check-,$(checks))

.PHONY: $(addprefix check-,$(checks))
check-form:
	$(py) -m ruff format --check --quiet .
check-lint:
	$(py) -m ruff check --quiet .
check-templates:
	git ls-files -z '*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2
check-types:
	$(py) -m mypy .
check-layers:
	$(py) .venv/bin/lint-imports
check-migrations:
	$(with-servers) $(py) manage.py makemigrations --check --dry-run
check-messages:
	deploy/check-messages
check-settings:
	$(production) $(with-servers) $(py) manage.py check --deploy --fail-level WARNING
check-compose:
	deploy/check-compose
check-holes:
	deploy/audit

.PHONY: screenshots
screenshots: ready browser ## Picture the main screens in each language, in light and dark: screenshots/
	@$(pytest) -q tests/browser/screenshots.py

.PHONY: certificate-pictures
certificate-pictures: ready ## Draw the reviewed pictures of certificates anew; look at what changed
	@$(py) -m tests.trainings.certificate_pictures

.PHONY: bench
bench: ready ## Measure pages, registrations, certificates, letters: make bench SCALE=full
	@$(py) -m tests.benchmarks --scale $(SCALE)

# --- Keep ---------------------------------------------------------------------------------------

.PHONY: messages
messages: install ## Write new sentences of the source into the catalogues
	@deploy/collect-messages $(py)

.PHONY: lock
lock: ## Write the locks anew: make lock UPGRADE=--upgrade
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --universal --generate-hashes --no-header $(UPGRADE) \
		pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header $(UPGRADE) \
		-c requirements.lock --group dev pyproject.toml -o requirements-dev.lock

.PHONY: clean
clean: ## Remove what can be made again; the demo's data stay
	rm -rf .venv staticfiles .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f $(catalogues)
	find . -name __pycache__ -prune -exec rm -rf {} +
