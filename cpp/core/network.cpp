#include "core/network.h"

#include <cstddef>
#include <span>

#include "core/random.h"

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

}  // namespace ska
