// Random numbers by seed: PyTorch's for the weights, NumPy's for the samples.
//
// Expected values for a weight seed, and the script that prints them:
//
//     import torch
//     torch.manual_seed(42)
//     print(torch.randn(784, 256)[0, :4] * 0.01)   # 0.01926915 0.01487284 0.00900717 -0.02105521
//
// And for a data seed, over the 5923 MNIST training samples of class 0:
//
//     rng = numpy.random.RandomState(0)
//     zeros = numpy.where(labels == 0)[0]
//     rng.shuffle(zeros)
//     print(zeros[:5])                             # 13830 52831 48180 18563 7451
//
// Both use the 32-bit Mersenne Twister with single-integer seeding, which is std::mt19937.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <span>

namespace ska {

/// Standard normal values as torch.randn draws them on the CPU after torch.manual_seed(seed).
class TorchNormal {
 public:
  explicit TorchNormal(std::uint32_t seed) : engine_(seed) {}

  /// Fills `values` with the result of one torch.randn call of `values.size()` elements, row-major.
  ///
  /// Equal to PyTorch's up to the last bits of a float: here logarithm, cosine and sine are computed in
  /// double and rounded once, while PyTorch's vectorised code rounds intermediate results.
  void fill(std::span<float> values);

 private:
  float uniform24();
  double uniform53();
  double one();

  std::mt19937 engine_;
  std::optional<double> spare_;  ///< second value of the last Box–Muller pair; kept for the next call
};

/// The permutation of numpy.random.RandomState(seed).shuffle (the legacy, stable stream).
class NumpyShuffle {
 public:
  explicit NumpyShuffle(std::uint32_t seed) : engine_(seed) {}

  /// Shuffles in place. Later calls continue the same stream.
  void shuffle(std::span<std::int64_t> values);

 private:
  std::mt19937 engine_;
};

}  // namespace ska
