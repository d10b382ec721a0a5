#include "file_system.h"

#include <cerrno>

// NOLINTBEGIN(*-reserved-identifier): the linker's names
extern "C" {
int __real_flock(int handle, int operation);
int __real_fsync(int handle);
int __real_renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags);
int __real_link(const char* from, const char* to);
int __wrap_flock(int handle, int operation);
int __wrap_fsync(int handle);
int __wrap_renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags);
int __wrap_link(const char* from, const char* to);
}

namespace {

bool fails(int ska::test::FileSystem::*call) {
  const auto* const file_system = ska::test::FileSystem::current();
  if (file_system == nullptr || file_system->*call == 0) return false;
  errno = file_system->*call;
  return true;
}

}  // namespace

using ska::test::FileSystem;

int __wrap_flock(int handle, int operation) {
  return fails(&FileSystem::flock) ? -1 : __real_flock(handle, operation);
}
int __wrap_fsync(int handle) { return fails(&FileSystem::fsync) ? -1 : __real_fsync(handle); }
int __wrap_renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  return fails(&FileSystem::renameat2) ? -1 : __real_renameat2(from_folder, from, to_folder, to, flags);
}
int __wrap_link(const char* from, const char* to) {
  return fails(&FileSystem::link) ? -1 : __real_link(from, to);
}
// NOLINTEND(*-reserved-identifier)
