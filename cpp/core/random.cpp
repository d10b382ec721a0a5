#include "core/random.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "core/elementary.h"

namespace ska {
namespace {

constexpr std::size_t kBlock = 16;  // values that PyTorch transforms together

/// Box–Muller over 16 uniforms, in place: the first eight become r·cos θ, the last eight r·sin θ.
void box_muller(std::span<float, kBlock> block) {
  constexpr std::size_t half = kBlock / 2;
  for (std::size_t j = 0; j < half; ++j) {
    const double u1 = 1.0F - block[j];  // in (0, 1], so the logarithm is finite
    const double u2 = block[j + half];
    const double radius = std::sqrt(-2.0 * log_of(u1));
    const auto [cosine, sine] = cosine_and_sine(2.0 * std::numbers::pi * u2);
    block[j] = static_cast<float>(radius * cosine);
    block[j + half] = static_cast<float>(radius * sine);
  }
}

}  // namespace

float TorchNormal::uniform24() { return static_cast<float>(engine_() & 0xFFFFFFU) * 0x1p-24F; }

double TorchNormal::uniform53() {
  const std::uint64_t high = engine_();
  const std::uint64_t low = engine_();
  return static_cast<double>(((high << 32U) | low) & ((1ULL << 53U) - 1)) * 0x1p-53;
}

double TorchNormal::one() {
  if (spare_) return *std::exchange(spare_, std::nullopt);
  const double u1 = uniform53();
  const double u2 = uniform53();
  const double radius = std::sqrt(-2.0 * log_of(1.0 - u2));  // 1 − u₂ is exact
  const auto [cosine, sine] = cosine_and_sine(2.0 * std::numbers::pi * u1);
  spare_ = radius * sine;
  return radius * cosine;
}

void TorchNormal::fill(std::span<float> values) {
  const std::size_t n = values.size();
  if (n < kBlock) {
    for (float& value : values) value = static_cast<float>(one());
    return;
  }
  for (float& value : values) value = uniform24();
  for (std::size_t start = 0; start + kBlock <= n; start += kBlock) {
    box_muller(std::span<float, kBlock>(values.data() + start, kBlock));
  }
  if (n % kBlock != 0) {  // PyTorch draws new values for the last 16 elements: the tail and those before it
    const std::span<float, kBlock> last(values.data() + n - kBlock, kBlock);
    for (float& value : last) value = uniform24();
    box_muller(last);
  }
}

void NumpyShuffle::shuffle(std::span<std::int64_t> values) {
  for (std::size_t i = values.size(); i-- > 1;) {
    const auto bound = static_cast<std::uint32_t>(i);
    const std::uint32_t mask = 0xFFFFFFFFU >> static_cast<unsigned>(std::countl_zero(bound));
    std::uint32_t j = 0;
    do j = static_cast<std::uint32_t>(engine_()) & mask;
    while (j > bound);
    std::swap(values[i], values[j]);
  }
}

}  // namespace ska
