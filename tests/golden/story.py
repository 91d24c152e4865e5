"""Writes story.json beside itself: the numbers that the notebooks' prose tells, worked out apart from this crate.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    OPENBLAS_NUM_THREADS=1 python tests/golden/story.py

The flower and the network are written here anew, after the slides. An accuracy is a percentage, a cost is a mean.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegressionCV

FRESH_SEEDS = range(2, 12)


def flower(seed):
    rng = np.random.RandomState(seed)
    points, labels = [], []
    for label in (0, 1):
        angle = np.linspace(label * 3.12, (label + 1) * 3.12, 200) + rng.randn(200) * 0.2
        radius = 4 * np.sin(4 * angle) + rng.randn(200) * 0.2
        points.append(np.array([radius * np.sin(angle), radius * np.cos(angle)]))
        labels.append(np.full(200, label))
    return np.hstack(points), np.hstack(labels)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
}


def initial(n_h, seed, scale=0.01):
    rng = np.random.RandomState(seed)
    w1 = rng.randn(n_h, 2) * scale
    return [w1, np.zeros((n_h, 1)), rng.randn(1, n_h) * scale, np.zeros((1, 1))]


def forward(parameters, x, activation="tanh"):
    w1, b1, w2, b2 = parameters
    z1 = w1 @ x + b1
    a1 = ACTIVATIONS[activation][0](z1)
    return z1, a1, sigmoid(w2 @ a1 + b2)


def cost(a2, y):
    return -np.mean(y * np.log(a2) + (1 - y) * np.log(1 - a2))


def percent(a2, y):
    return 100 * float(np.mean((a2 > 0.5) == y))


def train(x, y, parameters, iterations, rate=1.2, activation="tanh"):
    """The last parameters, and the cost of each iteration before its update."""
    parameters, costs, m = list(parameters), [], x.shape[1]
    for _ in range(iterations):
        z1, a1, a2 = forward(parameters, x, activation)
        costs.append(float(cost(a2, y)))
        dz2 = a2 - y
        dz1 = parameters[2].T @ dz2 * ACTIVATIONS[activation][1](z1)
        gradients = [dz1 @ x.T, dz1.sum(1, keepdims=True), dz2 @ a1.T, dz2.sum(1, keepdims=True)]
        parameters = [p - rate * g / m for p, g in zip(parameters, gradients)]
    return parameters, costs


def scores(parameters, x, y, activation="tanh"):
    a2 = forward(parameters, x, activation)[2]
    return {"accuracy": percent(a2, y), "cost": float(cost(a2, y))}


def fresh_scores(parameters):
    each = [scores(parameters, *flower(seed)) for seed in FRESH_SEEDS]
    return {name: float(np.mean([one[name] for one in each])) for name in ("accuracy", "cost")}


def line_hits(x, y, degrees, offset):
    """Class 1 where cos·x1 + sin·x2 > offset, or where it is not: the better of the two."""
    angle = np.radians(degrees)
    side = np.cos(angle) * x[0] + np.sin(angle) * x[1] > offset
    hits = int(np.sum(side == y))
    return max(hits, len(y) - hits)


def lines(x, y):
    """Of some lines, the better of both ways to name their sides, and the lowest cost of σ(k·d), d the distance to the left of the line."""
    found = []
    for degrees, offset in [(0, 0), (9, 0), (30, 0.7), (45, 0), (60, -2.5), (90, 1), (135, 0), (179, 3)]:
        angle = np.radians(degrees)
        distance = np.cos(angle) * x[1] - np.sin(angle) * x[0] - offset
        hits = int(np.sum((distance > 0) == y))
        lowest = minimize_scalar(lambda k: cost(sigmoid(k * distance), y), bounds=(-5, 5), method="bounded", options={"xatol": 1e-10})
        found.append({"degrees": degrees, "offset": offset, "hits": max(hits, len(y) - hits), "cost": float(lowest.fun)})
    return found


def best_line(x, y):
    """Between two neighbouring directions that order the points alike no line is new: all pairs are tried."""
    i, j = np.triu_indices(x.shape[1], 1)
    turns = np.arctan2(x[1, j] - x[1, i], x[0, j] - x[0, i]) + np.pi / 2
    turns = np.unique(turns % np.pi)
    middles = (turns + np.append(turns[1:], turns[0] + np.pi)) / 2
    best = (0, 0.0, 0.0)
    for angle in middles:
        projected = np.cos(angle) * x[0] + np.sin(angle) * x[1]
        order = np.argsort(projected)
        # Class 0 before the cut, class 1 after it.
        ones = np.concatenate([[0], np.cumsum(y[order])])
        cut = np.arange(len(y) + 1)
        hits = (cut - ones) + (ones[-1] - ones)
        hits = np.maximum(hits, len(y) - hits)
        k = int(np.argmax(hits))
        if hits[k] > best[0]:
            sorted_ = projected[order]
            edges = sorted_[max(k - 1, 0)], sorted_[min(k, len(y) - 1)]
            best = (int(hits[k]), float(np.degrees(angle)), float(np.mean(edges)))
    return {"hits": best[0], "degrees": best[1], "offset": best[2]}


def by_hand():
    """One example through one hidden unit: x = 2, y = 1, W1 = 0.25, W2 = 2, no biases; the slopes by central differences."""

    def loss(w1, b1, w2, b2):
        return -np.log(sigmoid(w2 * np.tanh(w1 * 2 + b1) + b2))

    def slope(place):
        start, step = [0.25, 0.0, 2.0, 0.0], 1e-6
        moved = [[value + sign * step * (i == place) for i, value in enumerate(start)] for sign in (1, -1)]
        return float((loss(*moved[0]) - loss(*moved[1])) / (2 * step))

    return {"dz2": slope(3), "dw2": slope(2), "dz1": slope(1), "dw1": slope(0)}


def units(parameters, x, y):
    """For each hidden unit of a network: what it gets right by itself, and what the others get right without it."""
    w1, b1, w2, b2 = parameters
    mask = np.eye(w2.size)
    accuracy = lambda weights: percent(forward([w1, b1, weights, b2], x)[2], y)
    return [{"alone": accuracy(w2 * only), "without": accuracy(w2 * (1 - only))} for only in mask]


def story():
    x, y = flower(1)
    told = {}

    told["best_line"] = best_line(x, y)
    told["lines"] = lines(x, y)
    told["diagonal_hits"] = line_hits(x, y, -45, 0)  # the line x2 = x1
    model = LogisticRegressionCV(cv=3, tol=1e-10, l1_ratios=(0,), use_legacy_attributes=False).fit(x.T, y)
    probability = model.predict_proba(x.T)[:, 1]
    told["logistic"] = {
        "accuracy": percent(probability, y),
        "hits_of_class": [int(np.sum((probability > 0.5)[y == label] == label)) for label in (0, 1)],
        "lowest": float(probability.min()),
        "highest": float(probability.max()),
        "near_half": 100 * float(np.mean(np.abs(probability - 0.5) < 0.05)),
        "cost": float(cost(probability, y)),
    }

    start = initial(4, 2)
    told["untrained"] = scores(start, x, y)
    last, costs = train(x, y, start, 10_000)
    told["exercise"] = scores(last, x, y)
    told["costs"] = {str(i): costs[i] for i in range(0, 10_000, 1000)} | {"9999": costs[-1]}
    told["first_rise"] = next(i for i in range(1000, 10_000) if costs[i] > costs[i - 1])
    told["rises_after_9000"] = int(np.sum(np.diff(costs[9000:]) > 0))
    told["rises_at_half_the_rate"] = int(np.sum(np.diff(train(x, y, start, 10_000, 0.6)[1]) > 0))

    told["by_n_h"] = {}
    for n_h in (1, 2, 3, 4, 5, 20, 50):
        trained = train(x, y, initial(n_h, 2), 5000)[0]
        told["by_n_h"][n_h] = {"training": scores(trained, x, y), "fresh": fresh_scores(trained),
                               "seed_2": scores(trained, *flower(2))}
    few_x, few_y = x[:, ::10], y[::10]
    told["few"] = {}
    for n_h in (1, 2, 3, 4, 5, 20, 50):
        trained = train(few_x, few_y, initial(n_h, 2), 5000)[0]
        told["few"][n_h] = {"training": scores(trained, few_x, few_y), "fresh": fresh_scores(trained),
                            "seed_2": scores(trained, *flower(2))}

    told["by_scale"] = {s: scores(train(x, y, initial(4, 2, s), 5000)[0], x, y) for s in (0.01, 1.0, 10.0)}
    equal = [np.full((4, 2), 0.01), np.zeros((4, 1)), np.full((1, 4), 0.01), np.zeros((1, 1))]
    trained = train(x, y, equal, 5000)[0]
    told["equal_start"] = scores(trained, x, y) | {"spread": float(max(np.ptp(trained[0], axis=0)))}

    told["relu"] = []
    for seed in range(8):
        trained = train(x, y, initial(4, seed), 5000, activation="relu")[0]
        told["relu"].append(scores(trained, x, y, "relu")["accuracy"])
    told["by_hand"] = by_hand()
    told["units"] = units(last, x, y)
    told["by_rate"] = {rate: scores(train(x, y, start, 5000, rate)[0], x, y) for rate in (0.01, 0.1, 1.2, 5.0)}
    return told


path = pathlib.Path(__file__).with_name("story.json")
path.write_text(json.dumps(story(), indent=1) + "\n")
