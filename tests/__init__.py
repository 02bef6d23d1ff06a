"""Tests of BuySignal; the tree mirrors the packages.

Under pytest every process computes in one thread: two workers share the cores, and threads that wait for each other on a busy core
spin. A forest that takes two seconds of processor time in one thread took 22 in two. The libraries read this when they are imported.

Compiled modules are kept (`__pycache__` is ignored by git) also where the environment says not to: the tests start the product more than
a hundred times, each time as a process of its own.
"""

import os
import sys

if "PYTEST_VERSION" in os.environ:  # benches that use these scenes keep the threads that users have
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
