// Reads whole files, unpacked where they are compressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace ska {

/// Thrown for what the disk refuses; `what()` names the file and the reason.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How many bytes of a file may be read, judged by its first ones, of which there are kJudgedBytes. What it
/// throws ends the reading.
using MostBytes = std::function<std::size_t(std::span<const std::uint8_t> beginning)>;
inline constexpr std::size_t kJudgedBytes = 16;

/// The most bytes that are read of any file.
inline constexpr std::size_t kMostFileBytes = std::size_t{1} << 30;

/// The bytes of a file, unpacked where it is gzip-compressed. Where there are more than `most` of them, one
/// more is read, and the rest is not even unpacked; a file too short to be judged is read to its end.
/// Throws FileError where it cannot be read, is no regular file or is larger than kMostFileBytes as it stands
/// on the disk, and DataError (idx.h) where its compression is damaged.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path, const MostBytes& most);

/// The bytes of a JSON document, or one more than parse_json (json_field.h) takes. Throws as read_file does.
std::vector<std::uint8_t> read_document(const std::filesystem::path& path);

}  // namespace ska
