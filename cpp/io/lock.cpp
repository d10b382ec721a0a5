#include "io/lock.h"

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <functional>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "core/text.h"
#include "io/files.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

/// Whether the error means that the file system has no locks, or that its lock service (NFS) is unavailable.
bool has_no_locks(int error) { return is_lacking(error) || error == ENOLCK; }

/// Opens or creates the lock file. Sets `made` to whether it was created.
Handle open_lock_file(const fs::path& file, bool& made) {
  constexpr int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  while (true) {
    made = true;
    Handle handle(::open(file.c_str(), flags | O_CREAT | O_EXCL, 0666));
    if (!handle && errno == EEXIST) {
      made = false;
      handle = Handle(::open(file.c_str(), flags));
      if (!handle && errno == ENOENT) continue;  // its holder removed it in between
    }
    if (!handle) throw std::system_error(errno, std::generic_category());
    return handle;
  }
}

}  // namespace

Lock::Lock(const fs::path& file, const std::string& busy) : file_(file) {
  do {
    bool made = false;
    handle_ = open_lock_file(file, made);
    struct stat found {};
    if (::fstat(handle_.get(), &found) != 0) throw std::system_error(errno, std::generic_category());
    if (!S_ISREG(found.st_mode) || found.st_size != 0)
      throw FileError(sentence(file.string(), " is no lock of ska; move it to another place."));
    if (::flock(handle_.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) throw FileError(busy);
      if (!has_no_locks(errno)) throw std::system_error(errno, std::generic_category());
      if (!made)
        throw FileError(sentence(busy, " If nothing else is writing it, remove ", file.string(), "."));
    }
  } while (!is_named());
}

/// Whether the open file still has its name.
/// The previous holder may have deleted it after it was opened here.
bool Lock::is_named() const {
  struct stat held {
  }, named{};
  return ::fstat(handle_.get(), &held) == 0 && ::lstat(file_.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

Lock::~Lock() { ::unlink(file_.c_str()); }

fs::path lock_file_of(const fs::path& path) {
  constexpr std::size_t longest = 240;  // a file name has at most 255 bytes
  const std::string name = path.filename().string();
  const std::string kept = name.size() <= longest ? name : std::to_string(std::hash<std::string>{}(name));
  return path.parent_path() / sentence(".", kept, ".ska-lock");
}

}  // namespace ska
