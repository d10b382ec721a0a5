// Tests that the fingerprint is SHA-256 of the bytes of the numbers.
#include "core/fingerprint.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

std::string of_text(const std::string& text) {
  Fingerprint fingerprint;
  fingerprint.add(std::vector<std::uint8_t>(text.begin(), text.end()));
  return fingerprint.text();
}

template <class Number>
std::string of(const std::vector<Number>& numbers) {
  Fingerprint fingerprint;
  fingerprint.add(std::span<const Number>(numbers));
  return fingerprint.text();
}

TEST(Fingerprint, IsTheBeginningOfTheStandardsDigests) {
  EXPECT_EQ(of_text(""), "e3b0c44298fc1c149afbf4c8996fb924");
  EXPECT_EQ(of_text("abc"), "ba7816bf8f01cfea414140de5dae2223");
  EXPECT_EQ(of_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039");
  EXPECT_EQ(of_text(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67");
}

TEST(Fingerprint, CanBeAskedForInBetween) {
  Fingerprint parts;
  parts.add(std::vector<std::uint8_t>{'a'});
  EXPECT_EQ(parts.text(), of_text("a"));
  parts.add(std::vector<std::uint8_t>{'b', 'c'});
  EXPECT_EQ(parts.text(), of_text("abc"));
}

TEST(Fingerprint, TakesNumbersLeastSignificantByteFirst) {
  EXPECT_EQ(of<double>({1.0}), of_text(std::string("\0\0\0\0\0\0\xF0\x3F", 8)));
  EXPECT_EQ(of<float>({1.0F}), of_text(std::string("\0\0\x80\x3F", 4)));
}

TEST(Fingerprint, TellsBitsApartAndNotNaNs) {
  EXPECT_NE(of<double>({0.0}), of<double>({-0.0}));
  EXPECT_NE(of<float>({1.0F}), of<float>({std::nextafter(1.0F, 2.0F)}));
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(of<double>({nan}), of<double>({-nan}));
}

}  // namespace
}  // namespace ska::test
