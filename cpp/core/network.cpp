#include "core/network.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "core/random.h"
#include "core/text.h"

namespace ska {

Network initial_network(std::int64_t features, const std::vector<std::int64_t>& layers, std::uint32_t seed) {
  constexpr float scale = 0.01F;
  TorchNormal normal(seed);
  Network network;
  network.reserve(layers.size());
  auto inputs = static_cast<Eigen::Index>(features);
  for (const std::int64_t size : layers) {
    const auto neurons = static_cast<Eigen::Index>(size);
    Layer layer{.weights = Matrix(inputs, neurons), .bias = RowVector::Zero(neurons)};
    normal.fill(std::span(layer.weights.data(), static_cast<std::size_t>(layer.weights.size())));
    layer.weights *= scale;
    network.push_back(std::move(layer));
    inputs = neurons;
  }
  return network;
}

Network network_of(std::int64_t features, const std::vector<std::int64_t>& layers,
                   std::span<const float> values) {
  std::int64_t needed = 0;
  std::int64_t inputs = features;
  for (const std::int64_t neurons : layers) {
    needed += (inputs + 1) * neurons;
    inputs = neurons;
  }
  if (static_cast<std::int64_t>(values.size()) != needed) {
    throw std::invalid_argument(sentence("A network of these layers has ", needed, " weights and biases; ",
                                         values.size(), " were given."));
  }
  const auto broken = std::ranges::find_if(values, [](float value) { return !std::isfinite(value); });
  if (broken != values.end()) {
    throw std::invalid_argument(sentence("Weights and biases must be finite numbers; number ",
                                         broken - values.begin() + 1, " of those given is ", *broken, "."));
  }
  Network network;
  network.reserve(layers.size());
  const float* from = values.data();
  inputs = features;
  for (const std::int64_t neurons : layers) {
    Layer layer{.weights = Eigen::Map<const Matrix>(from, inputs, neurons),
                .bias = Eigen::Map<const RowVector>(from + inputs * neurons, neurons)};
    from += (inputs + 1) * neurons;
    network.push_back(std::move(layer));
    inputs = neurons;
  }
  return network;
}

}  // namespace ska
