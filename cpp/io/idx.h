// Parses IDX files, the format of MNIST: a big-endian header, then one byte per value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace ska {

/// Thrown for invalid data; `what()` names the file and the fault.
class DataError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct IdxImages {
  std::int64_t count = 0;
  std::int64_t rows = 0, columns = 0;
  std::vector<std::uint8_t> pixels;  ///< (count, rows, columns)
};

/// The maximum size of a file in bytes, and the maximum number of images or labels.
inline constexpr std::size_t kMostIdxBytes = std::size_t{1} << 30;
inline constexpr std::int64_t kMostIdxItems = 10'000'000;

/// The size of an image or label file including its header, computed from its first bytes. `name` is the
/// file's name in messages. Throws DataError if the bytes are not the header of such a file, or if the file
/// would be too large.
std::size_t idx_images_size(std::span<const std::uint8_t> beginning, const std::string& name);
std::size_t idx_labels_size(std::span<const std::uint8_t> beginning, const std::string& name);

/// Parses an image file (magic 0x00000803). Throws DataError as above, and if the size does not match the
/// header or there are no pixels.
IdxImages parse_idx_images(std::vector<std::uint8_t> bytes, const std::string& name);

/// Parses a label file (magic 0x00000801): one class per sample. Throws DataError as above.
std::vector<std::uint8_t> parse_idx_labels(std::vector<std::uint8_t> bytes, const std::string& name);

}  // namespace ska
