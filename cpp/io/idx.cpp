#include "io/idx.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdio>

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

/// Checks the magic number and that exactly the announced bytes follow; returns the sizes of the dimensions.
std::vector<std::uint32_t> checked_header(std::span<const std::uint8_t> bytes, const std::string& name,
                                          std::uint32_t magic) {
  if (bytes.size() < 4) {
    throw DataError(sentence(name, " is truncated: ", bytes.size(), " bytes are too few for an IDX file."));
  }
  const std::uint32_t found = big_endian(bytes, 0);
  if (found != magic) {
    throw DataError(sentence(name, " is ", kind_of(found), " (it begins with ", hex(found), "); ",
                             kind_of(magic), " (", hex(magic), ") is needed here."));
  }
  const std::size_t dimensions = magic & 0xFFU;
  const std::size_t header = 4 + 4 * dimensions;
  if (bytes.size() < header) {
    throw DataError(sentence(name, " is truncated: its header has ", header, " bytes, the file only ",
                             bytes.size(), "."));
  }
  std::vector<std::uint32_t> sizes;
  double announced = 1;  // in double, because three 32-bit sizes can overflow every integer here
  for (std::size_t i = 0; i < dimensions; ++i) {
    sizes.push_back(big_endian(bytes, i + 1));
    announced *= sizes.back();
  }
  const std::size_t given = bytes.size() - header;
  if (announced != static_cast<double>(given)) {
    throw DataError(sentence(name, announced > static_cast<double>(given) ? " is truncated" : " is too long",
                             ": its header announces ", count_text(announced), " bytes, and ", given,
                             " follow."));
  }
  if (given == 0) throw DataError(sentence(name, " holds no data."));
  return sizes;
}

}  // namespace

IdxImages parse_idx_images(std::span<const std::uint8_t> bytes, const std::string& name) {
  const std::vector<std::uint32_t> sizes = checked_header(bytes, name, kImageMagic);
  const auto body = bytes.subspan(16);
  return {.count = sizes[0], .rows = sizes[1], .columns = sizes[2], .pixels = {body.begin(), body.end()}};
}

std::vector<std::uint8_t> parse_idx_labels(std::span<const std::uint8_t> bytes, const std::string& name) {
  checked_header(bytes, name, kLabelMagic);
  const auto body = bytes.subspan(8);
  return {body.begin(), body.end()};
}

}  // namespace ska
