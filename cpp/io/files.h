// Reads whole files and decompresses them if they are gzip.
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

/// Thrown for errors of the file system; `what()` names the file and the reason.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Returns how many bytes of a file may be read, from its first kJudgedBytes bytes. An exception that it
/// throws ends the reading.
using MostBytes = std::function<std::size_t(std::span<const std::uint8_t> beginning)>;
inline constexpr std::size_t kJudgedBytes = 16;

/// The maximum size of a file on the disk, and of its content.
inline constexpr std::size_t kMostFileBytes = std::size_t{1} << 30;

/// The bytes of a file, decompressed if it is gzip. If there are more than `most` bytes, only one more is
/// returned, and the rest is not decompressed. A file shorter than kJudgedBytes is read completely. Throws
/// FileError if the file cannot be read, is not a regular file or is larger than kMostFileBytes on the disk,
/// and DataError (idx.h) if its compressed data is damaged.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path, const MostBytes& most);

/// The bytes of a JSON document, at most one more than parse_json (json_field.h) accepts.
/// Throws as read_file does.
std::vector<std::uint8_t> read_document(const std::filesystem::path& path);

}  // namespace ska
