// Keeps two commands from writing the same result: a file that only one process can hold.
#pragma once

#include <filesystem>
#include <string>

#include "io/disk.h"

namespace ska {

/// A lock file, held until this is destroyed, which removes it. The system frees the lock of a process that
/// was killed; its empty file is taken over. Where the file system has no locks (Lustre without `flock`), the
/// existence of the file is the lock, and a person has to remove what a killed process left.
class Lock {
 public:
  /// Throws FileError with `busy`, a sentence, where another process holds the lock, and std::system_error
  /// where the lock file cannot be made.
  Lock(const std::filesystem::path& file, const std::string& busy);
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();

 private:
  bool is_named() const;

  std::filesystem::path file_;
  Handle handle_;
};

/// The lock file of something that is to be written: beside it, hidden.
std::filesystem::path lock_file_of(const std::filesystem::path& path);

}  // namespace ska
