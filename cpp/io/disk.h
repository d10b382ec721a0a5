// What the system offers for writing files safely, with a substitute where a file system lacks it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ska {

/// What errno means, in words.
std::string last_error();

/// Writes everything to an open file; false, with errno, where that fails.
bool write_all(int handle, std::string_view content);

/// Whether errno says that the file system lacks an operation (Lustre, some FUSE), not that the operation
/// failed.
bool is_lacking(int error);

/// Waits until what was written is on the disk, where the file system offers that. False, with errno, where
/// it fails.
bool flush(int handle);

/// Flushes the names in a folder. A failure is not reported: the files themselves are on the disk.
void flush_folder(const std::filesystem::path& folder);

/// Renames a file unless there is something by the new name: then false, with errno EEXIST.
bool move_to_free_name(const std::filesystem::path& from, const std::filesystem::path& to);

/// What is at the end of a chain of links, whether it exists or not. Throws
/// std::filesystem::filesystem_error.
std::filesystem::path target_of(const std::filesystem::path& path);

/// Closes a file.
class Handle {
 public:
  explicit Handle(int handle = -1) : handle_(handle) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  ~Handle() { close(); }

  int get() const { return handle_; }
  explicit operator bool() const { return handle_ >= 0; }
  /// False, with errno, where the system has kept an error of writing until now.
  bool close();

 private:
  int handle_;
};

/// A new file of an unpredictable name in a folder, which no link can redirect; removed again unless renamed.
/// Throws std::system_error.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& folder);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  int handle() const { return handle_.get(); }
  /// Gives it its name, in place of a file of that name. False, with errno, where that fails.
  bool rename_to(const std::filesystem::path& path);

 private:
  std::filesystem::path path_;
  Handle handle_;
};

}  // namespace ska
