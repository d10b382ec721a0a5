// Compares the random numbers with PyTorch's and NumPy's.
#include "core/random.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/network.h"
#include "fixtures.h"
#include "plain_kernels.h"

namespace ska::test {
namespace {

// PyTorch draws fewer than 16 values in double, as the engine does. Both round once.
constexpr std::size_t kBlock = 16;

// From 16 values on, PyTorch computes r·cos θ and r·sin θ in float. There r is at most √(−2 ln 2⁻²⁴) = 5.77.
// θ = 2π·u is rounded twice: 2π itself, and the product, which is below 8. So the angle is off by up to 2⁻²²
// + 2⁻²². Logarithm, root, cosine and sine add at most 2⁻²³ each.
const double kBlockTolerance = std::sqrt(-2 * std::log(0x1p-24)) * (2 * 0x1p-22 + 4 * 0x1p-23);

/// Reads the lines of a fixture file in tests/golden.
class Fixture {
 public:
  explicit Fixture(const std::string& name) : lines_(text_of_file(golden_path(name))) {}

  /// Reads the word and the numbers of the next line. Returns false at the end of the file.
  bool next(std::string& word, std::vector<std::int64_t>& numbers) {
    std::string line;
    if (!std::getline(lines_, line)) return false;
    std::istringstream parts(line);
    parts >> word;
    numbers.clear();
    for (std::int64_t number = 0; parts >> number;) numbers.push_back(number);
    return true;
  }

  std::vector<double> values() {
    std::string line;
    std::getline(lines_, line);
    return numbers_in(line, ' ');
  }

 private:
  std::istringstream lines_;
};

TEST(TorchNormal, DrawsWhatTorchRandnDraws) {
  Fixture fixture("torch_randn.txt");
  TorchNormal normal(0);
  std::int64_t seed = 0, calls = 0;
  double furthest = 0;
  std::string word;
  for (std::vector<std::int64_t> numbers; fixture.next(word, numbers);) {
    if (word == "seed") {
      seed = numbers.at(0);
      normal = TorchNormal(static_cast<std::uint32_t>(seed));
      continue;
    }
    ASSERT_EQ(word, "randn");
    ++calls;
    const auto rows = static_cast<std::size_t>(numbers.at(0)),
               columns = static_cast<std::size_t>(numbers.at(1));
    std::vector<float> drawn(rows * columns);
    normal.fill(drawn);
    for (std::size_t row = 0; row < rows; ++row) {
      const std::vector<double> expected = fixture.values();
      ASSERT_EQ(expected.size(), columns);
      for (std::size_t column = 0; column < columns; ++column) {
        const float value = drawn[row * columns + column];
        SCOPED_TRACE(testing::Message() << "seed " << seed << ", randn(" << rows << ", " << columns << ")["
                                        << row << ", " << column << "], call " << calls << " of the file");
        if (drawn.size() < kBlock) {
          ASSERT_EQ(value, static_cast<float>(expected[column]));
        } else {
          ASSERT_NEAR(value, expected[column], kBlockTolerance);
          furthest = std::max(furthest, std::abs(value - expected[column]));
        }
      }
    }
  }
  EXPECT_EQ(calls, 40 + 8 + 3 + 3 + 5 + 2 + 20) << "calls in torch_randn.txt";
  std::cout << "furthest from PyTorch, of blocks of 16: " << furthest << " (tolerance " << kBlockTolerance
            << ")\n";
}

TEST(TorchNormal, DrawsNothingForNoValues) {
  TorchNormal with_empty_call(42), without(42);
  std::vector<float> a(3), b(3);
  with_empty_call.fill({});
  with_empty_call.fill(a);
  without.fill(b);
  EXPECT_EQ(a, b);
}

TEST(TorchNormal, KeepsItsSpareThroughACallOfBlocks) {
  // Three single values leave the second value of a pair unused.
  // Drawing 16 values must not use it, but 16 new draws.
  TorchNormal normal(42), pair(42);
  std::vector<float> three(3), blocks(16), next(1), four(4);
  normal.fill(three);
  normal.fill(blocks);
  normal.fill(next);
  pair.fill(four);
  EXPECT_EQ(next[0], four[3]);
}

TEST(InitialNetwork, HasTheWeightsOfTorchSeed42) {
  const Network network = initial_network(784, {256, 128, 64, 10}, 42);

  // The values have seven digits, and the last one may be rounded either way.
  const double first[] = {0.01926915, 0.01487284, 0.00900717, -0.02105521};
  for (Eigen::Index j = 0; j < 4; ++j)
    EXPECT_NEAR(network[0].weights(0, j), first[j], 1e-8) << "neuron " << j;

  // Errors of single weights, 0.01 times those above, change a norm by at most the norm of the errors.
  const double norms[] = {4.4974566, 1.8110508, 0.8937511, 0.2623839};
  for (std::size_t l = 0; l < network.size(); ++l) {
    const auto weights = static_cast<double>(network[l].weights.size());
    EXPECT_NEAR(frobenius(network[l].weights), norms[l], 0.5e-7 + 0.01 * kBlockTolerance * std::sqrt(weights))
        << "layer " << l + 1;
  }
}

TEST(InitialNetwork, HasTheShapesOfItsLayersAndNoBias) {
  const Network network = initial_network(7, {5, 3, 2}, 11);
  ASSERT_EQ(network.size(), 3U);
  const Eigen::Index sizes[] = {7, 5, 3, 2};
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_EQ(network[l].weights.rows(), sizes[l]);
    EXPECT_EQ(network[l].weights.cols(), sizes[l + 1]);
    ASSERT_EQ(network[l].bias.size(), sizes[l + 1]);
    EXPECT_EQ(network[l].bias.norm(), 0) << "layer " << l + 1;
  }
}

TEST(InitialNetwork, DrawsLayerAfterLayerFromOneStream) {
  const Network network = initial_network(7, {5, 3, 2}, 11);  // 35, 15 and 6 weights
  TorchNormal normal(11);
  for (const Layer& layer : network) {
    std::vector<float> drawn(static_cast<std::size_t>(layer.weights.size()));
    normal.fill(drawn);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      ASSERT_EQ(layer.weights.data()[i], drawn[i] * 0.01F) << layer.weights.rows() << " inputs, weight " << i;
    }
  }
}

TEST(NumpyShuffle, ShufflesAsRandomStateDoes) {
  Fixture fixture("numpy_shuffle.txt");
  NumpyShuffle stream(0);
  std::int64_t seed = 0, calls = 0;
  std::string word;
  for (std::vector<std::int64_t> numbers; fixture.next(word, numbers);) {
    if (word == "seed") {
      seed = numbers.at(0);
      stream = NumpyShuffle(static_cast<std::uint32_t>(seed));
      continue;
    }
    ASSERT_EQ(word, "shuffle");
    ++calls;
    std::vector<std::int64_t> values(static_cast<std::size_t>(numbers.at(0)));
    std::iota(values.begin(), values.end(), 0);
    stream.shuffle(values);
    const std::vector<double> expected = fixture.values();
    ASSERT_EQ(std::vector<double>(values.begin(), values.end()), expected)
        << "seed " << seed << ", length " << values.size() << ", call " << calls << " of the file";
  }
  EXPECT_EQ(calls, 11 + 6 + 3 + 1 + 5) << "calls in numpy_shuffle.txt";
}

}  // namespace
}  // namespace ska::test
