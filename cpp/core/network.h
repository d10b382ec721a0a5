// The weights and biases of a network, and how to create them.
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

/// The initial network as PyTorch creates it: `torch.manual_seed(seed)`, then `torch.randn(inputs, neurons) *
/// 0.01` for each layer in order. Biases are zero and draw no random numbers.
Network initial_network(std::int64_t features, const std::vector<std::int64_t>& layers, std::uint32_t seed);

/// The network with these layer sizes and these values: for each layer W row-major, then b. Throws
/// std::invalid_argument if the number of values is wrong or a value is not finite.
Network network_of(std::int64_t features, const std::vector<std::int64_t>& layers,
                   std::span<const float> values);

}  // namespace ska
