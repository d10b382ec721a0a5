// The input of a run: a batch of samples, owned by the caller.
#pragma once

#include <cstdint>
#include <span>

namespace ska {

/// X of the papers, as raw image bytes. A view, not a copy: the pixels must outlive the runs that use them. A
/// pixel is its byte divided by 255, without other scaling.
struct Batch {
  std::span<const std::uint8_t> pixels;  ///< (samples, features), row-major
  std::int64_t samples = 0;              ///< N
  std::int64_t features = 0;             ///< n₀, 784 for MNIST
};

}  // namespace ska
