// What is σ, to the last bit? A polynomial and a division of our own, for no two C libraries agree on exp.
//
// exp(x) for x ≤ 0: with n = round(x/ln 2) and r = x − n·ln 2, |r| ≤ ln(2)/2, it is 2ⁿ·(1 + r + r²·q(r)).
// q is the polynomial of degree 4 whose largest relative error in exp is least: 0.07 · 2⁻²⁴, with its
// coefficients rounded to float.
//
// σ(z) = 1/(1 + exp(−z)) for z ≥ 0 and exp(z)/(1 + exp(z)) below, so that both ends keep their relative
// accuracy: within 2.5 ulp for every float z ≥ −87 (exp within 1). Below that σ stays at σ(−87) = 1.6·10⁻³⁸,
// off by less than itself: it never becomes 0 or one of the subnormal numbers, which many processors are slow
// with.
#pragma once

#include <cstdint>

#include "core/vector.h"

namespace ska {

/// exp(−|z|) where |z| is at most 87, and exp(−87) beyond, lane by lane. NaN gives some number: whoever sums
/// Z sees it there.
template <int N>
[[gnu::always_inline]] static inline typename VectorOf<N>::Floats exp_of_minus_abs(
    typename VectorOf<N>::Floats z) {
  using Floats = typename VectorOf<N>::Floats;
  using Ints = typename VectorOf<N>::Ints;
  constexpr float inverse_ln2 = 0x1.715476p+0F;
  constexpr float ln2_high = 0x1.62e4p-1F;  // 15 bits: n·ln2_high is exact for every n here
  constexpr float ln2_low = 0x1.7f7d1cp-20F;
  constexpr float round_by = 0x1.8p+23F;  // added, it leaves a whole number in the last bits
  constexpr int mantissa_bits = 23;

  const Floats least = Floats{} - 87.0F;
  Floats x = reinterpret_cast<Floats>(reinterpret_cast<Ints>(z) | INT32_MIN);  // −|z|
  x = x < least ? least : x;
  const Floats rounded = x * inverse_ln2 + round_by;
  const Floats n = rounded - round_by;
  const Floats r = (x - n * ln2_high) - n * ln2_low;
  Floats q = r * 0x1.6a234ap-10F + 0x1.123a6cp-7F;
  q = q * r + 0x1.5558f4p-5F;
  q = q * r + 0x1.555490p-3F;
  q = q * r + 0x1.fffffcp-2F;
  const Floats e = (q * r * r + r) + 1.0F;
  // Times 2ⁿ: n ≥ −126 is added to the exponent. Shifted so far, nothing but n is left of `rounded`.
  return reinterpret_cast<Floats>(reinterpret_cast<Ints>(e) +
                                  (reinterpret_cast<Ints>(rounded) << mantissa_bits));
}

/// σ(z), lane by lane.
template <int N>
[[gnu::always_inline]] static inline typename VectorOf<N>::Floats sigmoid(typename VectorOf<N>::Floats z) {
  using Floats = typename VectorOf<N>::Floats;
  const Floats one = Floats{} + 1.0F;
  const Floats e = exp_of_minus_abs<N>(z);
  return (z < Floats{} ? e : one) / (one + e);
}

}  // namespace ska
