// How do bytes come from the disk and get back there? Whole, or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "io/csv.h"

namespace ska {

/// Thrown for what the disk refuses; `what()` names the file and the reason.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// All bytes of a file, unpacked where it is gzip-compressed.
/// Throws FileError where it cannot be read, and DataError (idx.h) where its compression is damaged.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path);

/// Throws FileError when one of the files stands in `folder` already.
void require_absent(const std::filesystem::path& folder, const std::vector<std::string>& names);

/// Makes `folder` where it is missing and checks that files can be written there. Throws FileError.
void require_writable(const std::filesystem::path& folder);

/// Writes all files into `folder`: first each under a temporary name, then, when the last byte is on the
/// disk, every one is renamed to its own, in order. Throws FileError and leaves no temporary file behind.
void write_files(const std::filesystem::path& folder, const std::vector<TextFile>& files);

}  // namespace ska
