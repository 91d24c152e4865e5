"""Writes sklearn.json beside itself: what numpy and scikit-learn draw, deal into folds and fit, for tests to compare with.

    pip install numpy==2.4.6 scikit-learn==1.9.1 mpmath==1.3.0
    python tests/golden/make_sklearn.py

They draw with the sines, cosines and logarithms that mpmath gives at 80 digits, rounded to the nearest double. numpy asks the C
library of its system for them, and each C library has its own last bits. How far numpy's own draws are on this system is printed.

Values are strings of Python's shortest repr, which parse back to the same bits. A SHA-256 is of the little-endian f64 bytes
in C order, of X as (2, m) and of Y as (1, m). `next` is the stream's next random_sample(), so that a set which draws one
number too many or too few shows.
"""

import hashlib
import json
import math
import pathlib
import warnings
from unittest import mock

import mpmath
import numpy as np
import sklearn
from sklearn import datasets, linear_model, metrics, model_selection

VERSIONS = {"numpy": "2.4.6", "scikit-learn": "1.9.1", "mpmath": "1.3.0"}
N = 200
SEEDS = [0, 1, 2, 3, 42, 2021, 2**32 - 1]


mpmath.mp.dps = 80


def nearest(function):
    """numpy's function of one array, each value the double nearest to the true one."""
    return np.vectorize(lambda x: float(function(mpmath.mpf(float(x)))), otypes=[float])


class RandomState(np.random.RandomState):
    """numpy's, except that the logarithm in its Gaussians is the nearest double."""

    spare = None

    def gaussian(self):
        """`legacy_gauss` of numpy/random/src/legacy/legacy-distributions.c."""
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            x1, x2 = 2.0 * self.random_sample() - 1.0, 2.0 * self.random_sample() - 1.0
            r2 = x1 * x1 + x2 * x2
            if r2 < 1.0 and r2 != 0.0:
                scale = math.sqrt(-2.0 * float(mpmath.log(mpmath.mpf(r2))) / r2)
                self.spare = scale * x1
                return scale * x2

    def standard_normal(self, size=None):
        return np.array([self.gaussian() for _ in range(math.prod(np.atleast_1d(size)))]).reshape(size)

    def randn(self, *shape):
        return self.standard_normal(shape)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return loc + scale * self.standard_normal(size)


def flower(rng):
    """planar_utils.load_planar_dataset of the original course, which calls np.random.seed(1) first."""
    m, points, a = 400, 200, 4
    x, y = np.zeros((m, 2)), np.zeros((m, 1))
    for j in range(2):
        ix = range(points * j, points * (j + 1))
        t = np.linspace(j * 3.12, (j + 1) * 3.12, points) + rng.randn(points) * 0.2
        r = a * np.sin(4 * t) + rng.randn(points) * 0.2
        x[ix] = np.c_[r * np.sin(t), r * np.cos(t)]
        y[ix] = j
    return x, y


def blobs(rng):
    x, y = datasets.make_blobs(n_samples=N, random_state=rng, n_features=2, centers=6)
    return x, y % 2


def no_structure(rng):
    """The original draws rand(N, 2) for labels too. Here a label is 1 where a further random_sample is at least 0.5."""
    x = rng.random_sample((N, 2))
    return x, rng.random_sample(N) >= 0.5


SETS = {
    "load_planar_dataset": flower,
    "noisy_circles": lambda rng: datasets.make_circles(n_samples=N, factor=0.5, noise=0.3, random_state=rng),
    "noisy_moons": lambda rng: datasets.make_moons(n_samples=N, noise=0.2, random_state=rng),
    "blobs": blobs,
    "gaussian_quantiles": lambda rng: datasets.make_gaussian_quantiles(
        mean=None, cov=0.5, n_samples=N, n_features=2, n_classes=2, shuffle=True, random_state=rng
    ),
    "no_structure": no_structure,
}


def sha256(values):
    return hashlib.sha256(np.ascontiguousarray(values, dtype="<f8").tobytes()).hexdigest()


def text(values):
    return [repr(float(v)) for v in values]


def rounded(make, rng):
    with mock.patch.multiple(np, sin=nearest(mpmath.sin), cos=nearest(mpmath.cos)):
        return make(rng)


def draw(make, seed):
    rng = RandomState(seed)
    x, y = rounded(make, rng)
    x, y = x.T, y.reshape(1, -1).astype(float)
    return {
        "x_sha256": sha256(x),
        "y_sha256": sha256(y),
        "first_x": text(x[:, 0]),
        "last_x": text(x[:, -1]),
        "first_y": text(y[0, :5]),
        "ones": int(y.sum()),
        "next": repr(float(rng.random_sample())),
    }


def stream(seed):
    """Draws of each kind in turn: an odd number of Gaussians leaves one spare, which the uniforms must not disturb."""
    rng = RandomState(seed)
    u32 = rng.randint(0, 2**32, size=3, dtype=np.uint32).tolist()
    three_normals = text(rng.standard_normal(3))
    two_uniforms = text(rng.random_sample(2))
    two_normals = text(rng.standard_normal(2))
    shuffled = np.arange(1000)
    rng.shuffle(shuffled)
    return {
        "u32": u32,
        "three_normals": three_normals,
        "two_uniforms": two_uniforms,
        "two_normals": two_normals,
        "shuffled_1000_first": shuffled[:10].tolist(),
        "shuffled_1000_sha256": sha256(shuffled),
        "next": repr(float(rng.random_sample())),
    }


def folds(labels, cv):
    """`folds` holds the fold of each example."""
    test_fold = np.empty(len(labels), dtype=int)
    split = model_selection.StratifiedKFold(cv).split(np.zeros((len(labels), 1)), labels)
    for fold, (_, test) in enumerate(split):
        test_fold[test] = fold
    return {"labels": labels, "cv": cv, "folds": test_fold.tolist()}


def fold_cases():
    """Ordered by class, mixed, of unlike shares, with either class first."""
    rng = np.random.RandomState(0)
    yield folds([0] * 7 + [1] * 5, 3)
    yield folds([1] * 5 + [0] * 8, 4)
    for ones, cv in [(0.5, 2), (0.2, 3), (0.8, 5), (0.5, 7)]:
        labels = (rng.random_sample(60) < ones).astype(int)
        for first in [0, 1]:
            labels[0] = first
            yield folds(labels.tolist(), cv)


def logistic(name, seed, cv, unit, kept, flipped):
    """The set's first `kept` examples, x times `unit`, with 0 and 1 swapped where `flipped`. Fitted as exactly as it goes."""
    x, y = rounded(SETS[name], RandomState(seed))
    x, y = x[:kept] * unit, y.ravel()[:kept].astype(int)
    y = 1 - y if flipped else y
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        model = linear_model.LogisticRegressionCV(cv=cv, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    return {
        "dataset": name,
        "seed": seed,
        "cv": cv,
        "unit": repr(float(unit)),
        "kept": kept,
        "flipped": flipped,
        "c": repr(float(model.C_[0])),
        "coefficients": text(model.coef_[0]),
        "intercept": repr(float(model.intercept_[0])),
        "scores": [text(fold) for fold in model.scores_[1]],
        "hits": int(metrics.accuracy_score(y, model.predict(x), normalize=False)),
        "ones": int(model.predict(x).sum()),
    }


def logistic_cases():
    """Either class larger, either first, and x of units from thousandths to thousands."""
    yield logistic("load_planar_dataset", 1, 3, 1, 300, False)
    yield logistic("load_planar_dataset", 1, 3, 1, 300, True)
    for name in ["noisy_moons", "noisy_circles", "blobs", "gaussian_quantiles", "no_structure"]:
        for flipped in [False, True]:
            yield logistic(name, 0, 4, 1, 199, flipped)
    for unit in [1e-3, 1e3]:
        yield logistic("noisy_moons", 0, 5, unit, 200, False)


def print_distances():
    """How many of a dataset's coordinates differ from numpy's own, and by how many units in the last place at most."""
    print("| dataset | coordinates | differ from numpy's | by at most |\n|---|---|---|---|")
    for name, make in SETS.items():
        ulps = []
        for seed in SEEDS:
            (ours, _), (theirs, _) = rounded(make, RandomState(seed)), make(np.random.RandomState(seed))
            ulps.extend((np.abs(ours - theirs) / np.spacing(np.abs(ours))).ravel())
        print(f"| `{name}` | {len(ulps)} | {np.count_nonzero(ulps)} | {max(ulps):.0f} ulp |")


def main():
    found = {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "mpmath": mpmath.__version__}
    assert found == VERSIONS, f"made with {VERSIONS}, and this is {found}"
    golden = {
        "versions": VERSIONS,
        "datasets": {name: {str(s): draw(make, s) for s in SEEDS} for name, make in SETS.items()},
        "streams": {str(s): stream(s) for s in SEEDS},
        "folds": list(fold_cases()),
        "logistic": list(logistic_cases()),
    }
    path = pathlib.Path(__file__).with_name("sklearn.json")
    path.write_text(json.dumps(golden, indent=1) + "\n")
    print_distances()


if __name__ == "__main__":
    main()
