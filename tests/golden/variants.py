"""What should the variants of the rule compute? The step of ska_reference.py once more, in double-precision NumPy, with
the update's input and the gradient's equation as settings. variants.json holds what this printed:

    python3 tests/golden/variants.py public/data > tests/golden/variants.json

In each run: `layer_input` says whether a layer above the first learns from the D that the layer below had at the previous
step or has at the current one; `gradient_equation` is the first paper's (22), -(Z*D*(1-D) + dD)/ln 2, or (31),
-Z*D*(1-D)/ln 2 - dD. Of every run: the entropies' minima per layer and their 1-based records, their last, the total."""
import gzip
import json
import pathlib
import struct
import sys

import numpy as np

from ska_reference import LN2, TorchNormal


def read_paper_images(folder: pathlib.Path) -> np.ndarray:
    raw = gzip.decompress((folder / "mnist-paper-images-idx3-ubyte.gz").read_bytes())
    _, count, rows, cols = struct.unpack(">4I", raw[:16])
    return np.frombuffer(raw, np.uint8, offset=16).reshape(count, rows * cols) / 255.0


def entropies(x, layer_input, gradient_equation, layers=(256, 128, 64, 10), steps=50, rate=0.01, seed=42) -> np.ndarray:
    """(layers, steps - 1)"""
    normal = TorchNormal(seed)
    sizes = (x.shape[1], *layers)
    weights = [normal.matrix(m, n).astype(np.float64) * np.float64(np.float32(0.01)) for m, n in zip(sizes, layers)]
    biases = [np.zeros(n) for n in layers]
    recorded = []
    before = None
    for _ in range(steps):
        knowledge, decisions = [], [x]  # decisions[l] is what layer l looks at
        for w, b in zip(weights, biases):
            knowledge.append(decisions[-1] @ w + b)
            decisions.append(1 / (1 + np.exp(-knowledge[-1])))
        if before is not None:
            record = []
            for l, z in enumerate(knowledge):
                d = decisions[l + 1]
                shift = d - before[l + 1]
                record.append(-np.sum(z * shift) / LN2)
                slope = z * d * (1 - d)
                gradient = -(slope + shift) / LN2 if gradient_equation == 22 else -slope / LN2 - shift
                looked_at = decisions[l] if layer_input == "current" else before[l]
                weights[l] -= rate * looked_at.T @ gradient / len(x)
                biases[l] -= rate * gradient.mean(axis=0)
            recorded.append(record)
        before = decisions
    return np.array(recorded).T


def summary(**settings) -> dict:
    e = entropies(**settings)
    del settings["x"]
    return {**settings, "entropy_min": e.min(axis=1).tolist(), "entropy_min_step": (e.argmin(axis=1) + 1).tolist(),
            "entropy_last": e[:, -1].tolist(), "entropy_total": e.sum(axis=0).tolist()}


def main() -> None:
    paper = read_paper_images(pathlib.Path(sys.argv[1]))
    odd = {"layers": (33, 17, 5), "steps": 12, "rate": 0.03, "seed": 7}
    runs = {}
    for layer_input, equation in [("current", 22), ("previous", 31), ("current", 31)]:
        of = {"layer_input": layer_input, "gradient_equation": equation}
        runs[f"{layer_input} layer input, equation {equation}"] = summary(x=paper, **of)
        runs[f"odd layers, {layer_input} layer input, equation {equation}"] = summary(x=paper[:101], **of, **odd)
    # The rule itself, by which this program is held to experiments.json.
    runs["previous layer input, equation 22"] = summary(x=paper, layer_input="previous", gradient_equation=22)
    print(json.dumps(runs, indent=1))


if __name__ == "__main__":
    main()
