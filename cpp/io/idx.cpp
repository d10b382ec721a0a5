#include "io/idx.h"

#include <array>
#include <charconv>
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

/// A count with all its digits where an integer can hold it: 100000000 and not 1e+08.
std::string count_text(double count) {
  if (count < 9e15) return std::to_string(static_cast<std::int64_t>(count));
  std::array<char, 32> buffer{};  // more than any double takes
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), count).ptr};
}

struct Header {
  std::size_t bytes = 0;             ///< of itself
  std::vector<std::uint32_t> sizes;  ///< of the dimensions
  double announced = 0;              ///< bytes to follow; three 32-bit sizes can overflow every integer here
};

/// Reads the header, and checks the magic number and that the file may be as large as it says.
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
  Header header{.bytes = 4 + 4 * dimensions, .sizes = {}, .announced = 1};
  if (bytes.size() < header.bytes) {
    throw DataError(sentence(name, " is truncated: its header has ", header.bytes, " bytes, the file only ",
                             bytes.size(), "."));
  }
  for (std::size_t i = 0; i < dimensions; ++i) {
    header.sizes.push_back(big_endian(bytes, i + 1));
    header.announced *= header.sizes.back();
  }
  if (header.sizes[0] > kMostIdxItems) {
    throw DataError(sentence(name, " announces ", header.sizes[0],
                             magic == kImageMagic ? " images" : " labels", "; at most ", kMostIdxItems,
                             " are read."));
  }
  const double each = header.sizes[0] == 0 ? 0 : header.announced / header.sizes[0];
  if (each > static_cast<double>(Limits::most_features)) {
    throw DataError(sentence(name, " announces images of ", count_text(each), " pixels; an image has 1 to ",
                             Limits::most_features, "."));
  }
  if (header.announced > static_cast<double>(kMostIdxBytes - header.bytes)) {
    throw DataError(sentence(name, " announces ", count_text(header.announced), " bytes; at most ",
                             kMostIdxBytes, " are read."));
  }
  return header;
}

/// As above, and that exactly the announced bytes follow.
Header checked_file(std::span<const std::uint8_t> bytes, const std::string& name, std::uint32_t magic) {
  Header header = checked_header(bytes, name, magic);
  const auto announced = static_cast<std::size_t>(header.announced);
  const std::size_t given = bytes.size() - header.bytes;
  if (given < announced) {
    throw DataError(
        sentence(name, " is truncated: its header announces ", announced, " bytes, and ", given, " follow."));
  }
  if (given > announced)  // a reader may have stopped at the first that is too many
    throw DataError(
        sentence(name, " is too long: its header announces ", announced, " bytes, and more follow."));
  if (given == 0) throw DataError(sentence(name, " holds no data."));
  return header;
}

std::size_t announced_size(std::span<const std::uint8_t> beginning, const std::string& name,
                           std::uint32_t magic) {
  const Header header = checked_header(beginning, name, magic);
  return header.bytes + static_cast<std::size_t>(header.announced);
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
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header.bytes));  // takes no memory
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
