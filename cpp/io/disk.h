// Safe file writing on POSIX systems, with fallbacks where a file system lacks an operation.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ska {

/// The system's message for errno.
std::string last_error();

/// Writes everything to an open file. Returns false, with errno set, if that fails.
bool write_all(int handle, std::string_view content);

/// Whether `error` means that the file system lacks an operation (Lustre, some FUSE),
/// not that the operation failed.
bool is_lacking(int error);

/// Waits until all written data is on the disk, if the file system supports that.
/// Returns false, with errno set, if it fails.
bool flush(int handle);

/// Flushes the directory entries of a folder.
/// Failures are ignored, because the files themselves are on the disk.
void flush_folder(const std::filesystem::path& folder);

/// Renames a file. If the new name is taken, returns false with errno EEXIST.
bool move_to_free_name(const std::filesystem::path& from, const std::filesystem::path& to);

/// Resolves a chain of symbolic links, even if its target does not exist. Throws
/// std::filesystem::filesystem_error.
std::filesystem::path target_of(const std::filesystem::path& path);

/// Owns a file descriptor and closes it.
class Handle {
 public:
  explicit Handle(int handle = -1) : handle_(handle) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  ~Handle() { close(); }

  int get() const { return handle_; }
  explicit operator bool() const { return handle_ >= 0; }
  /// Returns false, with errno set, if the system reports a delayed write error on closing.
  bool close();

 private:
  int handle_;
};

/// A new file with an unpredictable name, which a link cannot redirect. It is deleted unless it is renamed.
/// Throws std::system_error.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& folder);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  int handle() const { return handle_.get(); }
  /// Renames the file and replaces an existing one. Returns false, with errno set, if that fails.
  bool rename_to(const std::filesystem::path& path);

 private:
  std::filesystem::path path_;
  Handle handle_;
};

}  // namespace ska
