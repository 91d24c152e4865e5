"""What every peer trains on, and how it is timed: the same as benches/training/epoch.rs."""

import json
import sys
import time

import numpy as np


def arguments():
    m, n_h, seconds = sys.argv[1:]
    return int(m), int(n_h), float(seconds)


def problem(m):
    """Two classes that no line separates: points of a plane by the quadrants that they lie in. x is (2, m), y is (1, m)."""
    x = np.random.RandomState(1).randn(2, m)
    return x, (x[:1] * x[1:] > 0).astype(float)


def initial_parameters(n_h):
    rng = np.random.RandomState(2)
    w1, w2 = rng.randn(n_h, 2), rng.randn(1, n_h)
    return w1, np.zeros((n_h, 1)), w2, np.zeros((1, 1))


def report(train, seconds, epochs=1):
    """`train(n)` runs n epochs. Prints seconds an epoch of samples that together last `seconds`, after one sample to warm up."""
    train(epochs)
    start = time.perf_counter()
    train(epochs)
    once = time.perf_counter() - start
    # A sample is long against the clock and short against `seconds`; a peer that compiles for a number of epochs keeps its own.
    count = epochs if epochs > 1 else max(1, int(seconds / 20 / once))
    samples, stop = [], time.perf_counter() + seconds
    while time.perf_counter() < stop or len(samples) < 3:
        start = time.perf_counter()
        train(count)
        samples.append((time.perf_counter() - start) / count)
    print(json.dumps(samples))
