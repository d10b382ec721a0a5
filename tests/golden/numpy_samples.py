#!/usr/bin/env python3
"""Which samples does NumPy choose? Writes numpy_samples.txt, which the engine's choices must equal.

    python3 tests/golden/numpy_samples.py --data public/data --out tests/golden

As ska_reference.py chooses: one RandomState(seed) for all classes, and for each class in order its indices, ascending,
shuffled. Each line is: set, seed, class, and the first ten of that class.
"""
import argparse
import gzip
import pathlib

import numpy

SETS = {
    "mnist": "train",
    "mnist-test": "t10k",
    "fashion-mnist": "fashion-mnist-train",
    "fashion-mnist-test": "fashion-mnist-t10k",
}
SEEDS = [0, 7, 99]
PER_CLASS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    with (arguments.out / "numpy_samples.txt").open("w") as out:
        for name, prefix in SETS.items():
            packed = (arguments.data / f"{prefix}-labels-idx1-ubyte.gz").read_bytes()
            labels = numpy.frombuffer(gzip.decompress(packed), dtype=numpy.uint8)[8:]
            for seed in SEEDS:
                stream = numpy.random.RandomState(seed)
                for label in range(10):
                    indices = numpy.flatnonzero(labels == label)
                    stream.shuffle(indices)
                    print(name, seed, label, *indices[:PER_CLASS], file=out)


if __name__ == "__main__":
    main()
