#include "io/idx.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "core/config.h"
#include "core/text.h"

namespace ska {
namespace {

constexpr std::uint32_t kImageMagic = 0x00000803;
constexpr std::uint32_t kLabelMagic = 0x00000801;

std::string hex(std::uint32_t value) {
  std::array<char, 11> text{};
  std::snprintf(text.data(), text.size(), "0x%08X", value);
  return text.data();
}

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t word) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(bytes[4 * word + i]); };
  return (at(0) << 24U) | (at(1) << 16U) | (at(2) << 8U) | at(3);
}

const char* kind_of(std::uint32_t magic) {
  if (magic == kImageMagic) return "an IDX image file";
  if (magic == kLabelMagic) return "an IDX label file";
  return "no IDX file of images or labels";
}

struct Header {
  std::size_t bytes = 0;             ///< size of the header
  std::vector<std::uint32_t> sizes;  ///< sizes of the dimensions
  std::size_t announced = 0;         ///< number of bytes after the header, according to it
};

/// Parses the header and checks the magic number and the limits of the sizes.
Header checked_header(std::span<const std::uint8_t> bytes, const std::string& name, std::uint32_t magic) {
  if (bytes.size() < 4) {
    throw DataError(sentence(name, " is truncated: ", bytes.size(), " bytes are too few for an IDX file."));
  }
  const std::uint32_t found = big_endian(bytes, 0);
  if (found != magic) {
    throw DataError(sentence(name, " is ", kind_of(found), " (it begins with ", hex(found), "); ",
                             kind_of(magic), " (", hex(magic), ") is needed here."));
  }
  const std::size_t dimensions = magic & 0xFFU;
  Header header{.bytes = 4 + 4 * dimensions, .sizes = {}, .announced = 0};
  if (bytes.size() < header.bytes) {
    throw DataError(sentence(name, " is truncated: its header has ", header.bytes, " bytes, the file only ",
                             bytes.size(), "."));
  }
  for (std::size_t i = 0; i < dimensions; ++i) header.sizes.push_back(big_endian(bytes, i + 1));
  if (header.sizes[0] > kMostIdxItems) {
    throw DataError(sentence(name, " announces ", header.sizes[0],
                             magic == kImageMagic ? " images" : " labels", "; at most ", kMostIdxItems,
                             " are read."));
  }
  // The product of three 32-bit sizes can overflow 64 bits.
  // Two cannot, and neither can values that passed the checks.
  std::uint64_t each = 1;
  for (const std::uint32_t size : std::span(header.sizes).subspan(1)) each *= size;
  if (each > static_cast<std::uint64_t>(Limits::most_features)) {
    throw DataError(sentence(name, " announces images of ", each, " pixels; an image has 1 to ",
                             Limits::most_features, "."));
  }
  const std::uint64_t announced = header.sizes[0] * each;
  if (announced > kMostIdxBytes - header.bytes) {
    throw DataError(
        sentence(name, " announces ", announced, " bytes; at most ", kMostIdxBytes, " are read."));
  }
  header.announced = static_cast<std::size_t>(announced);
  return header;
}

/// As above, and checks that exactly the announced number of bytes follows.
Header checked_file(std::span<const std::uint8_t> bytes, const std::string& name, std::uint32_t magic) {
  Header header = checked_header(bytes, name, magic);
  const std::size_t announced = header.announced;
  const std::size_t given = bytes.size() - header.bytes;
  if (given < announced) {
    throw DataError(
        sentence(name, " is truncated: its header announces ", announced, " bytes, and ", given, " follow."));
  }
  if (given > announced)  // the reader may have stopped after the first extra byte
    throw DataError(
        sentence(name, " is too long: its header announces ", announced, " bytes, and more follow."));
  if (given == 0) throw DataError(sentence(name, " holds no data."));
  return header;
}

std::size_t announced_size(std::span<const std::uint8_t> beginning, const std::string& name,
                           std::uint32_t magic) {
  const Header header = checked_header(beginning, name, magic);
  return header.bytes + header.announced;
}

}  // namespace

std::size_t idx_images_size(std::span<const std::uint8_t> beginning, const std::string& name) {
  return announced_size(beginning, name, kImageMagic);
}

std::size_t idx_labels_size(std::span<const std::uint8_t> beginning, const std::string& name) {
  return announced_size(beginning, name, kLabelMagic);
}

IdxImages parse_idx_images(std::vector<std::uint8_t> bytes, const std::string& name) {
  const Header header = checked_file(bytes, name, kImageMagic);
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header.bytes));  // does not allocate
  return {.count = header.sizes[0],
          .rows = header.sizes[1],
          .columns = header.sizes[2],
          .pixels = std::move(bytes)};
}

std::vector<std::uint8_t> parse_idx_labels(std::vector<std::uint8_t> bytes, const std::string& name) {
  const Header header = checked_file(bytes, name, kLabelMagic);
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header.bytes));
  return bytes;
}

}  // namespace ska
