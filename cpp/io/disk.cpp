#include "io/disk.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace ska {

namespace fs = std::filesystem;

std::string last_error() { return std::strerror(errno); }

bool write_all(int handle, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(handle, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool is_lacking(int error) {
  return error == ENOSYS || error == ENOTSUP || error == EOPNOTSUPP || error == EINVAL;
}

bool flush(int handle) {
  while (::fsync(handle) != 0) {
    if (errno != EINTR) return is_lacking(errno);
  }
  return true;
}

void flush_folder(const fs::path& folder) {
  const Handle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle) static_cast<void>(::fsync(handle.get()));
}

bool move_to_free_name(const fs::path& from, const fs::path& to) {
#ifdef RENAME_NOREPLACE
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (!is_lacking(errno)) return false;
#endif
  if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0;
  if (!is_lacking(errno) && errno != EPERM && errno != EMLINK) return false;
  // Without hard links, as on FAT, checking and renaming are two separate operations.
  // Callers hold a lock during both.
  struct stat found {};
  if (::lstat(to.c_str(), &found) == 0) {
    errno = EEXIST;
    return false;
  }
  return ::rename(from.c_str(), to.c_str()) == 0;
}

fs::path target_of(const fs::path& path) {
  constexpr int most_links = 40;  // the limit of Linux
  fs::path target = path;
  for (int i = 0; i < most_links && fs::is_symlink(fs::symlink_status(target)); ++i) {
    target = target.parent_path() / fs::read_symlink(target);  // an absolute link replaces the folder
  }
  return target;
}

Handle::Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    handle_ = std::exchange(other.handle_, -1);
  }
  return *this;
}

bool Handle::close() {
  const int handle = std::exchange(handle_, -1);
  return handle < 0 || ::close(handle) == 0;
}

TemporaryFile::TemporaryFile(const fs::path& folder) {
  std::string name = (folder / ".ska-XXXXXX").string();
  handle_ = Handle(::mkostemp(name.data(), O_CLOEXEC));  // uses O_EXCL, so it does not follow a link
  if (!handle_) throw std::system_error(errno, std::generic_category());
  path_ = name;
}

TemporaryFile::~TemporaryFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool TemporaryFile::rename_to(const fs::path& path) {
  if (::rename(path_.c_str(), path.c_str()) != 0) return false;
  path_.clear();
  return true;
}

}  // namespace ska
