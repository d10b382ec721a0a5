#!/usr/bin/env python3
"""How does NumPy shuffle? Writes numpy_shuffle.txt, which the engine's permutations must equal.

    python3 tests/golden/numpy_shuffle.py --out tests/golden

The legacy stream of RandomState is frozen: every version of NumPy gives these permutations. Plain text:

    seed S            numpy.random.RandomState(S)
    shuffle N         one call of shuffle on 0 … N−1; the next line is what became of them
"""
import argparse
import pathlib

import numpy

# Lengths around the powers of two, where the mask that draws are cut with changes; and several calls on one
# stream, as one stream goes through all classes of a data set.
STREAMS = [
    (0, [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17]),
    (42, [31, 32, 33, 64, 65, 100]),
    (4294967295, [10, 10, 10]),
    (7, [1000]),
    (1, [255, 1, 256, 0, 257]),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    folder = parser.parse_args().out
    with (folder / "numpy_shuffle.txt").open("w") as out:
        for seed, lengths in STREAMS:
            print("seed", seed, file=out)
            stream = numpy.random.RandomState(seed)
            for length in lengths:
                values = numpy.arange(length)
                stream.shuffle(values)
                print("shuffle", length, file=out)
                print(*values, file=out)


if __name__ == "__main__":
    main()
