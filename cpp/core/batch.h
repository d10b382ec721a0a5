// What does a run look at? A batch of samples that somebody else owns.
#pragma once

#include <cstdint>
#include <span>

namespace ska {

/// X of the papers as it comes from an image file, seen and not owned: it must outlive the runs that look at
/// it. A pixel is its byte over 255, and has no other scaling.
struct Batch {
  std::span<const std::uint8_t> pixels;  ///< (samples, features), row-major
  std::int64_t samples = 0;              ///< N
  std::int64_t features = 0;             ///< n₀, 784 for MNIST
};

}  // namespace ska
