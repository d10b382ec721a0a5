// Simulates a file system that lacks operations, as Lustre, FAT and some FUSE do.
//
// The linker redirects calls of these functions in the program's objects and archives to __wrap_…
// (CMakeLists.txt: --wrap).
#pragma once

namespace ska::test {

/// While this exists, calls fail with these errors; with 0 they reach the system.
struct FileSystem {
  FileSystem() { current() = this; }
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  ~FileSystem() { current() = nullptr; }

  static FileSystem*& current() {
    static FileSystem* file_system = nullptr;
    return file_system;
  }

  int flock = 0, fsync = 0, renameat2 = 0, link = 0;
};

}  // namespace ska::test
