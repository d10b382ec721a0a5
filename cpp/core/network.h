// What does a run change? The weights and biases of its layers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.h"

namespace ska {

struct Layer {
  Matrix weights;  ///< W⁽ˡ⁾ (inputs, neurons)
  RowVector bias;  ///< b⁽ˡ⁾ (neurons)
};

using Network = std::vector<Layer>;

/// The network PyTorch makes: `torch.manual_seed(seed)`, then `torch.randn(inputs, neurons) * 0.01` for each
/// layer in order; biases are zero and draw nothing.
Network initial_network(std::int64_t features, const std::vector<std::int64_t>& layers, std::uint32_t seed);

/// The network of these layer sizes whose numbers are `values`: for each layer W row-major, then b. Throws
/// std::invalid_argument where they are too few or too many, or one is not finite.
Network network_of(std::int64_t features, const std::vector<std::int64_t>& layers,
                   std::span<const float> values);

}  // namespace ska
