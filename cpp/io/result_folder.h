// Writes the files of a result into a folder, all or none.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "io/csv.h"
#include "io/lock.h"

namespace ska {

/// Missing folders that were created for a path. Unless kept, they are deleted again if empty.
class MadeFolders {
 public:
  MadeFolders() = default;
  MadeFolders(const MadeFolders&) = delete;
  MadeFolders& operator=(const MadeFolders&) = delete;
  ~MadeFolders() { remove(); }

  /// Creates a folder and its missing parents. Throws std::system_error with the first error.
  void make(const std::filesystem::path& folder);
  void keep() { made_.clear(); }

 private:
  void remove();

  std::vector<std::filesystem::path> made_;
};

/// The destination of a result. While this exists, other commands cannot write into the folder.
///
/// A new folder appears with all files at once. In an existing folder all other files are kept; the new files
/// are written under temporary names, then renamed. If anything fails, the former state is restored.
class ResultFolder {
 public:
  /// Whether the file with this name in a folder provably belongs to a former result.
  using Proof = std::function<bool(const std::filesystem::path& folder, const std::string& name)>;

  /// Checks before a long run that the result can be written. `names` are the names of all files that a
  /// result may have. None of them may exist; with `replaceable`, those that it accepts may.
  /// Throws FileError.
  ResultFolder(const std::filesystem::path& folder, std::vector<std::string> names,
               std::optional<Proof> replaceable);

  /// Writes the files in order, so the presence of the last one means that all are there. Former files are
  /// deleted. On failure throws FileError and leaves everything as it was.
  void write(const std::vector<TextFile>& files);

 private:
  class Staging;
  std::filesystem::path parent() const;
  std::string shown(const std::string& name) const;
  void require_free() const;
  void take_lock();
  bool move_as_a_whole(const Staging& staging);
  void move_one_by_one(Staging& staging, const std::vector<TextFile>& files) const;
  [[noreturn]] void fail(const std::string& what, const std::string& why) const;

  std::filesystem::path given_;  ///< the path in messages
  std::filesystem::path path_;   ///< the path with links resolved
  std::vector<std::string> names_;
  std::optional<Proof> replaceable_;
  MadeFolders above_;
  std::optional<Lock> lock_;
};

}  // namespace ska
