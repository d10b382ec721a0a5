// The loop that measures the peak. It is compiled once per instruction set, like core/kernels.cpp, with
// SKA_PEAK as the name of the result.
#include <cstdint>

#include "core/vector.h"

namespace ska {

namespace {
constexpr int kWidth = SKA_VECTOR_FLOATS;
using Floats = VectorOf<kWidth>::Floats;
constexpr int kChains = 12;  // enough to hide the latency; with two factors at most 16 registers
}  // namespace

/// Returns the number of floating-point operations.
/// The result goes to `sink`, so the compiler cannot remove the loop.
std::int64_t SKA_PEAK(std::int64_t rounds, float* sink);
[[gnu::noinline]] std::int64_t SKA_PEAK(std::int64_t rounds, float* sink) {
  Floats chains[kChains];
  for (int c = 0; c < kChains; ++c) chains[c] = Floats{} + static_cast<float>(c);
  const Floats factor = Floats{} + sink[0], term = Floats{} + sink[1];
  for (std::int64_t i = 0; i < rounds; ++i) {
    for (Floats& chain : chains) chain = multiply_add(factor, chain, term);
  }
  for (int c = 1; c < kChains; ++c) chains[0] += chains[c];
  store(sink + 2, chains[0]);
  return rounds * kChains * kWidth * 2;
}

}  // namespace ska
