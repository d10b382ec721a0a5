// The sigmoid σ with the same bits on every host, from a polynomial and a division: C libraries differ in
// exp.
//
// For x ≤ 0, with n = round(x/ln 2) and r = x − n·ln 2, |r| ≤ ln(2)/2: exp(x) = 2ⁿ·(1 + r + r²·q(r)).
// q is the polynomial of degree 4 that minimises the largest relative error of exp: 0.07 · 2⁻²⁴, with its
// coefficients rounded to float.
//
// σ(z) = 1/(1 + exp(−z)) for z ≥ 0 and exp(z)/(1 + exp(z)) for z < 0, which keeps the relative accuracy at
// both ends: within 2.5 ulp for every float z ≥ −87 (exp within 1). Below −87, σ stays at σ(−87) = 1.6·10⁻³⁸;
// the error is smaller than this value. So σ is never 0 or subnormal;
// subnormal numbers are slow on many processors.
#pragma once

#include <cstdint>

#include "core/vector.h"

namespace ska {

/// exp(−|z|) where |z| is at most 87, and exp(−87) beyond, for each lane. NaN yields an arbitrary number; the
/// sum of Z² detects it.
template <int N>
[[gnu::always_inline]] static inline typename VectorOf<N>::Floats exp_of_minus_abs(
    typename VectorOf<N>::Floats z) {
  using Floats = typename VectorOf<N>::Floats;
  using Ints = typename VectorOf<N>::Ints;
  constexpr float inverse_ln2 = 0x1.715476p+0F;
  constexpr float ln2_high = 0x1.62e4p-1F;  // 15 bits: n·ln2_high is exact for every n here
  constexpr float ln2_low = 0x1.7f7d1cp-20F;
  constexpr float round_by = 0x1.8p+23F;  // adding it leaves a rounded integer in the lowest bits
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
  // Multiply by 2ⁿ: add n ≥ −126 to the exponent. The shift discards all of `rounded` but n.
  return reinterpret_cast<Floats>(reinterpret_cast<Ints>(e) +
                                  (reinterpret_cast<Ints>(rounded) << mantissa_bits));
}

/// σ(z) for each lane.
template <int N>
[[gnu::always_inline]] static inline typename VectorOf<N>::Floats sigmoid(typename VectorOf<N>::Floats z) {
  using Floats = typename VectorOf<N>::Floats;
  const Floats one = Floats{} + 1.0F;
  const Floats e = exp_of_minus_abs<N>(z);
  return (z < Floats{} ? e : one) / (one + e);
}

}  // namespace ska
