#include "fixtures.h"

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "io/idx.h"

namespace ska::test {
namespace {

std::vector<std::uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

Mnist read_mnist() {
  const std::string folder = SKA_MNIST_DIR;
  const std::string images = text_of_file(folder + "/train-images-idx3-ubyte");
  const std::string labels = text_of_file(folder + "/train-labels-idx1-ubyte");
  IdxImages parsed = parse_idx_images(bytes_of(images), "train-images-idx3-ubyte");
  return {.features = parsed.rows * parsed.columns,
          .bytes = std::move(parsed.pixels),
          .labels = parse_idx_labels(bytes_of(labels), "train-labels-idx1-ubyte")};
}

}  // namespace

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read.");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string golden_path(const std::string& name) { return std::string(SKA_GOLDEN_DIR) + "/" + name; }

std::vector<double> numbers_in(const std::string& text, char separator) {
  std::vector<double> numbers;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, separator);) {
    // Not from_chars: libc++ supports it for floating-point numbers only since version 20.
    char* end = nullptr;
    numbers.push_back(std::strtod(part.c_str(), &end));
    if (part.empty() || *end != '\0') throw std::invalid_argument("\"" + part + "\" is not a number.");
  }
  return numbers;
}

Table parse_csv(const std::string& text) {
  Table table;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);  // the header
  while (std::getline(lines, line)) {
    const std::size_t comma = line.find(',');
    table.push_back(comma == std::string::npos ? std::vector<double>()
                                               : numbers_in(line.substr(comma + 1), ','));
  }
  return table;
}

Table golden_csv(const std::string& name) { return parse_csv(text_of_file(golden_path(name))); }

std::vector<std::uint8_t> Mnist::pixels(const std::vector<std::int64_t>& indices) const {
  std::vector<std::uint8_t> chosen;
  for (const std::int64_t i : indices) {
    const auto sample =
        std::span(bytes).subspan(static_cast<std::size_t>(i * features), static_cast<std::size_t>(features));
    chosen.insert(chosen.end(), sample.begin(), sample.end());
  }
  return chosen;
}

const Mnist& mnist() {
  static const Mnist set = read_mnist();
  return set;
}

std::vector<float> uniform_values(std::size_t count, float low, float high, std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::vector<float> values(count);
  for (float& value : values) value = low + (high - low) * static_cast<float>(engine() >> 8U) * 0x1p-24F;
  return values;
}

std::vector<std::uint8_t> random_pixels(std::size_t count, std::uint32_t seed, double lit) {
  std::mt19937 engine(seed);
  std::vector<std::uint8_t> pixels(count);
  for (std::uint8_t& pixel : pixels) {
    const auto draw = static_cast<std::uint32_t>(engine());
    if (static_cast<double>(draw >> 8U) * 0x1p-24 < lit) pixel = static_cast<std::uint8_t>(1 + draw % 255);
  }
  return pixels;
}

Matrix uniform_matrix(Eigen::Index rows, Eigen::Index columns, float low, float high, std::uint32_t seed) {
  const std::vector<float> values = uniform_values(static_cast<std::size_t>(rows * columns), low, high, seed);
  return Eigen::Map<const Matrix>(values.data(), rows, columns);
}

Network lively_network(std::int64_t features, const std::vector<std::int64_t>& layers, std::uint32_t seed) {
  Network network;
  auto inputs = static_cast<Eigen::Index>(features);
  for (const std::int64_t size : layers) {
    const auto neurons = static_cast<Eigen::Index>(size);
    network.push_back({.weights = uniform_matrix(inputs, neurons, -1, 1, seed),
                       .bias = uniform_matrix(1, neurons, -1, 1, seed + 1)});
    inputs = neurons;
    seed += 2;
  }
  return network;
}

}  // namespace ska::test
