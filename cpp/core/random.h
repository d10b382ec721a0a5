// Which random numbers does a seed mean? PyTorch's for weights, NumPy's for samples.
//
// The numbers a weight seed must give, and the script that prints them:
//
//     import torch
//     torch.manual_seed(42)
//     print(torch.randn(784, 256)[0, :4] * 0.01)   # 0.01926915 0.01487284 0.00900717 -0.02105521
//
// and for a data seed, over the 5923 MNIST training samples of class 0:
//
//     rng = numpy.random.RandomState(0)
//     zeros = numpy.where(labels == 0)[0]
//     rng.shuffle(zeros)
//     print(zeros[:5])                             # 13830 52831 48180 18563 7451
//
// Both stand on the 32-bit Mersenne Twister with its single-integer seeding, which is std::mt19937.
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

  /// Fills what one torch.randn call of `values.size()` elements returns, row-major.
  ///
  /// Equal to PyTorch's up to the last bits of a float: the logarithm, cosine and sine are taken in double
  /// and rounded once, where PyTorch's vector code rounds on the way.
  void fill(std::span<float> values);

 private:
  float uniform24();
  double uniform53();
  double one();

  std::mt19937 engine_;
  std::optional<double> spare_;  ///< the twin of the last single normal; it survives from call to call
};

/// A permutation as numpy.random.RandomState(seed).shuffle makes it (the legacy, stable stream).
class NumpyShuffle {
 public:
  explicit NumpyShuffle(std::uint32_t seed) : engine_(seed) {}

  /// Shuffles in place. Later calls go on with the same stream.
  void shuffle(std::span<std::int64_t> values);

 private:
  std::mt19937 engine_;
};

}  // namespace ska
