"""The exercises in Python with numpy, and tests for them as a course would write: the peer that the Rust course replaces."""

SETUP = "import numpy as np\nrng = np.random.default_rng(1)\nX = rng.normal(size=(2, 400))\nY = (X[:1] * X[1:] > 0).astype(float)"

SOLUTIONS = {
    "layer_size": "def layer_size(X, Y):\n    return X.shape[0], 4, Y.shape[0]",
    "init_parameters": """def init_parameters(n_x, n_h, n_y, seed):
    rng = np.random.RandomState(seed)
    W1 = rng.randn(n_h, n_x) * 0.01
    W2 = rng.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}""",
    "fpropagation": """def fpropagation(X, p):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}""",
    "cost_function": """def cost_function(A2, Y):
    m = Y.shape[1]
    log_likelihood = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -log_likelihood.sum() / m""",
    "bpropagation": """def bpropagation(p, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = p["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {
        "dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
        "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m,
    }""",
    "update_parameters": """def update_parameters(p, g, learning_rate):
    return {name: p[name] - learning_rate * g["d" + name] for name in p}""",
    "nn_model": """def nn_model(X, Y, size, num_iterations, learning_rate, seed):
    p = init_parameters(*size, seed)
    costs = []
    for _ in range(num_iterations):
        cache = fpropagation(X, p)
        costs.append(cost_function(cache["A2"], Y))
        p = update_parameters(p, bpropagation(p, cache, X, Y), learning_rate)
    return p, costs""",
    "predict": 'def predict(p, X):\n    return (fpropagation(X, p)["A2"] > 0.5).astype(float)',
}

TESTS = {
    "layer_size": "assert layer_size(X, Y) == (2, 4, 1)",
    "init_parameters": 'p = init_parameters(2, 50, 1, 2)\nassert p["W1"].shape == (50, 2) and 0.005 < p["W1"].std() < 0.02 and not p["b1"].any()',
    "fpropagation": """p = init_parameters(2, 4, 1, 2)
cache = fpropagation(X, p)
assert np.allclose(cache["A1"], np.tanh(p["W1"] @ X + p["b1"]))
assert np.allclose(cache["A2"], 1 / (1 + np.exp(-(p["W2"] @ cache["A1"] + p["b2"]))))""",
    "cost_function": "assert np.isclose(cost_function(np.full(Y.shape, 0.5), Y), np.log(2))",
    "bpropagation": """p = init_parameters(2, 4, 1, 2)
g = bpropagation(p, fpropagation(X, p), X, Y)
step = 1e-5
cost = lambda p: -(Y * np.log(fpropagation(X, p)["A2"]) + (1 - Y) * np.log(1 - fpropagation(X, p)["A2"])).mean()
for name in p:
    for at in np.ndindex(p[name].shape):
        high, low = {k: v.copy() for k, v in p.items()}, {k: v.copy() for k, v in p.items()}
        high[name][at] += step
        low[name][at] -= step
        assert np.isclose(g["d" + name][at], (cost(high) - cost(low)) / (2 * step), atol=1e-6)""",
    "update_parameters": 'assert np.allclose(update_parameters({"W1": np.ones(2)}, {"dW1": np.ones(2)}, 0.5)["W1"], 0.5)',
    "nn_model": """p, costs = nn_model(X, Y, (2, 4, 1), 1000, 1.2, 2)
assert len(costs) == 1000 and np.isfinite(costs).all() and p["W1"].shape == (4, 2)
assert cost_function(fpropagation(X, p)["A2"], Y) < costs[0]""",
    "predict": "assert set(np.unique(predict(p, X))) <= {0.0, 1.0} and predict(p, X).shape == Y.shape",
}


def notebook():
    cells = [cell("preparar", SETUP, {})]
    for name, solution in SOLUTIONS.items():
        common = {"schema_version": 3, "task": False}
        cells.append(cell(name, solution, {"grade_id": name, "grade": False, "solution": True, "locked": False, **common}))
        check = {"grade_id": f"check_{name}", "grade": True, "solution": False, "locked": True, "points": 1, **common}
        cells.append(cell(f"check_{name}", TESTS[name], check))
    kernel = {"name": "python3", "language": "python", "display_name": "Python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def cell(name, source, nbgrader):
    return {
        "cell_type": "code",
        "id": name.replace("_", "-"),
        "metadata": {"nbgrader": nbgrader} if nbgrader else {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
