// Tests the accuracy that core/sigmoid.h claims, for all exponents of a float.
#include "core/sigmoid.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

using One = VectorOf<1>::Floats;

float sigma(float z) { return sigmoid<1>(One{z})[0]; }
float exp_minus(float a) { return exp_of_minus_abs<1>(One{a})[0]; }

/// The distance between neighbouring floats at `value`.
double ulp(double value) { return std::ldexp(1.0, std::max(std::ilogb(value), -126) - 23); }

double true_sigma(double z) { return z < 0 ? std::exp(z) / (1 + std::exp(z)) : 1 / (1 + std::exp(-z)); }

constexpr std::uint32_t kSign = 0x80000000;
constexpr std::uint32_t kInfinity = 0x7F800000;
constexpr int kExponents = 255;  // including 0, that of the subnormal floats
/// Number of mantissas tried per exponent, evenly spaced over all 2²³ and including both ends.
constexpr std::uint32_t kMantissas = 4099;

template <class Check>
void for_floats_of_every_exponent(const Check& check) {
  for (std::uint32_t exponent = 0; exponent < kExponents; ++exponent) {
    for (std::uint32_t i = 0; i < kMantissas; ++i) {
      const auto mantissa = static_cast<std::uint32_t>(std::uint64_t{i} * 0x7FFFFF / (kMantissas - 1));
      check(std::bit_cast<float>(exponent << 23U | mantissa));
    }
  }
}

TEST(Sigmoid, IsWithinTwoAndAHalfUlpDownToMinus87) {
  double furthest = 0;
  for_floats_of_every_exponent([&](float a) {
    for (const float z : {a, -a}) {
      if (z < -87) continue;
      const double expected = true_sigma(z);
      const double error = std::abs(sigma(z) - expected) / ulp(expected);
      furthest = std::max(furthest, error);
      ASSERT_LE(error, 2.5) << "σ(" << z << ") = " << sigma(z);
    }
  });
  std::printf("largest error: %.2f ulp\n", furthest);
}

TEST(Sigmoid, StaysAtItsLeastBelowMinus87) {
  const float least = sigma(-87);
  EXPECT_GT(least, std::numeric_limits<float>::min());
  EXPECT_LT(least, 1.7e-38F);
  for (const float z : {-87.0001F, -100.0F, -1e6F, std::numeric_limits<float>::lowest(),
                        -std::numeric_limits<float>::infinity()}) {
    EXPECT_EQ(sigma(z), least) << "σ(" << z << ")";
  }
}

TEST(Sigmoid, IsOneFarAboveAndAHalfAtZero) {
  for (const float z :
       {18.0F, 100.0F, 1e6F, std::numeric_limits<float>::max(), std::numeric_limits<float>::infinity()})
    EXPECT_EQ(sigma(z), 1) << "σ(" << z << ")";
  EXPECT_EQ(sigma(0.0F), 0.5F);
  EXPECT_EQ(sigma(-0.0F), 0.5F);
}

TEST(Sigmoid, NeverFalls) {
  // Rounding may keep a rising function constant,
  // and the error of the polynomial may lower it by at most 2 ulp.
  float before = 0;
  for (float z = -90; z < 20; z += 0x1p-10F) {
    const float now = sigma(z);
    ASSERT_GE(now, before - static_cast<float>(2 * ulp(before > 0 ? before : 1e-38))) << z;
    before = now;
  }
}

TEST(Sigmoid, GivesEveryLaneTheBitsOfALaneAlone) {
  using Four = VectorOf<4>::Floats;
  for_floats_of_every_exponent([&](float a) {
    const Four result = sigmoid<4>(Four{a, -a, 0.5F * a, -3 * a});
    ASSERT_EQ(result[0], sigma(a));
    ASSERT_EQ(result[1], sigma(-a));
    ASSERT_EQ(result[2], sigma(0.5F * a));
    ASSERT_EQ(result[3], sigma(-3 * a));
  });
}

TEST(Exp, IsWithinOneUlp) {
  double furthest = 0;
  for_floats_of_every_exponent([&](float a) {
    if (a > 87) return;
    const double expected = std::exp(-static_cast<double>(a));
    for (const float z : {a, -a}) {
      const double error = std::abs(exp_minus(z) - expected) / ulp(expected);
      furthest = std::max(furthest, error);
      ASSERT_LE(error, 1) << "exp(−" << a << ") = " << exp_minus(z);
    }
  });
  std::printf("largest error: %.2f ulp\n", furthest);
}

TEST(Exp, OfWhatIsNoNumberEndsSomewhere) {
  for (const std::uint32_t bits : {kInfinity + 1, kInfinity | 0x400000, kSign | kInfinity | 0x7FFFFF})
    sigma(std::bit_cast<float>(bits));
}

}  // namespace
}  // namespace ska::test
