"""The pictures of Apps/benchmark as people draw them with PyTorch and matplotlib."""

import io
import math

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (after the backend is chosen)
import numpy as np  # noqa: E402
import torch  # noqa: E402


class TrainedRings:
    """A network that has learned to tell a disc from the square around it."""

    def __init__(self):
        torch.manual_seed(1)
        points = (torch.rand(512, 2) * 2 - 1)
        radius = 2 / math.sqrt(2 * math.pi)
        self.inputs = points
        self.targets = (points.norm(dim=1, keepdim=True) > radius).float()
        self.model = torch.nn.Sequential(
            torch.nn.Linear(2, 32), torch.nn.Tanh(), torch.nn.Linear(32, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))
        optimizer = torch.optim.Adam(self.model.parameters(), 1e-2)
        loss_function = torch.nn.BCEWithLogitsLoss()
        self.losses = []
        with torch.enable_grad():
            for _ in range(200):
                optimizer.zero_grad()
                loss = loss_function(self.model(self.inputs), self.targets)
                loss.backward()
                optimizer.step()
                self.losses.append(loss.item())

    @torch.inference_mode()
    def probability(self, points):
        return torch.sigmoid(self.model(points))

    def grid(self, resolution):
        nodes = torch.linspace(-1.2, 1.2, resolution)
        y, x = torch.meshgrid(nodes, nodes, indexing="ij")
        points = torch.stack([x.reshape(-1), y.reshape(-1)], dim=1)
        return nodes.numpy(), self.probability(points).reshape(resolution, resolution).numpy()

    def draw_boundary(self, axes, resolution, names):
        nodes, values = self.grid(resolution)
        image = axes.imshow(values, origin="lower", extent=(-1.2, 1.2, -1.2, 1.2), cmap="RdBu_r", vmin=0, vmax=1)
        axes.contour(nodes, nodes, values, [0.5], colors="black")
        mistaken = ((self.probability(self.inputs) > 0.5).float() != self.targets).ravel()
        for label, name in enumerate(names):
            some = self.inputs[self.targets.ravel() == label]
            axes.scatter(some[:, 0], some[:, 1], s=24, edgecolors="white", linewidths=0.8, label=name)
        axes.scatter(*self.inputs[mistaken].T, s=80, facecolors="none", edgecolors="black", label="misclassified")
        axes.set_xlabel("x₁")
        axes.set_ylabel("x₂")
        axes.legend()
        return image

    def boundary(self):
        figure, axes = plt.subplots(figsize=(800 / 96, 800 / 96), dpi=96)
        figure.colorbar(self.draw_boundary(axes, 512, ["inside", "outside"]), label="P(outside)")
        axes.set_title("A disc in a square")
        return _encoded(figure)

    def panels(self):
        figure, axes = plt.subplots(3, 4, figsize=(1200 / 96, 900 / 96), dpi=96, layout="constrained")
        figure.suptitle("Twelve panels")
        index = np.arange(4000)
        weights = ((index * 7919) % 4001 + (index * 104729) % 4001) / 4001 - 1
        for column in range(4):
            self.draw_boundary(axes[0, column], 128, ["class 0", "class 1"])
            axes[1, column].plot(self.losses, label="training")
            axes[1, column].plot(1.2 * np.array(self.losses), label="validation")
            axes[1, column].set_yscale("log")
            axes[1, column].set_xlabel("epoch")
            axes[1, column].set_ylabel("loss")
            axes[1, column].legend()
            axes[2, column].hist(weights, bins="fd", label="weights")
            axes[2, column].legend()
        return _encoded(figure)


def _encoded(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=96)
    plt.close(figure)
    return file.getvalue()
