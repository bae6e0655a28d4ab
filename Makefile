# Two commands do all: make run, make test. Everything lands in .venv, nothing outside this folder
# but the browser that the tests drive.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# uv installs the same files many times faster, where it is there.
INSTALL = if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check; fi

.PHONY: run test lint unit browser dictionary messages lock validate coverage bench bench-handout bench-cohort clean

run: $(VENV)/app
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT)

test: lint unit browser

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m decision.dictionary --check

unit: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 decision tests/unit tests/data tests/app

browser: $(VENV)/dev
	sh tests/browser/install.sh $(BIN)/python
	$(BIN)/python -m pytest tests/browser

coverage: $(VENV)/app
	$(BIN)/python -m decision coverage

validate: $(VENV)/app
	$(BIN)/python -m decision validate

dictionary: $(VENV)/app
	$(BIN)/python -m decision.dictionary

messages: $(VENV)/app
	$(BIN)/python -m decision.translation

lock:
	uv pip compile --quiet --universal --python-version 3.11 --no-header requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-header -c requirements.txt requirements-dev.in -o requirements-dev.txt

bench:
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.in
	PYTHONPATH=. .venv-bench/bin/python tests/bench/bench_smaa.py

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
