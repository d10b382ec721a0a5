#!/usr/bin/env python3
"""The papers' default run in PyTorch, as a person would write it without this project.

    python3 torch_ska.py IMAGES THREADS REPETITIONS

IMAGES is the papers' subset as a gzip-compressed IDX file. Prints one line of JSON with the seconds of every
repetition, weights drawn and all, and the last total entropy, by which one sees that it is the same run.
"""
import gzip
import json
import math
import sys
import time

import torch

LAYERS, STEPS, RATE, SEED = (256, 128, 64, 10), 50, 0.01, 42


def load(path):
    with gzip.open(path) as file:
        pixels = bytearray(file.read())[16:]
    return torch.frombuffer(pixels, dtype=torch.uint8).reshape(-1, 784).float() / 255


@torch.no_grad()
def run(batch):
    torch.manual_seed(SEED)
    sizes = (batch.shape[1], *LAYERS)
    weights = [torch.randn(inputs, neurons) * 0.01 for inputs, neurons in zip(sizes, sizes[1:])]
    biases = [torch.zeros(neurons) for neurons in LAYERS]
    before, total = None, 0.0
    for step in range(STEPS):
        knowledge, decisions, activity = [], [], batch
        for weight, bias in zip(weights, biases):
            knowledge.append(torch.addmm(bias, activity, weight))
            activity = torch.sigmoid(knowledge[-1])
            decisions.append(activity)
        decisions[-1].mean(dim=0)
        if step > 0:
            total = 0.0
            for layer, (z, d) in enumerate(zip(knowledge, decisions)):
                shift = d - before[layer]
                alignment = torch.sum(z * shift)
                norms = torch.linalg.vector_norm(z) * torch.linalg.vector_norm(shift)
                (alignment / norms).item()
                total -= alignment.item() / math.log(2)
                gradient = (z * d * (1 - d) + shift) * (-1 / math.log(2))
                seen = batch if layer == 0 else before[layer - 1]
                weights[layer] -= RATE / len(batch) * (seen.T @ gradient)
                biases[layer] -= RATE * gradient.mean(dim=0)
        before = decisions
    return total


def main():
    path, threads, repetitions = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    batch = load(path)
    seconds = []
    for _ in range(repetitions):
        start = time.perf_counter()
        total = run(batch)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"version": torch.__version__, "threads": threads, "seconds": seconds, "last_entropy": total}))


main()
