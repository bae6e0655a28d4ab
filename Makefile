# Two commands do all: make run, make test. Everything lands in .venv, nothing outside this folder
# but the browser that the tests drive.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# uv installs the same files many times faster, where it is there.
INSTALL = if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check; fi

.PHONY: run serve test lint unit browser reliability soak dictionary messages lock validate coverage bench bench-engine bench-page bench-load bench-handout bench-cohort clean

run: $(VENV)/app
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT)

# As it runs for many: with a readiness check, the headers of a policy, and everything read before the first visitor.
serve: $(VENV)/app
	$(BIN)/python -m streamlit run deploy/serve.py --server.port $(PORT)

test: lint unit browser reliability

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m decision.dictionary --check

unit: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal decision tests/unit tests/data tests/app

browser: $(VENV)/dev
	sh tests/browser/install.sh $(BIN)/python
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

# Real servers on this machine: nginx and replicas that die, tables that change, strangers of every kind.
reliability: $(VENV)/dev
	sh tests/browser/install.sh $(BIN)/python
	sh tests/reliability/install.sh $(BIN)/python
	$(BIN)/python -m pytest -n 3 tests/reliability

# The same strangers by the thousand; half an hour.
soak: $(VENV)/dev
	SOAK=yes $(BIN)/python -m pytest -s tests/reliability/test_strangers.py

coverage: $(VENV)/app
	$(BIN)/python -m decision coverage

validate: $(VENV)/app
	$(BIN)/python -m decision validate

dictionary: $(VENV)/app
	$(BIN)/python -m decision.dictionary

messages: $(VENV)/app
	$(BIN)/python -m decision.translation

# Every file that pip or uv installs must have the hash that stands here, or nothing is installed.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes

lock:
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt

bench: bench-engine bench-page bench-load
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.in
	PYTHONPATH=. .venv-bench/bin/python tests/bench/bench_smaa.py

BENCH = PYTHONPATH=.:tests/reliability:tests/browser $(BIN)/python

bench-engine: $(VENV)/app
	$(BENCH) tests/bench/bench_engine.py

bench-page: $(VENV)/dev
	sh tests/browser/install.sh $(BIN)/python
	sh tests/reliability/install.sh $(BIN)/python
	$(BENCH) tests/bench/bench_page.py

bench-load: $(VENV)/dev
	sh tests/reliability/install.sh $(BIN)/python
	$(BENCH) tests/bench/bench_load.py --knee

bench-handout: $(VENV)/dev
	PYTHONPATH=. $(BIN)/python tests/bench/bench_handout.py

bench-cohort: $(VENV)/app
	PYTHONPATH=. $(BIN)/python tests/bench/bench_cohort.py $(SIZES)

clean:
	rm -rf $(VENV) .venv-bench

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/app: requirements.txt | $(BIN)/python
	@$(subst pip install,pip install -r requirements.txt,$(INSTALL))
	@touch $@

$(VENV)/dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@$(subst pip install,pip install -r requirements-dev.txt,$(INSTALL))
	@touch $@ $(VENV)/app
