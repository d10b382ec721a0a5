// Fuzz target: IDX files of images and labels. The parsed data of an accepted file must match its bytes.
#include "io/idx.h"

#include "core/config.h"
#include "property.h"

namespace ska::fuzz {
namespace {

using Bytes = std::vector<std::uint8_t>;

void add_word(Bytes& bytes, std::int64_t word) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(word >> shift));
}

void check_images(const Bytes& bytes) {
  IdxImages images;
  if (!accepts<DataError>([&] { images = parse_idx_images(bytes, "f"); })) return;
  require(idx_images_size(bytes, "f") == bytes.size(), "the announced size is the file's");
  require(images.count >= 1 && images.count <= kMostIdxItems, "the images are as many as allowed");
  require(images.rows * images.columns <= Limits::most_features, "an image is as large as allowed");
  Bytes written;
  for (const std::int64_t word : {std::int64_t{0x803}, images.count, images.rows, images.columns})
    add_word(written, word);
  written.insert(written.end(), images.pixels.begin(), images.pixels.end());
  require(written == bytes, "images that are read are written as they were");
}

void check_labels(const Bytes& bytes) {
  Bytes labels;
  if (!accepts<DataError>([&] { labels = parse_idx_labels(bytes, "f"); })) return;
  require(idx_labels_size(bytes, "f") == bytes.size(), "the announced size is the file's");
  Bytes written;
  add_word(written, 0x801);
  add_word(written, static_cast<std::int64_t>(labels.size()));
  written.insert(written.end(), labels.begin(), labels.end());
  require(written == bytes, "labels that are read are written as they were");
}

}  // namespace
}  // namespace ska::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::uint8_t> bytes(data, data + size);
  ska::fuzz::check_images(bytes);
  ska::fuzz::check_labels(bytes);
  return 0;
}
