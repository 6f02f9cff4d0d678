#!/bin/bash
# The Python package as a user gets it: builds the wheel unless one is given, installs it with the tools that it connects to from PyPI
# into an environment of its own (build/python), and runs its tests and the notebooks against it. usage: tools/test_python.sh [WHEEL]
# PYTHON: the interpreter (python3). TRUEL_SBI=0: without sbi, which brings gigabytes of PyTorch, and its test.
set -euo pipefail
wheel=${1:+$(realpath "$1")}
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
[[ $(type -P "$python") != /usr/bin/python3 ]] || tools/install_packages.sh python
environment=$PWD/build/python
[[ -x $environment/bin/python ]] || "$python" -m venv "$environment"
extras=progress,plots,views,salib,ema,pyabc,notebooks,tests
[[ ${TRUEL_SBI:-1} == 0 ]] || extras+=,sbi
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check pip wheel setuptools --upgrade
if [[ ! $wheel ]]; then
  if type -P ccache > /dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
  "$environment/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheels .
  wheel=$(ls -t build/wheels/truel-*.whl | head -n 1)
fi
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheel"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check "$wheel[$extras]"
cd python/tests
exec "$environment/bin/python" -m unittest --verbose
