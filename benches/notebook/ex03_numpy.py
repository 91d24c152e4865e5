# The exercise in Python, cell by cell as 3_red_neuronal.ipynb has it: the same iterations, the same hidden sizes, the same figures.
# Its settings are those of a notebook: figures are inline PNG.

# %% preparar
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.colors import ListedColormap
from IPython.display import HTML
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegressionCV

plt.rcParams["animation.embed_limit"] = 100

# %% cargar-datos
def load_planar_dataset(seed):
    rng = np.random.RandomState(seed)
    m, n = 400, 200
    x, y = np.zeros((m, 2)), np.zeros((m, 1))
    for j in range(2):
        ix = range(n * j, n * (j + 1))
        t = np.linspace(j * 3.12, (j + 1) * 3.12, n) + rng.randn(n) * 0.2
        r = 4 * np.sin(4 * t) + rng.randn(n) * 0.2
        x[ix] = np.c_[r * np.sin(t), r * np.cos(t)]
        y[ix] = j
    return x.T, y.T

def plot_db(model, x, y, title, axes=None):
    axes = axes or plt.subplots(figsize=(7, 6))[1]
    (x_min, y_min), (x_max, y_max) = x.min(axis=1) - 0.5, x.max(axis=1) + 0.5
    xx, yy = np.meshgrid(np.linspace(x_min, x_max, 300), np.linspace(y_min, y_max, 300))
    z = model(np.c_[xx.ravel(), yy.ravel()].T).reshape(xx.shape)
    axes.contourf(xx, yy, z, cmap="RdBu", levels=10)
    axes.contour(xx, yy, z, levels=[0.5], colors="black")
    axes.scatter(x[0], x[1], c=y[0], cmap=ListedColormap(["tab:orange", "tab:blue"]), s=12)
    wrong = (model(x)[0] > 0.5) != (y[0] > 0.5)
    axes.scatter(x[0, wrong], x[1, wrong], facecolors="none", edgecolors="black", s=40)
    axes.set_title(title)
    axes.set_xlabel("x1")
    axes.set_ylabel("x2")

x, y = load_planar_dataset(1)
print(x.shape, y.shape)

# %% la-red
def draw_network(sizes, weights=None):
    figure, axes = plt.subplots(figsize=(7, 4))
    for layer, size in enumerate(sizes):
        for unit in range(size):
            axes.add_patch(plt.Circle((layer, unit - size / 2), 0.15, fill=False))
            if layer > 0:
                for before in range(sizes[layer - 1]):
                    width = 1 if weights is None else abs(weights[layer - 1][unit, before])
                    axes.plot([layer - 1, layer], [before - sizes[layer - 1] / 2, unit - size / 2], lw=width, color="gray")
    axes.axis("off")

draw_network([2, 4, 1])

# %% layer-size
def layer_size(x, y):
    return x.shape[0], 4, y.shape[0]

# %% check-layer-size
assert layer_size(np.zeros((3, 7)), np.zeros((2, 7))) == (3, 4, 2)

# %% ver-layer-size
layer_size(x, y)

# %% init-parameters
def init_parameters(size, rng):
    n_x, n_h, n_y = size
    return {
        "W1": rng.randn(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": rng.randn(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }

# %% check-init-parameters
assert init_parameters((3, 5, 2), np.random.RandomState(0))["W2"].shape == (2, 5)

# %% ver-init-parameters
init_parameters(layer_size(x, y), np.random.RandomState(2))

# %% fpropagation
def fpropagation(x, parameters):
    z1 = parameters["W1"] @ x + parameters["b1"]
    a1 = np.tanh(z1)
    z2 = parameters["W2"] @ a1 + parameters["b2"]
    a2 = 1 / (1 + np.exp(-z2))
    return {"Z1": z1, "A1": a1, "Z2": z2, "A2": a2}

# %% check-fpropagation
assert fpropagation(x, init_parameters((2, 4, 1), np.random.RandomState(2)))["A2"].shape == (1, 400)

# %% frontera-inicial
parameters = init_parameters(layer_size(x, y), np.random.RandomState(2))
plot_db(lambda x: fpropagation(x, parameters)["A2"], x, y, "Antes de aprender")

# %% cost-function
def cost_function(a2, y):
    m = y.shape[1]
    return -np.sum(y * np.log(a2) + (1 - y) * np.log(1 - a2)) / m

# %% check-cost-function
assert abs(cost_function(np.full((1, 5), 0.5), np.ones((1, 5))) - np.log(2)) < 1e-12

# %% costo-de-una-moneda
print(cost_function(np.full(y.shape, 0.5), y))
parameters = init_parameters(layer_size(x, y), np.random.RandomState(2))
print(cost_function(fpropagation(x, parameters)["A2"], y))

# %% bpropagation
def bpropagation(parameters, cache, x, y):
    m = x.shape[1]
    dz2 = cache["A2"] - y
    dz1 = parameters["W2"].T @ dz2 * (1 - cache["A1"] ** 2)
    return {
        "dW1": dz1 @ x.T / m,
        "db1": np.sum(dz1, axis=1, keepdims=True) / m,
        "dW2": dz2 @ cache["A1"].T / m,
        "db2": np.sum(dz2, axis=1, keepdims=True) / m,
    }

# %% check-bpropagation
assert bpropagation(parameters, fpropagation(x, parameters), x, y)["dW1"].shape == (4, 2)

# %% costo-de-unos-parametros
def cost_of(parameters, x, y):
    return cost_function(fpropagation(x, parameters)["A2"], y)

# %% comparar-con-diferencias
step = 1e-4
gradients = bpropagation(parameters, fpropagation(x, parameters), x, y)
higher = {name: value.copy() for name, value in parameters.items()}
lower = {name: value.copy() for name, value in parameters.items()}
higher["W1"][0, 0] += step
lower["W1"][0, 0] -= step
print(gradients["dW1"][0, 0], (cost_of(higher, x, y) - cost_of(lower, x, y)) / (2 * step))

# %% ver-gradientes
print(gradients)

# %% update-parameters
def update_parameters(parameters, gradients, learning_rate):
    return {name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()}

# %% check-update-parameters
assert update_parameters(parameters, gradients, 0.0)["W1"][0, 0] == parameters["W1"][0, 0]

# %% un-paso
after = update_parameters(parameters, gradients, 1.2)
print(cost_of(parameters, x, y), cost_of(after, x, y))

# %% nn-model
def nn_model(x, y, size, num_iterations, learning_rate, rng):
    parameters = init_parameters(size, rng)
    costs = []
    for _ in range(num_iterations):
        cache = fpropagation(x, parameters)
        costs.append(cost_function(cache["A2"], y))
        gradients = bpropagation(parameters, cache, x, y)
        parameters = update_parameters(parameters, gradients, learning_rate)
    return parameters, costs

# %% check-nn-model
assert len(nn_model(x, y, layer_size(x, y), 7, 1.2, np.random.RandomState(2))[1]) == 7

# %% entrenamiento
trained, costs = nn_model(x, y, layer_size(x, y), 10_000, 1.2, np.random.RandomState(2))

# %% ver-costos
for iteration, cost in list(enumerate(costs))[::1_000]:
    print(iteration, cost)

# %% curva-de-costo
figure, axes = plt.subplots(figsize=(7, 4))
axes.semilogy(costs)
axes.set_title("El costo, iteración a iteración")

# %% predict
def predict(parameters, x):
    return (fpropagation(x, parameters)["A2"] > 0.5).astype(float)

# %% check-predict
assert set(np.unique(predict(trained, x))) <= {0.0, 1.0}

# %% frontera-entrenada
plot_db(lambda x: fpropagation(x, trained)["A2"], x, y, "Red con una capa oculta de 4 unidades")

# %% exactitud
baseline = LogisticRegressionCV(cv=3).fit(x.T, y[0])
print(100 * baseline.score(x.T, y[0]), 100 * np.mean(predict(trained, x) == y))

# %% red-entrenada
draw_network([2, 4, 1], [trained["W1"], trained["W2"]])

# %% repeticion
iterations = sorted({int(round(5_000 * (i / 40) ** 2)) for i in range(41)})
moments = [nn_model(x, y, layer_size(x, y), n, 1.2, np.random.RandomState(2))[0] for n in iterations]
figure, axes = plt.subplots(figsize=(7, 6))

def draw(i):
    axes.clear()
    plot_db(lambda x: fpropagation(x, moments[i])["A2"], x, y, f"iteración {iterations[i]}", axes)

animation = FuncAnimation(figure, draw, frames=len(moments))
HTML(animation.to_jshtml())

# %% todos-los-ejercicios
assert layer_size(x, y) == (2, 4, 1)
assert fpropagation(x, trained)["A2"].shape == y.shape
assert bpropagation(trained, fpropagation(x, trained), x, y)["dW1"].shape == (4, 2)
assert len(nn_model(x, y, layer_size(x, y), 7, 1.2, np.random.RandomState(2))[1]) == 7

# %% unidades-ocultas
figure, grid = plt.subplots(3, 3, figsize=(12, 11))
for axes, n_h in zip(grid.ravel(), [1, 2, 3, 4, 5, 20, 50]):
    fitted, _ = nn_model(x, y, (2, n_h, 1), 5_000, 1.2, np.random.RandomState(2))
    percent = 100 * np.mean(predict(fitted, x) == y)
    print(n_h, percent)
    plot_db(lambda x: fpropagation(x, fitted)["A2"], x, y, f"n_h = {n_h}: {percent:.2f} %", axes)

# %% otra-activacion
def explore(x, y, learning_rate=1.2, weight_scale=0.01, relu=False):
    rng = np.random.RandomState(2)
    w1, b1 = rng.randn(4, 2) * weight_scale, np.zeros((4, 1))
    w2, b2 = rng.randn(1, 4) * weight_scale, np.zeros((1, 1))
    m = x.shape[1]

    def forward(x):
        z1 = w1 @ x + b1
        a1 = np.maximum(z1, 0) if relu else np.tanh(z1)
        return z1, a1, 1 / (1 + np.exp(-(w2 @ a1 + b2)))

    for _ in range(5_000):
        z1, a1, a2 = forward(x)
        dz2 = a2 - y
        dz1 = w2.T @ dz2 * ((z1 > 0) if relu else 1 - a1**2)
        w1, b1 = w1 - learning_rate * dz1 @ x.T / m, b1 - learning_rate * dz1.mean(axis=1, keepdims=True)
        w2, b2 = w2 - learning_rate * dz2 @ a1.T / m, b2 - learning_rate * dz2.mean(axis=1, keepdims=True)
    percent = 100 * np.mean((forward(x)[2] > 0.5) == y)
    plot_db(lambda x: forward(x)[2], x, y, f"{percent:.2f} %")

explore(x, y, relu=True)

# %% otra-tasa
explore(x, y, learning_rate=0.1)

# %% otros-datos
moons_x, moons_y = make_moons(200, noise=0.2, random_state=3)
explore(moons_x.T, moons_y[None, :])

# %% otro-inicio
explore(x, y, weight_scale=0.0)
