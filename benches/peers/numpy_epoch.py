"""An epoch as the Python original of the course has it."""

import numpy as np

from problem import arguments, initial_parameters, problem, report

LEARNING_RATE = 0.1


def epoch(parameters, x, y):
    w1, b1, w2, b2 = parameters
    m = x.shape[1]
    z1 = w1 @ x + b1
    a1 = np.tanh(z1)
    z2 = w2 @ a1 + b2
    a2 = 1 / (1 + np.exp(-z2))
    cost = -np.sum(y * np.log(a2) + (1 - y) * np.log(1 - a2)) / m
    dz2 = a2 - y
    dw2 = dz2 @ a1.T / m
    db2 = np.sum(dz2, axis=1, keepdims=True) / m
    dz1 = w2.T @ dz2 * (1 - a1 * a1)
    dw1 = dz1 @ x.T / m
    db1 = np.sum(dz1, axis=1, keepdims=True) / m
    return (w1 - LEARNING_RATE * dw1, b1 - LEARNING_RATE * db1, w2 - LEARNING_RATE * dw2, b2 - LEARNING_RATE * db2), cost


m, n_h, seconds = arguments()
x, y = problem(m)
parameters = initial_parameters(n_h)


def train(epochs):
    global parameters
    costs = []
    for _ in range(epochs):
        parameters, cost = epoch(parameters, x, y)
        costs.append(cost)


report(train, seconds)
