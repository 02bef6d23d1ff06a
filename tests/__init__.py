"""Tests of BuySignal; the tree mirrors the packages.

Under pytest every process computes in one thread: two workers share the cores, and threads that wait for each other on a busy core
spin. A forest that takes two seconds of processor time in one thread took 22 in two. The libraries read this when they are imported.
"""

import os

if "PYTEST_VERSION" in os.environ:  # benches that use these scenes keep the threads that users have
    os.environ.setdefault("OMP_NUM_THREADS", "1")
