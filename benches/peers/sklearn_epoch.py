"""MLPClassifier with the course's network: plain gradient descent over the whole set."""

import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from problem import arguments, problem, report

warnings.simplefilter("ignore", ConvergenceWarning)
m, n_h, seconds = arguments()
x, y = problem(m)
rows, labels = x.T.copy(), y.ravel().astype(int)
epochs = max(2, 400_000 // (m * n_h))


def train(_):
    MLPClassifier(
        hidden_layer_sizes=(n_h,), activation="tanh", solver="sgd", alpha=0.0, batch_size=m, learning_rate_init=0.1, momentum=0.0,
        shuffle=False, max_iter=epochs, tol=0.0, n_iter_no_change=10**9, random_state=2,
    ).fit(rows, labels)


report(train, seconds, epochs)
