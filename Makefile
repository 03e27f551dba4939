# make run: the playground in a browser. make test: everything that is tested. See README.md.
PYTHON ?= python3
# Another Python gets an environment of its own: make test PYTHON=python3.12
VENV   ?= .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PEERS  := .venv-peers/.installed
AUDIT  := .venv-audit/.installed

.PHONY: run test test-live install lint audit bench spine soak screenshots clean need

run: install
	$(BIN)/python -m bot playground

test: install
	$(BIN)/python -m tests $(ARGS)

# The suite of tests/live on a real Cal.com server. Without CALCOM_TEST_URL and CALCOM_TEST_KEY it says what to set.
test-live: install
	$(BIN)/python -m tests.live $(ARGS)

install: $(STAMP)

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml bot intents

# Known vulnerabilities of what constraints.txt pins. It asks pypi.org, and fails where that does not answer.
audit: $(AUDIT)
	@.venv-audit/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off -r constraints.txt \
	  || { echo "audit: not passed. Above stands a vulnerability, or that pypi.org did not tell of a package."; exit 1; }

bench: install $(PEERS)
	$(BIN)/python -m pytest -m bench -s tests/bench $(ARGS)

# What a turn costs beside two reference programs, as a table. ARGS=--quick takes a minute.
spine: install
	$(BIN)/python -m tests.bench.spine $(ARGS)

soak: install
	$(BIN)/python -m pytest -m soak -s --timeout 3600 $(ARGS)

screenshots: install
	$(BIN)/python -m tests.screenshots $(ARGS)

clean:
	rm -rf $(VENV) .venv-peers .venv-audit

$(STAMP): pyproject.toml constraints.txt | need
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $(STAMP)

# Other readers of times, to be measured beside ours. Where they cannot be fetched, the table shows a dash.
$(PEERS): tests/bench/hearing/peers.txt | need
	-$(PYTHON) -m venv --clear .venv-peers && .venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	-@touch $(PEERS)

$(AUDIT): Makefile | need
	$(PYTHON) -m venv --clear .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1 \
	  || { echo "audit: not passed. pip-audit could not be fetched: the package index does not answer."; exit 1; }
	@touch $(AUDIT)

need:
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing. On Debian: apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed; this is $$($(PYTHON) -V). Say which: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@command -v git >/dev/null || { echo "make: git is missing. On Debian: apt-get install git"; exit 1; }
