// Tests that a prepared batch contains the pixels it was built from.
#include "core/pixels.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "fixtures.h"

namespace ska::test {
namespace {

TEST(PixelValues, AreBytesOver255) {
  for (std::size_t byte = 0; byte < 256; ++byte)
    EXPECT_EQ(pixel_values[byte], static_cast<float>(byte) / 255.0F) << byte;
}

/// The rows of one orientation, converted back to bytes.
template <class Rows>
std::vector<std::uint8_t> unpacked(Index outer, Index inner, const Rows& rows) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(outer * inner));
  for (Index first = 0; first < inner; first += kBlock) {
    for (Index row = 0; row < outer; ++row) {
      const SparseRows entries = rows(first / kBlock, row);
      int before = -1;
      for (std::uint32_t e = entries.starts[0]; e < entries.starts[1]; ++e) {
        const int at = entries.entries[e] >> 8;
        EXPECT_GT(at, before) << "in ascending order";
        before = at;
        bytes[static_cast<std::size_t>(row * inner + first + at)] =
            static_cast<std::uint8_t>(entries.entries[e]);
      }
    }
  }
  return bytes;
}

TEST(Pixels, AreFoundBySampleAndByInput) {
  const Index sizes[] = {1, 2, 17, 255, 256, 257, 300, 513};
  for (const Index samples : sizes) {
    for (const Index features : sizes) {
      SCOPED_TRACE(testing::Message() << samples << " samples, " << features << " features");
      std::vector<std::uint8_t> bytes = random_pixels(static_cast<std::size_t>(samples * features), 3, 0.3);
      if (bytes.size() < 10) bytes.front() = 0;  // a small batch could be too dense by chance
      const Pixels pixels({.pixels = bytes, .samples = samples, .features = features});
      ASSERT_TRUE(pixels.is_sparse());
      EXPECT_EQ(
          unpacked(samples, features, [&](Index block, Index row) { return pixels.by_sample(block, row); }),
          bytes);
      const std::vector<std::uint8_t> turned =
          unpacked(features, samples, [&](Index block, Index row) { return pixels.by_input(block, row); });
      std::vector<std::uint8_t> expected;
      for (Index i = 0; i < features; ++i) {
        for (Index s = 0; s < samples; ++s)
          expected.push_back(bytes[static_cast<std::size_t>(s * features + i)]);
      }
      EXPECT_EQ(turned, expected);
    }
  }
}

TEST(Pixels, OfADenseBatchAreUnpackedPanelByPanel) {
  const Index samples = 5, features = 21;
  const std::vector<std::uint8_t> bytes = random_pixels(samples * features, 4);
  const Pixels pixels({.pixels = bytes, .samples = samples, .features = features});
  ASSERT_FALSE(pixels.is_sparse());
  for (const Index input : {0, 16}) {
    std::vector<float> panel(3 * kPanel, -1);
    pixels.unpack(1, 3, input, panel.data());
    for (Index s = 0; s < 3; ++s) {
      for (Index i = 0; i < kPanel; ++i) {
        const bool there = input + i < features;
        const std::uint8_t byte = there ? bytes[static_cast<std::size_t>((s + 1) * features + input + i)] : 0;
        EXPECT_EQ(panel[static_cast<std::size_t>(s * kPanel + i)], there ? pixel_values[byte] : -1.0F);
      }
    }
  }
}

TEST(Pixels, AreCountedForTheirWork) {
  constexpr Index samples = 300, features = 40;
  const std::vector<std::uint8_t> bytes = random_pixels(samples * features, 5, 0.2);
  const Pixels pixels({.pixels = bytes, .samples = samples, .features = features});
  const auto lit = [&](Index first_sample, Index end_sample, Index first_input, Index end_input) {
    Index count = 0;
    for (Index s = first_sample; s < end_sample; ++s) {
      for (Index i = first_input; i < end_input; ++i)
        count += bytes[static_cast<std::size_t>(s * features + i)] != 0;
    }
    return count;
  };
  EXPECT_EQ(pixels.of_inputs(0, 16), lit(0, samples, 0, 16));
  EXPECT_EQ(pixels.of_inputs(32, 16), lit(0, samples, 32, features));
  EXPECT_EQ(pixels.of_samples(16, 16), lit(16, 32, 0, features));
  EXPECT_EQ(pixels.of_samples(288, 16), lit(288, samples, 0, features));
}

TEST(Pixels, MayAllBeBlack) {
  const std::vector<std::uint8_t> black(30 * 20);
  const Pixels pixels({.pixels = black, .samples = 30, .features = 20});
  EXPECT_TRUE(pixels.is_sparse());
  EXPECT_EQ(pixels.of_samples(0, 30), 0);
  EXPECT_EQ(pixels.of_inputs(0, 20), 0);
}

}  // namespace
}  // namespace ska::test
