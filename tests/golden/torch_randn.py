#!/usr/bin/env python3
"""What does torch.randn draw? Writes torch_randn.txt, which the engine's random numbers must equal.

    python3 tests/golden/torch_randn.py --out tests/golden

Needs PyTorch; the file in this folder was made with version 1.13 on x86-64. It is plain text, so that the
tests need no library to read it, as WebAssembly neither:

    seed S            torch.manual_seed(S)
    randn R C         one call torch.randn(R, C); its values follow row-major, one line per row, each in the
                      shortest form that reads back as the same float
"""
import argparse
import pathlib

import torch

# What torch.randn does depends on a call's number of elements n: below 16 it draws one value at a time and
# keeps a spare for the next call; from 16 on it works in blocks, with a tail where 16 does not divide n.
EVERY_COUNT = [(1, n) for n in range(1, 41)]
STREAMS = [
    (0, EVERY_COUNT),  # one stream through all counts: the spare survives calls of either kind
    (42, [(1, 1), (1, 15), (1, 1), (4, 4), (1, 1), (1, 17), (3, 3), (1, 2)]),
    (4294967295, [(5, 5), (5, 3), (3, 2)]),  # the greatest seed; layers of 25, 15 and 6 weights
    (11, [(784, 5), (5, 3), (3, 2)]),  # MNIST through the layers 5-3-2
    (7, [(1, 48), (1, 100), (33, 17), (17, 5), (5, 1)]),
    (1, [(784, 3), (3, 1)]),
]
# Fresh streams too, so that a fault at one count cannot hide behind a fault at another.
STREAMS += [(seed, [(1, n)]) for seed in (42, 4294967295) for n in (1, 2, 15, 16, 17, 31, 32, 33, 48, 100)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    folder = parser.parse_args().out
    with (folder / "torch_randn.txt").open("w") as out:
        for seed, calls in STREAMS:
            print("seed", seed, file=out)
            torch.manual_seed(seed)
            for rows, columns in calls:
                print("randn", rows, columns, file=out)
                for row in torch.randn(rows, columns).numpy():
                    print(*row, file=out)


if __name__ == "__main__":
    main()
