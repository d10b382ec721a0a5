// Reads whole files, unpacked where they are compressed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace ska {

/// Thrown for what the disk refuses; `what()` names the file and the reason.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// All bytes of a file, unpacked where it is gzip-compressed.
/// Throws FileError where it cannot be read, is no regular file or is too large for any IDX file, and
/// DataError (idx.h) where its compression is damaged.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path);

}  // namespace ska
