// A lock file that keeps two processes from writing the same result.
#pragma once

#include <filesystem>
#include <string>

#include "io/disk.h"

namespace ska {

/// Holds a lock file until destroyed, then deletes it. If a process is killed, the system releases its lock
/// and the empty file is reused. On file systems without locks (Lustre without `flock`) the existence of the
/// file is the lock, and after a kill the user has to delete it.
class Lock {
 public:
  /// Throws FileError with the message `busy` if another process holds the lock, and std::system_error if the
  /// lock file cannot be created.
  Lock(const std::filesystem::path& file, const std::string& busy);
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();

 private:
  bool is_named() const;

  std::filesystem::path file_;
  Handle handle_;
};

/// The lock file for a path: hidden, in the same folder.
std::filesystem::path lock_file_of(const std::filesystem::path& path);

}  // namespace ska
