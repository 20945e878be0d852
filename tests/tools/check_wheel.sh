#!/usr/bin/env bash
# Builds the wheel, installs it with the demo extra into a fresh environment and runs the main job
# away from the checkout: templates and fixtures must have travelled with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip wheel --quiet --no-deps --wheel-dir "$scratch" .
wheel=$(echo "$scratch"/cognito_tfgen-*.whl)
"$scratch/venv/bin/python" -m pip install --quiet "$wheel[demo]"

cd "$scratch"
venv/bin/tfgen --version
venv/bin/tfgen init >spec.yml
venv/bin/tfgen validate spec.yml
venv/bin/tfgen render spec.yml -o out
venv/bin/tfgen demo
