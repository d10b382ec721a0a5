// What does a run look at? A batch of samples that somebody else owns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ska {

/// X of the papers, seen and not owned: it must outlive the runs that look at it.
struct Batch {
  std::span<const float> pixels;  ///< (samples, features), row-major, each in [0, 1]
  std::int64_t samples = 0;       ///< N
  std::int64_t features = 0;      ///< n₀, 784 for MNIST
};

/// Bytes to pixels in [0, 1]: byte / 255, and no other scaling.
inline std::vector<float> pixels_from_bytes(std::span<const std::uint8_t> bytes) {
  std::vector<float> pixels(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) pixels[i] = static_cast<float>(bytes[i]) / 255.0F;
  return pixels;
}

}  // namespace ska
