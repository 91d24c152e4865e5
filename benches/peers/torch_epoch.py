"""The same network as PyTorch's own tutorials write it: Sequential, BCELoss, autograd, SGD."""

import torch

from problem import arguments, problem, report

torch.set_num_threads(1)
torch.manual_seed(2)
torch.set_default_dtype(torch.float64)
m, n_h, seconds = arguments()
x, y = (torch.from_numpy(a.T.copy()) for a in problem(m))
model = torch.nn.Sequential(torch.nn.Linear(2, n_h), torch.nn.Tanh(), torch.nn.Linear(n_h, 1), torch.nn.Sigmoid())
loss = torch.nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def train(epochs):
    costs = []
    for _ in range(epochs):
        cost = loss(model(x), y)
        costs.append(cost.item())
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()


report(train, seconds)
