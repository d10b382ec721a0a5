// A temporary folder for a test, and a way to drop root's permissions.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "fixtures.h"

namespace ska::test {

namespace fs = std::filesystem;

using Bytes = std::vector<std::uint8_t>;

/// A temporary folder that is deleted after the test.
class Folder : public testing::Test {
 protected:
  Folder() {
    std::string name = (fs::temp_directory_path() / "ska-files-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~Folder() override {
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_directory(ignored)) fs::permissions(entry.path(), fs::perms::owner_all, ignored);
    }
    fs::remove_all(folder_);
  }

  fs::path path(const std::string& name) const { return folder_ / name; }

  fs::path put(const std::string& name, const Bytes& bytes) const {
    std::ofstream(path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path(name);
  }
  fs::path put(const std::string& name, const std::string& text) const {
    return put(name, Bytes(text.begin(), text.end()));
  }

  /// The name and content of every file in the folder, including hidden ones.
  std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      const std::string name = fs::relative(entry.path(), folder_).string();
      found[name] = entry.is_directory() ? "(a folder)" : text_of_file(entry.path().string());
    }
    return found;
  }

 private:
  fs::path folder_;
};

using Contents = std::map<std::string, std::string>;

/// Root may do everything, so a test that runs as root becomes the user nobody while this exists.
class NotRoot {
 public:
  NotRoot() : was_root_(::geteuid() == 0) {
    constexpr uid_t nobody = 65534;
    if (was_root_ && ::seteuid(nobody) != 0) throw std::runtime_error("root cannot become nobody");
  }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;
  ~NotRoot() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool was_root_;
};

}  // namespace ska::test
