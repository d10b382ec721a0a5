// Tests logarithm, cosine and sine to the last bits of a double.
#include "core/elementary.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

/// The distance between neighbouring doubles at `value`.
double ulp(double value) { return std::ldexp(1.0, std::ilogb(value) - 52); }

// The C library's functions are within 1 ulp, so the difference may be 2 ulp.
constexpr double kApart = 2;

TEST(Log, IsTheLogarithm) {
  std::mt19937_64 engine(1);
  double furthest = 0;
  const auto check = [&](double x) {
    const double expected = std::log(x);
    const double apart = expected == 0 ? std::abs(log_of(x)) : std::abs(log_of(x) - expected) / ulp(expected);
    furthest = std::max(furthest, apart);
    ASSERT_LE(apart, kApart) << "ln " << x;
  };
  for (int i = 0; i < 200'000; ++i) check(static_cast<double>((engine() >> 11U) + 1) * 0x1p-53);
  for (int e = 0; e <= 60; ++e) {
    for (const double m : {1.0, 1.0 - 0x1p-53, 0.75, std::sqrt(0.5), std::nextafter(std::sqrt(0.5), 1.0)})
      check(std::ldexp(m, -e));
  }
  EXPECT_EQ(log_of(1), 0);
  std::printf("furthest from the C library: %.2f ulp\n", furthest);
}

TEST(CosineAndSine, AreThose) {
  std::mt19937_64 engine(2);
  double furthest = 0;
  const auto check = [&](double angle) {
    const auto [cosine, sine] = cosine_and_sine(angle);
    for (const auto& [value, expected] :
         {std::pair(cosine, std::cos(angle)), std::pair(sine, std::sin(angle))}) {
      const double apart = expected == 0 ? std::abs(value) : std::abs(value - expected) / ulp(expected);
      furthest = std::max(furthest, apart);
      ASSERT_LE(apart, kApart) << "of " << angle;
    }
  };
  const double round = 2 * std::numbers::pi;
  for (int i = 0; i < 200'000; ++i) check(round * (static_cast<double>(engine() >> 11U) * 0x1p-53));
  for (int i = 0; i <= 64; ++i) {
    const double angle = round * i / 64;  // includes the zeros of both, where the result is tiny
    check(angle);
    if (i > 0) check(std::nextafter(angle, 0.0));
  }
  for (const double tiny : {0.0, 0x1p-60, 0x1p-30, 1e-5}) check(tiny);
  std::printf("furthest from the C library: %.2f ulp\n", furthest);
}

}  // namespace
}  // namespace ska::test
