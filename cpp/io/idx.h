// What do the bytes of an IDX file say? (The format of MNIST: a big-endian header, then one byte per value.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace ska {

/// Thrown for data that cannot be used; `what()` names the file and what is wrong with it.
class DataError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct IdxImages {
  std::int64_t count = 0;
  std::int64_t rows = 0, columns = 0;
  std::vector<std::uint8_t> pixels;  ///< (count, rows, columns)
};

/// The most bytes that a file may have, and the most images or labels.
inline constexpr std::size_t kMostIdxBytes = std::size_t{1} << 30;
inline constexpr std::int64_t kMostIdxItems = 10'000'000;

/// The size of an image file or a label file, header included, by its first bytes. `name` is what messages
/// call the file. Throws DataError where they are not those of such a file, and where it would be too large.
std::size_t idx_images_size(std::span<const std::uint8_t> beginning, const std::string& name);
std::size_t idx_labels_size(std::span<const std::uint8_t> beginning, const std::string& name);

/// Reads an image file (magic 0x00000803). Throws DataError as above, and for a size that does not match the
/// header, or no pixels at all.
IdxImages parse_idx_images(std::vector<std::uint8_t> bytes, const std::string& name);

/// Reads a label file (magic 0x00000801): one class per sample. Throws DataError as above.
std::vector<std::uint8_t> parse_idx_labels(std::vector<std::uint8_t> bytes, const std::string& name);

}  // namespace ska
