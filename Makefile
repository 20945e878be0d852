# What people and CI run. Needs make and Python >= 3.11; everything else is installed here:
# tfgen and its tools into .venv, ministack (it pins botocore) into .venv-ministack.
#
#   make demo    the main job on an emulator, from spec to drift report
#   make test    every test; ARGS='-k pool -x' goes to pytest, JOBS=4 runs more at once
#   make lint    ruff, mypy --strict, import contracts
#   make bench   the measurements of benchmarks/README.md
#   make clean   what the others left

PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)
JOBS ?= 2
ARGS ?=

BIN := .venv/bin
READY := .venv/.ready
MINISTACK := .venv-ministack/.ready

# Terraform takes the AWS provider from a mirror on this machine where there is one.
WITH_MIRROR = if [ -z "$$TFGEN_PROVIDER_MIRROR" ] && command -v terraform >/dev/null; then \
		TFGEN_PROVIDER_MIRROR=$$(tests/tools/provider_mirror.sh); \
	fi; \
	if [ -n "$$TFGEN_PROVIDER_MIRROR" ]; then export TFGEN_PROVIDER_MIRROR; else unset TFGEN_PROVIDER_MIRROR; fi;

.PHONY: demo test lint lint-ruff lint-format lint-types lint-imports bench clean

demo: $(READY)
	@$(BIN)/tfgen demo

# Without terraform or an emulator the tests that need it skip and say so;
# TFGEN_REQUIRE_TERRAFORM=1 makes that a failure.
test: $(READY) $(MINISTACK)
	@$(WITH_MIRROR) exec $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

# `make -k lint` goes on after a failure.
lint: lint-ruff lint-format lint-types lint-imports

lint-ruff: $(READY)
	$(BIN)/ruff check .

lint-format: $(READY)
	$(BIN)/ruff format --check .

lint-types: $(READY)
	$(BIN)/mypy

lint-imports: $(READY)
	$(BIN)/lint-imports

bench: $(READY) $(MINISTACK)
	@$(WITH_MIRROR) exec $(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf .venv .venv-ministack build dist *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "no Python >= 3.11 found; say which: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo 'installing tfgen and its tools into .venv (about a minute) …' >&2
	@$(PYTHON) -m venv .venv || { echo "this Python cannot make virtual environments; install its venv package (Debian: python3-venv)" >&2; exit 1; }
	@$(BIN)/python -m pip install -qq --editable '.[dev,demo]'
	@touch $@

# A test double, so it is pinned: tests/harness/ministack_main.py mends this very release.
$(MINISTACK): Makefile
	@$(PYTHON) -m venv .venv-ministack \
		&& .venv-ministack/bin/python -m pip install -qq 'ministack==1.5.33' \
		&& touch $@ \
		|| echo "ministack could not be installed: the tests that need it will skip" >&2
