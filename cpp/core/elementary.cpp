#include "core/elementary.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace ska {
namespace {

/// coefficients[0] + x·(coefficients[1] + x·(…)).
template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double sum = coefficients.back();
  for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

/// 1/3, 1/5, … of atanh s = s + s³/3 + s⁵/5 + …
constexpr auto kAtanh = [] {
  std::array<double, 11> terms{};
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = 1.0 / static_cast<double>(2 * i + 3);
  return terms;
}();

/// Alternating inverse factorials: −1/3!, 1/5!, … (`first` = 3) or −1/2!, 1/4!, … (`first` = 2).
template <int First>
constexpr auto kTaylor = [] {
  std::array<double, 8> terms{};
  double factorial = First == 3 ? 6 : 2;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    terms[i] = (i % 2 == 0 ? -1.0 : 1.0) / factorial;
    const double next = static_cast<double>(First + 2 * i + 1);
    factorial *= next * (next + 1);
  }
  return terms;
}();

}  // namespace

double log_of(double x) {
  // x = 2ᵉ·m with m in [√½, √2), and ln m = 2·atanh((m − 1)/(m + 1)). The argument of atanh is at most 0.172,
  // so the first omitted term, 2·s²⁵/25, is below 2⁻⁶⁶·s.
  constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCD;
  constexpr int mantissa_bits = 52;
  constexpr double ln2_high = 0x1.62e42feep-1;  // 31 bits: its product with any exponent of a double is exact
  constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto offset = static_cast<std::int64_t>(bits - root_half);
  const std::int64_t exponent = offset >> mantissa_bits;
  const auto m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << mantissa_bits));
  const auto e = static_cast<double>(exponent);

  // With f = m − 1, which is exact, 2s = f − s·f. The correction s·f is small, so its rounding error is too.
  const double f = m - 1.0;
  const double s = f / (m + 1.0);
  const double squared = s * s;
  const double tail = 2.0 * s * squared * polynomial(kAtanh, squared);
  return e * ln2_high + (f - (s * f - (tail + e * ln2_low)));
}

CosineAndSine cosine_and_sine(double angle) {
  // Subtracts the nearest multiple of π/2 in three parts.
  // whole·first is exact, and so is the first difference.
  constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  constexpr double half_pi_first = 0x1.921fb544p+0;  // 33 bits
  constexpr double half_pi_second = 0x1.0b4611a6p-34;
  constexpr double half_pi_third = 0x1.3198a2e037073p-69;
  const int quadrant = static_cast<int>(angle * two_over_pi + 0.5);
  const auto whole = static_cast<double>(quadrant);
  const double high = angle - whole * half_pi_first;
  const double middle = whole * half_pi_second;
  const double r = high - middle;
  const double low = ((high - r) - middle) - whole * half_pi_third;  // the rounding error of r

  // |r| is at most π/4, so the first omitted terms, r¹⁹/19! and r¹⁸/18!, are below 2⁻⁶¹ of the sums.
  const double squared = r * r;
  const double sine_tail = r * squared * polynomial(kTaylor<3>, squared);
  const double sine = r + (sine_tail + low * (1.0 - 0.5 * squared));
  const double half_squared = 0.5 * squared;
  const double one_less = 1.0 - half_squared;
  const double cosine_tail = squared * (polynomial(kTaylor<2>, squared) + 0.5);
  const double cosine = one_less + (((1.0 - one_less) - half_squared) + (cosine_tail - r * low));
  switch (quadrant % 4) {
    case 0:
      return {cosine, sine};
    case 1:
      return {-sine, cosine};
    case 2:
      return {-cosine, -sine};
    default:
      return {sine, -cosine};
  }
}

}  // namespace ska
