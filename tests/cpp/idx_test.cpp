// Tests the parser of IDX files and its error messages.
#include "io/idx.h"

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "messages.h"

namespace ska::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t kImages = 0x00000803, kLabels = 0x00000801;

/// A file of these big-endian words, followed by the `body` bytes 0, 1, 2, …
Bytes file(const std::vector<std::uint32_t>& words, std::size_t body) {
  Bytes bytes;
  for (const std::uint32_t word : words) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(word >> shift));
  }
  for (std::size_t i = 0; i < body; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  return bytes;
}

std::string said_of_images(const Bytes& bytes) {
  return message_of<DataError>([&] { parse_idx_images(bytes, "images"); });
}
std::string said_of_labels(const Bytes& bytes) {
  return message_of<DataError>([&] { parse_idx_labels(bytes, "labels"); });
}

TEST(Idx, ReadsImages) {
  const IdxImages images = parse_idx_images(file({kImages, 2, 3, 4}, 24), "images");
  EXPECT_EQ(images.count, 2);
  EXPECT_EQ(images.rows, 3);
  EXPECT_EQ(images.columns, 4);
  EXPECT_EQ(images.pixels, file({}, 24));
}

TEST(Idx, ReadsSizesOfMoreThanOneByte) {
  const IdxImages images = parse_idx_images(file({kImages, 1, 0x0102, 1}, 0x0102), "images");
  EXPECT_EQ(images.rows, 0x0102);
  EXPECT_EQ(images.pixels.size(), 0x0102U);
}

TEST(Idx, ReadsLabels) { EXPECT_EQ(parse_idx_labels(file({kLabels, 3}, 3), "labels"), (Bytes{0, 1, 2})); }

TEST(Idx, RefusesTooFewBytesForAMagicNumber) {
  EXPECT_EQ(said_of_images({}), "images is truncated: 0 bytes are too few for an IDX file.");
  EXPECT_EQ(said_of_labels({0, 0, 8}), "labels is truncated: 3 bytes are too few for an IDX file.");
}

TEST(Idx, RefusesOtherFiles) {
  EXPECT_EQ(said_of_images(file({0x89504E47, 0, 0, 0}, 0)),
            "images is no IDX file of images or labels (it begins with 0x89504E47); an IDX image file "
            "(0x00000803) is needed here.");
  EXPECT_EQ(said_of_labels(file({0x00000D01, 1}, 4)),  // an IDX file of floats
            "labels is no IDX file of images or labels (it begins with 0x00000D01); an IDX label file "
            "(0x00000801) is needed here.");
}

TEST(Idx, RefusesLabelsForImagesAndImagesForLabels) {
  EXPECT_EQ(
      said_of_images(file({kLabels, 3}, 3)),
      "images is an IDX label file (it begins with 0x00000801); an IDX image file (0x00000803) is needed "
      "here.");
  EXPECT_EQ(
      said_of_labels(file({kImages, 1, 1, 1}, 1)),
      "labels is an IDX image file (it begins with 0x00000803); an IDX label file (0x00000801) is needed "
      "here.");
}

TEST(Idx, RefusesHalfAHeader) {
  EXPECT_EQ(said_of_images(file({kImages, 1, 1}, 0)),
            "images is truncated: its header has 16 bytes, the file only 12.");
  EXPECT_EQ(said_of_labels(file({kLabels}, 3)),
            "labels is truncated: its header has 8 bytes, the file only 7.");
}

TEST(Idx, RefusesFewerBytesThanAnnounced) {
  EXPECT_EQ(said_of_images(file({kImages, 2, 3, 4}, 23)),
            "images is truncated: its header announces 24 bytes, and 23 follow.");
  EXPECT_EQ(said_of_labels(file({kLabels, 60000}, 100)),
            "labels is truncated: its header announces 60000 bytes, and 100 follow.");
  EXPECT_EQ(said_of_labels(file({kLabels, 10'000'000}, 100)),
            "labels is truncated: its header announces 10000000 bytes, and 100 follow.");
}

TEST(Idx, RefusesMoreBytesThanAnnounced) {
  EXPECT_EQ(said_of_images(file({kImages, 2, 3, 4}, 25)),
            "images is too long: its header announces 24 bytes, and more follow.");
  EXPECT_EQ(said_of_labels(file({kLabels, 0}, 1)),
            "labels is too long: its header announces 0 bytes, and more follow.");
}

TEST(Idx, RefusesNoData) {
  EXPECT_EQ(said_of_images(file({kImages, 0, 28, 28}, 0)), "images holds no data.");
  EXPECT_EQ(said_of_images(file({kImages, 10, 0, 28}, 0)), "images holds no data.");
  EXPECT_EQ(said_of_labels(file({kLabels, 0}, 0)), "labels holds no data.");
}

TEST(Idx, RefusesSizesWhoseProductOverflows) {
  // 2¹⁶ · 2³¹ · 2¹⁷ is 2⁶⁴, which overflows 64 bits to 0, the number of bytes that follow.
  EXPECT_EQ(said_of_images(file({kImages, 0x10000, 0x80000000, 0x20000}, 0)),
            "images announces images of 281474976710656 pixels; an image has 1 to 1000000.");
  EXPECT_EQ(said_of_images(file({kImages, 1, 0xFFFFFFFF, 0xFFFFFFFF}, 1)),
            "images announces images of 18446744065119617025 pixels; an image has 1 to 1000000.");
}

TEST(Idx, RefusesMoreThanIsReadByTheHeaderAlone) {
  EXPECT_EQ(said_of_images(file({kImages, 10'000'001, 1, 1}, 0)),
            "images announces 10000001 images; at most 10000000 are read.");
  EXPECT_EQ(said_of_labels(file({kLabels, 0xFFFFFFFF}, 0)),
            "labels announces 4294967295 labels; at most 10000000 are read.");
  EXPECT_EQ(said_of_images(file({kImages, 1, 1001, 1000}, 0)),
            "images announces images of 1001000 pixels; an image has 1 to 1000000.");
  EXPECT_EQ(said_of_images(file({kImages, 10'000'000, 28, 28}, 0)),
            "images announces 7840000000 bytes; at most 1073741824 are read.");
}

TEST(Idx, TellsTheSizeOfAFileByItsBeginning) {
  EXPECT_EQ(idx_images_size(file({kImages, 60'000, 28, 28}, 0), "images"), 16U + 60'000U * 784U);
  EXPECT_EQ(idx_labels_size(file({kLabels, 60'000}, 8), "labels"), 8U + 60'000U);
}

}  // namespace
}  // namespace ska::test
